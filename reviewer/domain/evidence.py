"""What the code says about a change: symbols, who uses them, each with a quote that can be checked."""

from enum import StrEnum

from reviewer.domain.change import Side
from reviewer.domain.text import RepoPath
from reviewer.domain.value import ObjectId, Value


class CodeQuote(Value):
    """Code word for word at a place in a commit."""

    path: RepoPath
    side: Side
    commit: ObjectId
    first_line: int
    """Lines count from 1; both ends are included."""
    last_line: int
    text: str
    """The lines joined by line feeds."""

    @property
    def place(self) -> str:
        """`path:line@sha`, the sha shortened to 12 digits for people."""
        return f"{self.path}:{self.first_line}@{self.commit[:12]}"


class Analysis(StrEnum):
    """How a file was understood."""

    SYNTAX = "syntax"
    """Parsed with a grammar, names followed by the language's own rules."""
    TAGS = "tags"
    """Parsed with a grammar; definitions and references are known by name only, from a tag query."""
    WORDS = "words"
    """Searched as text only: no grammar for this language."""


class Certainty(StrEnum):
    """How an edge between a use and a definition is known."""

    RESOLVED = "resolved"
    """Followed through the language's own scoping or imports."""
    BY_TYPE = "by_type"
    """The receiver's declared type fits, and a type below it has the definition: it may be what runs."""
    BY_NAME = "by_name"
    """The name fits; another definition of that name could be meant."""
    BY_TEXT = "by_text"
    """The word occurs."""


class SymbolKind(StrEnum):
    """What a definition defines."""

    FUNCTION = "function"
    METHOD = "method"
    CLASS = "class"
    INTERFACE = "interface"
    TYPE = "type"
    CONSTANT = "constant"
    EXPORT = "export"
    """A name that a module takes from another one and offers in turn."""
    FIELD = "field"
    """A field, property, enum constant or annotation element of a type."""


class Parameters(Value):
    """How many arguments a call may pass, as far as the definition tells. A receiver is not counted."""

    required: tuple[str, ...]
    """Names a call must supply, in order; keyword-only ones at the end."""
    optional: tuple[str, ...]
    positional_limit: int | None
    """Most arguments that can be passed by position; None without limit."""
    takes_any_keyword: bool
    names_count: bool
    """True where a call may name its arguments (Python), so that names matter."""


class Access(StrEnum):
    """Who may name a definition, by what its author wrote; the widest first."""

    PUBLIC = "public"
    PROTECTED = "protected"
    """Its own type, types below it, and in Java its package."""
    PACKAGE = "package"
    PRIVATE = "private"

    def is_narrower_than(self, other: "Access") -> bool:
        """True when fewer may name it; each of these lets less code in than those before it."""
        return list(Access).index(self) > list(Access).index(other)


class Symbol(Value):
    """A definition at one side of the change."""

    name: str
    qualified_name: str
    """`Class.method` where it is nested, else the name."""
    kind: SymbolKind
    language: str
    definition: CodeQuote
    """The lines of the signature; the body's end is `last_line` below."""
    last_line: int
    """Last line of the whole definition."""
    exported: bool
    """Reachable from other files by the language's own rules."""
    parameters: Parameters | None
    """None where the symbol cannot be called or its parameters could not be told."""
    access: Access = Access.PUBLIC
    """Public also where the language has no word for it."""


class CallShape(Value):
    """What a call site passes."""

    positional: int
    keywords: tuple[str, ...]
    unpacks: bool
    """Passes a sequence or mapping whose size cannot be seen."""


class Use(Value):
    """One place that uses a symbol."""

    quote: CodeQuote
    certainty: Certainty
    inside: str | None
    """Qualified name of the definition around the use; None at the top of a file."""
    call: CallShape | None
    """None when the use is no call: an import, a value passed on."""


class SymbolChange(StrEnum):
    """What the change does to a definition."""

    ADDED = "added"
    REMOVED = "removed"
    SIGNATURE = "signature"
    """The parameters differ."""
    NARROWED = "narrowed"
    """It stays, and fewer places may name it: an export is gone, or its access is narrower."""
    BODY = "body"


class SymbolTrace(Value):
    """One definition that the change touches, and who uses it at the head."""

    change: SymbolChange
    before: Symbol | None
    after: Symbol | None
    units: tuple[str, ...]
    """Ids of the change units that touch it."""
    uses: tuple[Use, ...]
    """The surest first, then the nearest to the definition; the definition itself is none of them."""
    cut: str | None
    """What was left out and why, when the budget ended the search; None when nothing was."""
    may_hide: str | None
    """The part of `cut` behind which a use may be that would be certain; None when no such use can be missing."""

    @property
    def symbol(self) -> Symbol:
        """The definition after the change, or before it when it was removed or is exported no more."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a trace needs a definition before or after the change")
        return found


class DemandKind(StrEnum):
    """What a changed type or function demands of other code."""

    MEMBER = "member"
    """A class must have a member, to be of the type that it says it is."""
    PROPERTY = "property"
    """A literal or an element must give a property."""
    RESULT = "result"
    """A caller must take the result in the shape that it has now."""
    OPTION = "option"
    """A caller must give an object of options with the keys that are taken now."""


class UnmetDemand(Value):
    """Code at the head that does not meet what the change demands of it."""

    kind: DemandKind
    by: str
    """The type or function that demands, by its qualified name."""
    wanted: str
    """What is lacking: the name of a member or property; of a result, what is given now, in words;
    of options, the keys that are taken now."""
    who: str
    """The class, literal or element that lacks it; of a result, the caller."""
    place: CodeQuote
    """Where it is lacking."""
    because: tuple[CodeQuote, ...]
    """Where it is demanded, and what leads from there to the place."""
    units: tuple[str, ...]
    """Ids of the change units that demand it."""


class FileAnalysis(Value):
    """How one changed file was understood."""

    path: RepoPath
    language: str | None
    """None when the file's language is not known."""
    analysis: Analysis
    partial: str | None
    """Why only part of it was understood (a syntax error, a limit); None when all of it was."""
    may_hide_changes: bool
    """True when what was not understood may differ between base and head, so that a change may be missed."""
