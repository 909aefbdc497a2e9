"""What lowering one Ruby scope needs to know: where names are bound, who `self` is, which class is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.body import Body
from reviewer.evidence.syntax.grammars.row import text_of

_DEEPEST = 110
_WITHOUT_VALUE = ("comment", "empty_statement", "uninterpreted")
SINGLETON, PREPENDED, SILENT, BLOCK = "singleton", "prepended", "unwritten", "block"
"""Traits: the side of a class that its own methods are on, what stands before it, a method nobody wrote, a block."""

Handler = Callable[["Lowering", Node], ir.Expr]


class Lowering:
    """Lowers the code of one scope. `owner` is the class, or the file, that methods defined here belong to."""

    def __init__(
        self,
        scope: ir.Scope,
        handlers: Mapping[str, Handler],
        *,
        owner: ir.Scope,
        method: ir.Scope | None = None,
        on_singleton: bool = False,
        depth: int = 0,
    ) -> None:
        self.scope = scope
        self.file = scope.file
        self.body = Body(scope)
        self.owner = owner
        self.method = method
        """The method whose block and arguments `yield` and `super` mean."""
        self.on_singleton = on_singleton
        self.module_function = False
        self.handlers = handlers
        self.depth = depth

    def expression(self, node: Node) -> ir.Expr:
        """Lower whatever stands there."""
        if node.type == "ERROR" or node.is_missing:
            self.scope.partial = "a piece that the grammar does not understand"
            return ir.Unknown(node.start_byte)
        if self.depth > _DEEPEST:
            self.scope.partial = f"nested deeper than {_DEEPEST} levels"
            return ir.Unknown(node.start_byte)
        self.depth += 1
        handler = self.handlers.get(node.type)
        try:
            return handler(self, node) if handler is not None else self._pieces(node)
        finally:
            self.depth -= 1

    def _pieces(self, node: Node) -> ir.Expr:
        for child in node.named_children:
            if child.type not in _WITHOUT_VALUE:
                self.body.evaluate(self.expression(child))
        return ir.Unknown(node.start_byte)

    def statements(self, node: Node) -> ir.Expr:
        """Lower a sequence; its value is the last one's."""
        value: ir.Expr = ir.Unknown(node.start_byte)
        for child in node.named_children:
            if child.type == "heredoc_body":
                self.body.evaluate(self.expression(child))
            elif child.type not in _WITHOUT_VALUE:
                self.body.evaluate(value)
                value = self.expression(child)
        return value

    def field(self, node: Node, name: str) -> ir.Expr | None:
        """The lowered child in a field; None where there is none."""
        child = node.child_by_field_name(name)
        return self.expression(child) if child is not None else None

    def evaluated(self, node: Node, name: str) -> None:
        """Keep a field's child for the calls in it."""
        self.body.evaluate(self.field(node, name))

    # -- names

    @property
    def nesting(self) -> str:
        """The classes around, innermost first, each by its full name."""
        names: list[str] = []
        scope: ir.Scope | None = self.owner
        while scope is not None:
            if scope.kind == "class":
                names.append(scope.name.replace(".", "::"))
            scope = scope.parent
        return " ".join("::".join(reversed(names[at:])) for at in range(len(names)))

    def constant(self, name: str, start: int) -> ir.Expr:
        """A constant as it is seen from here."""
        return self.file.note(ir.Imported(start, self.nesting, name, self.file))

    def machinery(self, name: str, start: int) -> ir.Expr:
        """Something that the semantics knows by a name in angle brackets."""
        return ir.Imported(start, "", f"<{name}>", self.file)

    def hook(self, obj: ir.Expr, name: str, start: int) -> None:
        """Ruby calls a method of `obj`, if there is one, with the open class."""
        args = (obj, ir.Literal(start, name), self.self_at(start))
        self.body.evaluate(ir.Call(start, self.body.scope, self.machinery("hook", start), args))

    def self_at(self, start: int) -> ir.Expr:
        """The object that bare calls go to."""
        return ir.Read(start, self.body.scope, "self", None)

    def call(
        self,
        obj: ir.Expr,
        name: str,
        start: int,
        args: tuple[ir.Expr, ...] = (),
        block: ir.Expr | None = None,
    ) -> ir.Call:
        """`obj.name(args)` with the name at `start`."""
        callee = self.file.note(ir.Member(start, obj, name, self.body.scope))
        return ir.Call(start, self.body.scope, callee, args, block=block)

    def home(self, name: str) -> ir.Scope | None:
        """The scope in which `name` is a local variable; None when it is none."""
        scope: ir.Scope | None = self.body.scope
        while scope is not None and scope.kind in ("block", "function"):
            if name in scope.versions:
                return scope
            if scope.receiver is not None:
                return None
            scope = scope.parent
        return None

    def assign(self, name: str, value: ir.Expr) -> None:
        """Assign to a local variable, which may be one of the code around a block."""
        self.body.bind(name, value, scope=self.home(name) or self.body.scope)

    # -- definitions

    def define(self, name: str, value: ir.Expr, *, singleton: bool = False) -> None:
        """Make `value` a method of the open class, or of its singleton."""
        on_singleton = singleton or self.on_singleton
        home = singleton_of(self.owner) if on_singleton else self.owner
        self.body.bind(name, value, scope=home)
        if self.module_function and not on_singleton:
            self.body.bind(name, value, scope=singleton_of(self.owner))

    def child(self, kind: str, name: str, node: Node | None, lowerer: Callable[[ir.Scope], None]) -> ir.Scope:
        """A function or class inside."""
        scope = ir.Scope(kind, name, self.body.scope, self.file, node, lowerer)
        self.body.function.children.append(scope)
        return self.file.add(scope)

    def method_scope(
        self, name: str, node: Node | None, lowerer: Callable[[ir.Scope], None], *, singleton: bool = False
    ) -> ir.Scope:
        """A method of the open class."""
        scope = self.child("function", name, node, lowerer)
        scope.owner, scope.receiver = self.owner, "self"
        scope.versions["self"] = 0
        if (singleton or self.on_singleton) and self.owner.kind == "class":
            scope.traits |= {"classmethod"}
        return scope

    def silent(self, name: str, start: int, value: Callable[[Lowering], ir.Expr], *params: str) -> None:
        """Define a method that nobody wrote out: calls of it are no edges."""

        def lower(scope: ir.Scope) -> None:
            inner = Lowering(scope, self.handlers, owner=self.owner, method=scope)
            scope.params = [ir.Param(param) for param in params]
            scope.versions.update(dict.fromkeys(params, 0))
            inner.body.add(ir.Return(scope, value(inner)))

        scope = self.method_scope(name, None, lower)
        scope.traits |= {SILENT}
        self.define(name, ir.Closure(start, scope))

    @contextmanager
    def elsewhere(self, *, on_singleton: bool) -> Iterator[None]:
        """A stretch in which methods are defined on the class's other side."""
        before, self.on_singleton = self.on_singleton, on_singleton
        try:
            with self.body.block():
                yield
        finally:
            self.on_singleton = before

    def run_inside(self, scope: ir.Scope) -> None:
        """Lower a block at once, so that what it assigns to the variables around is known behind it."""
        around: list[tuple[ir.Scope, dict[str, int]]] = []
        outer: ir.Scope | None = self.body.scope
        while outer is not None and outer.kind in ("block", "function"):
            around.append((outer, dict(outer.versions)))
            outer = outer.parent if outer.receiver is None else None
        scope.lowered()
        for home, before in around:
            for name, version in home.versions.items():
                if version > before.get(name, version):
                    self.body.also(home, name, range(before[name], version + 1))


def singleton_of(cls: ir.Scope) -> ir.Scope:
    """The side of a class that methods of the class itself are on."""
    return beside(cls, SINGLETON)


def beside(cls: ir.Scope, trait: str) -> ir.Scope:
    """The companion of a class with that trait, made when it is asked for first."""
    found = companion(cls, trait)
    if found is None:
        found = ir.Scope("class", cls.name, cls, cls.file, None, is_lowered=True, traits=frozenset({trait}))
        cls.children.append(found)
    return found


def companion(cls: ir.Scope, trait: str) -> ir.Scope | None:
    """The companion of a class with that trait, if there is one."""
    return next((child for child in cls.children if trait in child.traits and child.node is None), None)


def name_of(node: Node | None) -> str | None:
    """What a literal symbol or string says: `:x`, `"x"`, `x:`; None for anything else."""
    if node is None:
        return None
    if node.type == "simple_symbol":
        return text_of(node)[1:]
    if node.type == "hash_key_symbol":
        return text_of(node)
    if node.type in ("string", "delimited_symbol", "bare_symbol", "bare_string"):
        parts = node.named_children
        if all(part.type == "string_content" for part in parts):
            return "".join(text_of(part) for part in parts)
    return None
