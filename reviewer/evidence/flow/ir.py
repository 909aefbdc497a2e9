"""The small language that every source language is lowered to: expressions, effects, and the scopes that hold them.

It says where values flow, not what they are: arithmetic, conditions and types that name nothing of a repository
are `Unknown`. A function body is lowered when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from reviewer.evidence.flow.modules import ModuleFile


WRAPPED = "<value>"
"""Member that holds the list, map or function of a class with the trait `wraps`."""


@dataclass(slots=True, eq=False)
class Expr:
    """An expression at a place: two are the same only when they are one object."""

    start: int
    """Byte of the word that names what is read or called; of the first byte where there is none."""


@dataclass(slots=True, eq=False)
class Unknown(Expr):
    """A value of which nothing is said."""


@dataclass(slots=True, eq=False)
class Read(Expr):
    """A bare name, looked up from `scope` outwards."""

    scope: Scope
    name: str
    versions: tuple[int, ...] | None
    """The assignments that can reach this place; None for all of them."""


@dataclass(slots=True, eq=False)
class Member(Expr):
    """`obj.name`."""

    obj: Expr
    name: str
    scope: Scope
    called: bool = False
    """It is what a call calls, so that `obj` is the receiver of whatever function it is."""


@dataclass(slots=True, eq=False)
class Item(Expr):
    """`obj[key]`; no key means a slice or a key nobody can tell."""

    obj: Expr
    key: Expr | None


@dataclass(slots=True, eq=False)
class Each(Expr):
    """What iterating over `obj` yields; calls the iterator's methods where the object has some."""

    obj: Expr
    scope: Scope


@dataclass(slots=True, eq=False)
class Rest(Expr):
    """The elements of `obj` from `first` on, as a list; `last` counts from the end."""

    obj: Expr
    first: int
    last: int = 0


@dataclass(slots=True, eq=False)
class Call(Expr):
    """A call made in `scope`; `start` is where the callee's name stands."""

    scope: Scope
    callee: Expr
    args: tuple[Expr, ...] = ()
    keywords: tuple[tuple[str, Expr], ...] = ()
    spread: Expr | None = None
    """A sequence passed in place of positional arguments."""
    block: Expr | None = None
    """A block that the call may run (Ruby)."""
    makes: bool = False
    """Written as the construction of an object: `new X`."""
    constructor: str | None = None
    """The member that sets the object up, where overloads have names of their own."""


@dataclass(slots=True, eq=False)
class Literal(Expr):
    """A string or number that may be a key or a name."""

    value: str | int


@dataclass(slots=True, eq=False)
class Container(Expr):
    """A list, tuple, map or object made at this place, with what it is known to hold by key."""

    kind: str
    """`list`, `dict`, `object`, `str`, `promise`: which built-in members it has."""
    items: tuple[tuple[str | int | None, Expr], ...] = ()
    """A key of None fits any."""
    copies: tuple[tuple[Expr, frozenset[str]], ...] = ()
    """Objects whose entries it takes over, each without the keys named beside it."""


@dataclass(slots=True, eq=False)
class Closure(Expr):
    """A function or class as a value."""

    scope: Scope


@dataclass(slots=True, eq=False)
class Join(Expr):
    """Any of several values."""

    parts: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Decorated(Expr):
    """What a decorator makes of `inner`: `call` when it is understood, else `inner` itself."""

    call: Call
    inner: Expr


@dataclass(slots=True, eq=False)
class Imported(Expr):
    """A module as a whole, or the name it offers."""

    module: str
    name: str | None
    file: ModuleFile


@dataclass(slots=True, eq=False)
class InstanceOf(Expr):
    """A value whose declared type is `type`; it may be of a type below that."""

    type: Expr
    ours: bool = False
    """Nothing is said of types that the repository does not define."""


@dataclass(slots=True, eq=False)
class Typed(Expr):
    """A value with a declared type, which speaks where nothing is known of the value."""

    value: Expr | None
    type: Expr
    guess: bool = False
    """Not declared but likely: it speaks last."""
    strict: bool = False
    """Objects of classes that the type excludes do not get through."""
    passes: bool = True
    """False when `value` arrives by another way, and only its lack is asked about."""
    firm: bool = False
    """The declaration says more than a literal, and than the name of what made an object from outside."""


@dataclass(slots=True, eq=False)
class Implicit(Expr):
    """A member named without its object: of the innermost class around that has one, else `otherwise`."""

    name: str
    objects: tuple[tuple[Scope, Expr], ...]
    """The classes around, innermost first, each with the object whose member it would be."""
    otherwise: Expr | None
    scope: Scope
    sure: bool = False
    """`otherwise` is known to exist, so that nothing of it can come from a class that is not known."""


@dataclass(slots=True, eq=False)
class Seen(Expr):
    """A value seen as one of `type`: a function that stands for an interface has the interface's other members."""

    value: Expr
    type: Expr


@dataclass(slots=True, eq=False)
class Narrowed(Expr):
    """`value` seen as an object of the class that `type` names: a cast, a conversion, a type test that held."""

    value: Expr
    type: Expr


@dataclass(slots=True, eq=False)
class Made(Expr):
    """A new object of exactly the class that `type` names."""

    type: Expr


@dataclass(slots=True, eq=False)
class Super(Expr):
    """The receiver seen as an object of the classes above `owner`."""

    owner: Scope
    receiver: Expr


@dataclass(slots=True, eq=False)
class Awaited(Expr):
    """The value inside a promise or future; here a promise and its value are not told apart."""

    obj: Expr


@dataclass(slots=True)
class Assign:
    """A variable of `scope` gets a value."""

    scope: Scope
    name: str
    version: int
    value: Expr


@dataclass(slots=True)
class SetMember:
    """`obj.name = value`."""

    obj: Expr
    name: str
    value: Expr
    scope: Scope | None = None
    """Where it stands, in languages where a setter may run; setters are members called `set name`."""
    start: int = 0


@dataclass(slots=True)
class Declare:
    """A member of `obj`, or a variable (no `obj`), has a declared type, which speaks where no value is known."""

    scope: Scope
    obj: Expr | None
    name: str | None
    """None for the elements of a list or map."""
    type: Expr


@dataclass(slots=True)
class SetItem:
    """`obj[key] = value`."""

    obj: Expr
    key: Expr | None
    value: Expr


@dataclass(slots=True)
class Return:
    """A function returns a value."""

    scope: Scope
    value: Expr


@dataclass(slots=True)
class Yield:
    """A generator yields a value."""

    scope: Scope
    value: Expr


@dataclass(slots=True)
class Evaluate:
    """An expression is evaluated for what it calls."""

    value: Expr


Effect = Assign | SetMember | Declare | SetItem | Return | Yield | Evaluate


@dataclass(slots=True)
class Param:
    """A parameter; its variable is version 0 of its name."""

    name: str
    kind: str = "plain"
    """`plain`, `keyword` (by name only), `list`, `map` or `block`."""
    default: Expr | None = None
    type: Expr | None = None
    """Declared type, as an `InstanceOf`."""
    strict: bool = False
    """Objects of classes that the type excludes do not get through."""
    firm: bool = False
    """See `Typed`."""


@dataclass(eq=False)
class Scope:
    """A module, class, function or block: variables, and effects once it is lowered."""

    kind: str
    """`module`, `class`, `function` or `block`."""
    name: str
    parent: Scope | None
    file: ModuleFile
    node: Node | None
    lowerer: Callable[[Scope], None] | None = None
    """Fills in everything below; called once, by `lowered`."""
    owner: Scope | None = None
    """The class whose member this function is."""
    receiver: str | None = None
    """The variable that holds the object a method is called on."""
    receiver_is_parameter: bool = False
    """The receiver is the first of `params` (Python)."""
    traits: frozenset[str] = frozenset()
    """`static`, `classmethod`, `property`, `abstract`, `generator`, `interface`, `opaque`.

    `unwritten`: it has no code of its own, so that calls of it are no edges. `rebinds`: a function whose receiver is
    whatever it is read from (JavaScript). `apart`: a class whose static members, called `static name`, are no
    members of its objects. Of a class also `final` (none is below it), `converts` (calling it makes no object but
    sees its argument as one), `wraps` (its objects are what its member `WRAPPED` holds: named lists, functions).
    """
    receives: Expr | None = None
    """What the receiver is where no call tells."""
    params: list[Param] = field(default_factory=list)
    bases: list[Expr] = field(default_factory=list)
    """Of a class, in order."""
    mixins: list[Expr] = field(default_factory=list)
    """Of a class: types whose members it promotes or includes before its bases are asked."""
    returns: Expr | None = None
    """Declared type of the result, as an `InstanceOf`."""
    declared: dict[str, Expr] = field(default_factory=dict)
    """Of a class: types of its fields, as `InstanceOf`; they speak where nothing is known of the field."""
    versions: dict[str, int] = field(default_factory=dict)
    """Variables bound here, with the number of their last assignment."""
    elsewhere: dict[str, Scope] = field(default_factory=dict)
    """Names that belong to an outer scope by declaration (`global`, `nonlocal`)."""
    effects: list[Effect] = field(default_factory=list)
    children: list[Scope] = field(default_factory=list)
    is_lowered: bool = False
    partial: str | None = None
    """What of it was not lowered; None when all of it was."""

    @property
    def function(self) -> Scope:
        """The function, class or module whose code this is: blocks belong to what is around them."""
        scope = self
        while scope.kind == "block" and scope.parent is not None:
            scope = scope.parent
        return scope

    @property
    def qualified_name(self) -> str:
        """`Class.method`, `outer.inner`; empty for the module."""
        parts: list[str] = []
        scope: Scope | None = self.function
        while scope is not None and scope.kind != "module":
            if scope.kind != "block":
                parts.append(scope.name)
            scope = scope.parent
        return ".".join(reversed(parts))

    def lowered(self) -> Scope:
        """This scope with its effects filled in; what is around it first."""
        if not self.is_lowered:
            self.is_lowered = True
            if self.parent is not None:
                self.parent.lowered()
            if self.lowerer is not None:
                try:
                    self.lowerer(self)
                except RecursionError:
                    # The last resort: lowerings guard their own depth, and what was lowered until here holds.
                    self.partial = "nested too deep to be followed"
        return self

    def __repr__(self) -> str:
        return f"<{self.kind} {self.qualified_name or self.name}>"
