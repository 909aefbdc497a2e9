"""Go's top level: functions, methods, types and variables of a package."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.go.base import Shared, inner
from reviewer.evidence.flow.lower.go.statements import Statements
from reviewer.evidence.flow.lower.go.types import last_name
from reviewer.evidence.syntax.grammars.row import text_of

METHODS = "methods"
"""Trait of a class scope that stands for the methods which one file declares for a type."""


def lower_module(scope: ir.Scope) -> None:
    """Fill in the declarations of a file; functions in it wait until they are asked for.

    No name is bound in the module's scope: names of a package are looked up in all of its files.
    """
    _Top(scope, Shared()).declarations()


class _Top(Statements):
    """Lowers a file."""

    def __init__(self, scope: ir.Scope, shared: Shared) -> None:
        super().__init__(scope, shared)
        self._receivers: dict[str, ir.Scope] = {}
        self._repeated: Node | None = None

    def declarations(self) -> None:
        for child in inner(self.scope.node):
            if child.type == "function_declaration":
                self._function(child, self.scope, "function")
            elif child.type == "method_declaration":
                self._method(child)
            elif child.type in ("type_declaration", "var_declaration", "const_declaration"):
                self.statement(child)

    def _function(self, node: Node, parent: ir.Scope, trait: str) -> None:
        name = node.child_by_field_name("name")
        if name is None:
            return
        scope = ir.Scope("function", text_of(name), parent, self.file, node, _lower_declared)
        scope.receiver_is_parameter = trait == "method"
        parent.children.append(self.file.add(scope))

    def _method(self, node: Node) -> None:
        name = receiver_name(node)
        if name is None:
            return
        if name not in self._receivers:
            holder = ir.Scope("class", name, self.scope, self.file, None, is_lowered=True)
            holder.traits = frozenset({METHODS})
            self._receivers[name] = self.child(holder)
        self._function(node, self._receivers[name], "method")

    def _type_declaration(self, node: Node) -> None:
        name, written = node.child_by_field_name("name"), node.child_by_field_name("type")
        if name is None or written is None:
            return
        if node.type == "type_alias":
            found = self.type_name(written)
            if found is not None:
                self.store_name(text_of(name), name.start_byte, found)
            return
        self.class_scope(text_of(name), node, written, node.child_by_field_name("type_parameters"))

    def _constants(self, node: Node) -> None:
        """Constants without a value repeat the type of the one before."""
        written, right = node.child_by_field_name("type"), node.child_by_field_name("value")
        if written is not None or right is not None:
            self._repeated = written
        names = node.children_by_field_name("name")
        declared = self.declared(self._repeated)
        values = self.spread(names, right) if right is not None else []
        for at, name in enumerate(names):
            value = self.narrowed(values[at], self._repeated) if values else None
            self.variable(name, value, declared)

    def statement(self, node: Node | None) -> None:
        """See `Statements`."""
        if node is not None and node.type == "const_spec":
            self._constants(node)
        elif node is not None and node.type in ("type_spec", "type_alias"):
            self._type_declaration(node)
        else:
            super().statement(node)

    def variable(self, name: Node, value: ir.Expr | None, declared: ir.Expr | None) -> None:
        """A variable of the package; what is declared speaks where nothing is stored."""
        word, start = text_of(name), name.start_byte
        if word == "_":
            self.body.evaluate(value)
            return
        if declared is not None:
            held = ir.Member(start, self.package(start), word, self.scope)
            typed = ir.Typed(start, held, declared, passes=False)
            self.body.add(ir.SetMember(self.package(start), word, typed))
        self.body.add(ir.SetMember(self.package(start), word, value or ir.Unknown(start)))


def receiver_name(node: Node) -> str | None:
    """The type that a method belongs to."""
    written = _receiver_type(node)
    return last_name(written) if written is not None else None


def _receiver_type(node: Node) -> Node | None:
    for child in inner(node.child_by_field_name("receiver")):
        written = child.child_by_field_name("type")
        while written is not None and written.type in ("pointer_type", "parenthesized_type"):
            written = next(iter(inner(written)), None)
        return written
    return None


def _lower_declared(scope: ir.Scope) -> None:
    node = scope.node
    assert node is not None  # noqa: S101 - functions are made from nodes
    body = node.child_by_field_name("body")
    lowering = Statements(scope, Shared(captured=_captured(body)))
    _bind_type_parameters(lowering, node)
    lowering.signature(node)
    if scope.receiver_is_parameter and scope.params:
        scope.receiver = scope.params[0].name
    # Parameters and body share one block: a variable of the body may not take a parameter's name.
    for child in inner(body):
        lowering.statement(child)


def _bind_type_parameters(lowering: Statements, node: Node) -> None:
    """In `func (s *Stack[E])` E is what the type holds as its first type argument."""
    written = _receiver_type(node) if node.child_by_field_name("receiver") is not None else None
    if written is None or written.type != "generic_type":
        return
    cls = lowering.type_name(written.child_by_field_name("type"))
    for at, child in enumerate(inner(written.child_by_field_name("type_arguments"))):
        if cls is not None:
            given = ir.Member(child.start_byte, cls, f"<type{at}>", lowering.scope)
            lowering.body.bind(text_of(child), given)


def _captured(body: Node | None) -> frozenset[str]:
    """Names that function literals in `body` assign to."""
    found: set[str] = set()
    if body is None or b"func" not in (body.text or b""):
        return frozenset()
    todo = [(body, False)]
    while todo:
        node, inside = todo.pop()
        if inside and node.type in ("assignment_statement", "range_clause", "receive_statement"):
            found.update(
                text_of(target)
                for target in inner(node.child_by_field_name("left"))
                if target.type == "identifier"
            )
        deeper = inside or node.type == "func_literal"
        todo.extend((child, deeper) for child in node.named_children)
    return frozenset(found)
