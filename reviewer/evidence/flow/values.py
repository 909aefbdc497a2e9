"""What a name can stand for."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.evidence.flow import ir


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the repository; `receiver` is what it is bound to, when it was reached as a member."""

    scope: ir.Scope
    receiver: Value | None = None
    given: int | None = None
    """Arguments that are passed already; with a number the receiver is fixed too."""


@dataclass(frozen=True, slots=True)
class Class:
    """A class, interface or struct of the repository."""

    scope: ir.Scope


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a class of the repository."""

    cls: ir.Scope
    exact: bool = True
    """False when only a declaration says so: it may be of a class below."""
    prototype: bool = False
    """The object that all objects of the class share; what it holds hides what is above."""


@dataclass(frozen=True, slots=True)
class Module:
    """A file of the repository as a module, or a folder that is a package."""

    path: str


@dataclass(frozen=True, slots=True)
class Outside:
    """Something that the repository does not define, by the dotted name it was taken under."""

    name: str
    instance: bool = False
    """An object made by calling it, or of that type."""
    made: bool = False
    """Only the name of what made it is known, not its type."""


@dataclass(frozen=True, slots=True)
class Builtin:
    """A name that the language itself provides, or a member of one of its types: `len`, `str.join`.

    Names in angle brackets are for what the semantics does behind the scenes: calls of them are no edges.
    """

    name: str
    receiver: Value | None = None


@dataclass(frozen=True, slots=True)
class Object:
    """A list, map, string or plain object made at one place."""

    site: ir.Container | ir.Rest
    kind: str


@dataclass(frozen=True, slots=True)
class Text:
    """A string or whole number that is known."""

    value: str | int


MANY_TEXTS = Text("\0")
"""Stands for any text where too many are known."""


@dataclass(frozen=True, slots=True)
class Generator:
    """What calling a generator function gives."""

    scope: ir.Scope


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A receiver as the classes above `owner` see it."""

    owner: ir.Scope
    receiver: Value


@dataclass(frozen=True, slots=True)
class Adapter:
    """A function that stands for an object of an interface."""

    function: Function
    interface: ir.Scope


Value = (
    Function | Class | Instance | Module | Outside | Builtin | Object | Text | Generator | Ancestor | Adapter
)
