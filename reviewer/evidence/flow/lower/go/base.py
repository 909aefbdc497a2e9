"""What the lowering of every piece of Go shares: scopes, reads, and the limits."""

from __future__ import annotations

from dataclasses import dataclass, field

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.body import Body

MAX_DEPTH = 100
"""Levels of expressions and statements within one function."""
OWN_PACKAGE = "."
"""Import path that stands for the package of the file itself."""
TYPE_ARGUMENT = "<type0>"
"""Where a generic function or type holds its first type argument; the n-th stands under `<type{n}>`."""


@dataclass
class Shared:
    """What a top-level function and the closures in it know together."""

    captured: frozenset[str] = frozenset()
    """Variables that a closure assigns to: any of their values may be there when they are read."""
    types: dict[tuple[ir.Scope, str], ir.Expr] = field(default_factory=dict)
    """Declared types of local variables, as values."""
    anonymous: dict[int, ir.Scope] = field(default_factory=dict)
    """Types without a name by the byte where they are written."""


class Lowering:
    """Lowers one scope; the parts of the language are added by those that inherit from it."""

    def __init__(self, scope: ir.Scope, shared: Shared) -> None:
        self.scope = scope
        self.file = scope.file
        self.body = Body(scope)
        self.shared = shared
        self._depth = 0
        self._anonymous = 0
        if scope.node is not None and scope.node.has_error:
            self.lacks("a piece was not understood by the grammar")

    def lacks(self, what: str) -> None:
        """Say that something of the scope was left out."""
        known = self.scope.partial
        if known is None:
            self.scope.partial = what
        elif what not in known:
            self.scope.partial = f"{known}; {what}"

    def deeper(self) -> bool:
        """Go one level down, to be left by `higher`; False when that is too deep."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.lacks(f"nested deeper than {MAX_DEPTH} levels")
        return self._depth <= MAX_DEPTH

    def higher(self) -> None:
        """Come back from one level down."""
        self._depth -= 1

    def read(self, name: str, start: int) -> ir.Expr:
        """A read of `name`, of the variable that is declared at this point."""
        home = self.home(name)
        if home is None or home.function is not self.scope.function:
            found = ir.Read(start, home or outside_classes(self.scope), name, None)
        else:
            found = self.body.read(name, start)
            found.scope = home
            if name in self.shared.captured:
                found.versions = None
        self.file.note(found)
        declared = self.shared.types.get((home, name)) if home is not None else None
        return found if declared is None else ir.Typed(start, found, declared, firm=True)

    def home(self, name: str) -> ir.Scope | None:
        """The scope of the function, or of one around it, that binds `name` so far; None for the package."""
        scope: ir.Scope | None = self.body.scope
        while scope is not None and scope.kind != "module":
            if scope.kind != "class" and name in scope.versions:
                return scope
            scope = scope.parent
        return None

    def store_name(self, name: str, start: int, value: ir.Expr) -> None:
        """`name = value`, for a local variable or one of the package."""
        home = self.home(name)
        if name == "_":
            self.body.evaluate(value)
        elif home is not None:
            self.body.bind(name, value, scope=home)
        else:
            self.body.add(ir.SetMember(self.package(start), name, value))

    def package(self, start: int) -> ir.Expr:
        """The package that this file belongs to."""
        return ir.Imported(start, OWN_PACKAGE, None, self.file)

    def child(self, scope: ir.Scope) -> ir.Scope:
        """Keep a scope made in this one."""
        self.scope.children.append(scope)
        return self.file.add(scope)


def outside_classes(scope: ir.Scope) -> ir.Scope:
    """Where a name is looked up that the function or class itself does not bind."""
    around = scope.parent
    while around is not None and around.kind == "class":
        around = around.parent
    return around or scope


def inner(node: Node | None) -> list[Node]:
    """The named children without comments."""
    return [child for child in node.named_children if child.type != "comment"] if node is not None else []


def item_count(node: Node) -> int:
    """How many values a list of expressions stands for."""
    return len(inner(node)) if node.type == "expression_list" else 1
