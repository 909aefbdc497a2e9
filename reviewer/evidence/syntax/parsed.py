"""What one parsed file consists of: definitions, imports, exports, and where names occur."""

from dataclasses import dataclass
from enum import Enum

from reviewer.domain.evidence import Access, CallShape, Parameters, SymbolKind


@dataclass(frozen=True)
class Definition:
    """A definition that other code can name: at the top of a file or in a class, never inside a function."""

    name: str
    owner: str | None
    """Qualified name of the class, type or object it belongs to; None at the top of the file."""
    kind: SymbolKind
    first_line: int
    """Lines count from 1. Decorators and `export` belong to the definition."""
    signature_end: int
    """Last line of the signature."""
    last_line: int
    start: int
    """Bytes from 0; `end` is not included."""
    end: int
    parameters: Parameters | None
    exported: bool
    bases: tuple[str, ...] = ()
    """Names a class inherits from, as written."""
    decorated: bool = False
    open: bool = False
    """Members may come from elsewhere too: from bases, decorators, embedded types, dynamic access."""
    signature: str = ""
    """The signature without white space, to tell whether it changed where parameters cannot be told."""
    access: Access = Access.PUBLIC
    by_name: bool = False
    """Found by a tag query: parameters are never told, and the signature stands for them in types too."""

    @property
    def qualified_name(self) -> str:
        """`Owner.name`, or the name alone."""
        return f"{self.owner}.{self.name}" if self.owner else self.name


@dataclass(frozen=True)
class Import:
    """One name that a file takes from another module."""

    module: str
    """The module as written: `..a.b`, `./c`, `example.org/d`."""
    name: str | None
    """The name within the module; None for the module as a whole, `*` for all its names."""
    local: str | None
    """What it is called here; None for a re-export or a star, which bind no name."""
    start: int
    """Byte where the imported name is written, or the local one where there is none."""
    local_start: int
    """Byte where the local name is written; the same as `start` without an alias."""


WHOLE_EXPORT = "="
"""The name under which `module.exports = x` exports x."""


@dataclass(frozen=True)
class Export:
    """What a module offers under one name (JavaScript and TypeScript)."""

    name: str
    local: str | None
    """Name in this file; None when it comes straight from `module`."""
    module: str | None = None
    imported: str | None = None


@dataclass(frozen=True)
class Scope:
    """A stretch of the file in which names can be bound."""

    start: int
    end: int
    kind: str
    """`file`, `function`, `class` or `block`."""


class Role(Enum):
    """What an identifier does where it stands."""

    READ = "read"
    MEMBER = "member"
    """The part after the dot."""
    BINDING = "binding"
    """A parameter or variable gets its name."""
    DEFINITION = "definition"
    """A function, class or type gets its name."""
    IMPORT = "import"


@dataclass(frozen=True)
class Occurrence:
    """One identifier of the file: never a word in a comment, a string, a label or a keyword argument."""

    name: str
    role: Role
    start: int
    line: int
    """From 1."""
    scopes: tuple[Scope, ...]
    """Innermost first; the last is the file."""
    receiver: str | None = None
    """What stands before the dot when it is made of names only: `self`, `a.b`; None for anything else."""
    literal_receiver: bool = False
    """A string, number or collection stands before the dot."""
    call: CallShape | None = None
    written: bool = False
    """A member that is assigned to."""
    visible_from: int = 0
    """A binding counts for occurrences from this byte on."""
    guarded: bool = False
    """Inside a `try`: a failure here may be expected."""
