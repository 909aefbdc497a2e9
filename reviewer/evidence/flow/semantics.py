"""What differs between languages once their source is lowered: names nobody binds, built-ins, ways to inherit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.graph import Node
from reviewer.evidence.flow.modules import ModuleFile
from reviewer.evidence.flow.values import Builtin, Class, Instance, Outside, Value

if TYPE_CHECKING:
    from reviewer.evidence.flow.solver import Solver


class Placed(ABC):
    """Languages in which classes have members of their own, apart from those of their objects."""

    @abstractmethod
    def places(self, value: Instance | Class, name: str, solver: Solver) -> Sequence[ir.Scope]:
        """The scopes in which `value.name` is looked for, in order. What is found there is bound to `value`."""

    @abstractmethod
    def of_outside(self, value: Outside, name: str) -> Iterable[Value]:
        """What `value.name` is, where `value` lies outside of the repository."""


class Semantics(Protocol):
    """The rules of one family of languages."""

    family: str
    constructors: Sequence[str]
    """Members that run when an object is made, all that exist; only the last also when it lies outside (an empty
    name: none does)."""
    calling: str | None
    """Member that runs when an object is called like a function."""
    iterating: Sequence[str]
    """Members that run one after the other when an object is iterated over; the last one's result is the element.

    Several in one string, with spaces between, run on one object; the last of them gives the result.
    """
    indexing: str | None
    """Member that runs for `obj[key]`."""
    index_is_member: bool
    """`f[key]` reads a member of a function; elsewhere an index gives it type arguments."""
    outside_runs: bool
    """A function passed to something outside of the repository is taken to be run by it."""
    outside_members: Mapping[str, Sequence[str]]
    """Members that functions outside, by their names, run on the objects they get."""

    def ancestors(self, cls: ir.Scope, solver: Solver) -> list[ir.Scope]:
        """The classes in which members of `cls` are looked for, itself first."""

    def unbound(self, file: ModuleFile, name: str, solver: Solver) -> Iterable[Node | Value]:
        """What a name means that no scope of the file binds."""

    def imported(self, expr: ir.Imported, solver: Solver) -> Iterable[Node | Value]:
        """What an import stands for."""

    def module_member(self, path: str, name: str, solver: Solver) -> Iterable[Node | Value]:
        """What the module at `path` offers as `name`."""

    def builtin_member(self, value: Value, name: str, solver: Solver) -> Iterable[Node | Value]:
        """What `value.name` is where `value` is no object of the repository's."""

    def call_builtin(self, builtin: Builtin, call: ir.Call, result: Node, solver: Solver) -> None:
        """Model a call of something that the language provides."""


class Overloading(ABC):
    """Further rules of languages in which one name has several functions.

    There a member's name may end in the types of what is passed, in parentheses: `add(int,?)`.
    """

    @abstractmethod
    def choose(
        self, order: Sequence[ir.Scope], name: str, file: ModuleFile, solver: Solver
    ) -> list[tuple[ir.Scope, str]]:
        """The variables of the classes in `order` that the member `name`, asked for in `file`, means."""

    @abstractmethod
    def accepts(self, function: ir.Scope, count: int) -> bool:
        """True when the function can be called with that many arguments."""

    @abstractmethod
    def call_outside(self, outside: Outside, call: ir.Call, result: Node, solver: Solver) -> None:
        """Model a call of something outside of the repository."""
