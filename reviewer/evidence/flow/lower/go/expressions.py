"""Go's expressions."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.go.base import inner
from reviewer.evidence.flow.lower.go.types import NAMED, TYPES, Signature
from reviewer.evidence.flow.lower.literals import integer, string_text
from reviewer.evidence.syntax.grammars.row import text_of

MAX_ELEMENTS = 1_000
"""Of one literal; further ones are looked at only for what they call."""
_HOLDERS = {
    "slice_type": ("list", "element"),
    "array_type": ("list", "element"),
    "implicit_length_array_type": ("list", "element"),
    "map_type": ("dict", "value"),
}
_CALLS = frozenset({"call_expression", "func_literal"})


class Expressions(Signature):
    """Lowers expressions."""

    def lower_function(self, scope: ir.Scope) -> None:
        """Fill in a function literal; set by the part that knows statements."""
        raise NotImplementedError

    def expression(self, node: Node | None) -> ir.Expr:
        """Lower an expression of whatever kind."""
        if node is None:
            return ir.Unknown(self.scope.node.start_byte if self.scope.node is not None else 0)
        try:
            if self.deeper() and node.type not in TYPES:
                return self._expression(node)
            return ir.Unknown(node.start_byte)
        finally:
            self.higher()

    def _expression(self, node: Node) -> ir.Expr:
        handler = _EXPRESSIONS.get(node.type)
        if handler is not None:
            return handler(self, node)
        for child in inner(node):
            self.body.evaluate(self.expression(child))
        return ir.Unknown(node.start_byte)

    def expressions(self, node: Node | None) -> list[ir.Expr]:
        """The values of an expression list, or the one of a single expression."""
        if node is None:
            return []
        listed = inner(node) if node.type == "expression_list" else [node]
        return [self.expression(child) for child in listed]

    def _identifier(self, node: Node) -> ir.Expr:
        name = text_of(node)
        return ir.Unknown(node.start_byte) if name == "_" else self.read(name, node.start_byte)

    def _selector(self, node: Node) -> ir.Expr:
        obj, name = node.child_by_field_name("operand"), node.child_by_field_name("field")
        if obj is None or name is None:
            return ir.Unknown(node.start_byte)
        found = ir.Member(name.start_byte, self.expression(obj), text_of(name), self.body.scope)
        return self.file.note(found)

    def _type(self, node: Node) -> ir.Expr:
        return self.type_name(node) or ir.Unknown(node.start_byte)

    def _first(self, node: Node) -> ir.Expr:
        parts = inner(node)
        return self.expression(parts[0]) if parts else ir.Unknown(node.start_byte)

    def _unary(self, node: Node) -> ir.Expr:
        operand, operator = node.child_by_field_name("operand"), node.child_by_field_name("operator")
        value = self.expression(operand)
        sign = text_of(operator)
        if sign == "<-":
            return ir.Item(node.start_byte, value, None)
        if sign in ("&", "*"):
            return value
        self.body.evaluate(value)
        return ir.Unknown(node.start_byte)

    def _binary(self, node: Node) -> ir.Expr:
        """Evaluate the operands; a long chain of operators is a deep tree, so this goes down by itself."""
        todo = [node]
        while todo:
            part = todo.pop()
            if part.type == "binary_expression":
                sides = (part.child_by_field_name("right"), part.child_by_field_name("left"))
                todo.extend(side for side in sides if side is not None)
            else:
                self.body.evaluate(self.expression(part))
        return ir.Unknown(node.start_byte)

    def _index(self, node: Node) -> ir.Expr:
        obj, index = node.child_by_field_name("operand"), node.child_by_field_name("index")
        if obj is None:
            return ir.Unknown(node.start_byte)
        return ir.Item(node.start_byte, self.expression(obj), self.key(index))

    def key(self, node: Node | None) -> ir.Expr | None:
        """An index or key; None when it says nothing."""
        found = self.expression(node) if node is not None else None
        return None if isinstance(found, ir.Unknown) else found

    def _slice(self, node: Node) -> ir.Expr:
        obj, *bounds = inner(node) or [node]
        for bound in bounds:
            self.body.evaluate(self.expression(bound))
        return self.expression(obj) if obj is not node else ir.Unknown(node.start_byte)

    def _assertion(self, node: Node) -> ir.Expr:
        value = self.expression(node.child_by_field_name("operand"))
        return self.narrowed(value, node.child_by_field_name("type"))

    def narrowed(self, value: ir.Expr, written: Node | None) -> ir.Expr:
        """`value` as one of the type that is written; as it is when the type names no class."""
        named = self.type_name(written)
        return value if named is None else ir.Narrowed(value.start, value, named)

    def _conversion(self, node: Node) -> ir.Expr:
        """`[]byte(x)`, and `f[int](x)`, which reads like one."""
        written, operand = node.child_by_field_name("type"), node.child_by_field_name("operand")
        value = self.expression(operand)
        if written is None or written.type != "generic_type":
            return self.narrowed(value, written)
        name = written.child_by_field_name("type")
        callee = self.type_name(name) or ir.Unknown(node.start_byte)
        given = self.type_arguments(written.child_by_field_name("type_arguments"))
        start = callee.start
        return ir.Call(start, self.body.scope, callee, (value,), tuple(given))

    def _string(self, node: Node) -> ir.Expr:
        text = string_text(node)
        return ir.Literal(node.start_byte, text) if text is not None else ir.Container(node.start_byte, "str")

    def _integer(self, node: Node) -> ir.Expr:
        value = integer(node)
        return ir.Literal(node.start_byte, value) if value is not None else ir.Unknown(node.start_byte)

    def _nothing(self, node: Node) -> ir.Expr:
        return ir.Unknown(node.start_byte)

    def _literal_function(self, node: Node) -> ir.Expr:
        scope = ir.Scope("function", self.body.next_lambda(), self.body.scope, self.file, node)
        scope.lowerer = self.lower_function
        return ir.Closure(node.start_byte, self.child(scope))

    # -- calls

    def _call(self, node: Node) -> ir.Expr:
        function = node.child_by_field_name("function")
        if function is None:
            return ir.Unknown(node.start_byte)
        while function.type == "parenthesized_expression" and inner(function):
            function = inner(function)[0]
        callee = self.expression(function)
        args, spread = self._arguments(node.child_by_field_name("arguments"))
        given = self.type_arguments(node.child_by_field_name("type_arguments"))
        call = ir.Call(_name_start(function), self.body.scope, callee, args, tuple(given), spread)
        if function.type == "identifier" and self.home(text_of(function)) is None:
            return self._allocated(text_of(function), node, call)
        return call

    def _allocated(self, name: str, node: Node, call: ir.Call) -> ir.Expr:
        """What `new(T)` and `make(T)` give is in their type."""
        written = next(iter(inner(node.child_by_field_name("arguments"))), None)
        if name not in ("new", "make") or written is None:
            return call
        self.body.evaluate(call)
        return self.declared(_as_type(written)) or ir.Unknown(node.start_byte)

    def _arguments(self, node: Node | None) -> tuple[tuple[ir.Expr, ...], ir.Expr | None]:
        given = inner(node)
        if len(given) == 1 and given[0].type == "call_expression":
            return (), self._results_of(given[0])
        args: list[ir.Expr] = []
        spread = None
        for child in given:
            if child.type == "variadic_argument":
                spread = self._first(child)
            else:
                args.append(self.expression(child))
        return tuple(args), spread

    def _results_of(self, node: Node) -> ir.Expr:
        """`f(g())` passes on each result of `g`, be it one or several."""
        call = self.expression(node)
        one = ir.Container(node.start_byte, "tuple", ((0, call),))
        return ir.Join(node.start_byte, (one, call))

    # -- composite literals

    def _composite(self, node: Node) -> ir.Expr:
        written, body = node.child_by_field_name("type"), node.child_by_field_name("body")
        return self._literal_of(written, body, node.start_byte)

    def _literal_of(self, written: Node | None, body: Node | None, start: int) -> ir.Expr:
        while written is not None and written.type in ("pointer_type", "parenthesized_type"):
            written = next(iter(inner(written)), None)
        if written is not None and written.type in _HOLDERS:
            kind, part = _HOLDERS[written.type]
            if not inner(body):
                return self.declared(written) or ir.Unknown(start)
            return self._holder_literal(kind, written.child_by_field_name(part), body, start)
        items = self._elements(None, body)
        named = self.type_name(written)
        if named is None:
            return ir.Container(start, "list", tuple((key, value) for key, _, value in items))
        held = ir.Container(start, "list", tuple((key, value) for key, _, value in items))
        made = ir.Narrowed(start, held, named)
        for at, (_, field, value) in enumerate(items):
            self.body.add(ir.SetMember(made, field or f"<{at}>", value))
        return made

    def _holder_literal(self, kind: str, element: Node | None, body: Node | None, start: int) -> ir.Expr:
        items = self._elements(element, body)
        numbered = kind == "list" and not any(field or key is not None for key, field, _ in items)
        held = [(at if numbered else key, value) for at, (key, _, value) in enumerate(items)]
        return ir.Container(start, kind, tuple(held))

    def _elements(
        self, element: Node | None, body: Node | None
    ) -> list[tuple[str | int | None, str | None, ir.Expr]]:
        """Key, field name where it may be one, and value of each element."""
        found: list[tuple[str | int | None, str | None, ir.Expr]] = []
        for at, child in enumerate(inner(body)):
            if at >= MAX_ELEMENTS and not _holds_call(child):
                self.lacks(f"a literal of more than {MAX_ELEMENTS} elements")
            elif child.type == "keyed_element":
                key = child.child_by_field_name("key")
                value = self._element(element, child.child_by_field_name("value"))
                found.append((*self._key_of(key), value))
            else:
                found.append((None, None, self._element(element, child)))
        return found

    def _element(self, written: Node | None, node: Node | None) -> ir.Expr:
        held = next(iter(inner(node)), None) if node is not None and node.type == "literal_element" else node
        if held is None or held.type != "literal_value":
            return self.expression(held)
        try:
            if self.deeper():
                return self._literal_of(written, held, held.start_byte)
            return ir.Unknown(held.start_byte)
        finally:
            self.higher()

    def _key_of(self, node: Node | None) -> tuple[str | int | None, str | None]:
        """A literal key, or the name that may be a field or a constant."""
        held = next(iter(inner(node)), None)
        if held is None:
            return None, None
        if held.type == "identifier":
            return None, text_of(held)
        key = self.expression(held)
        if isinstance(key, ir.Literal):
            return key.value, None
        self.body.evaluate(key)
        return None, None


_Expression = Callable[[Expressions, Node], ir.Expr]
_EXPRESSIONS: dict[str, _Expression] = {
    "identifier": Expressions._identifier,
    "selector_expression": Expressions._selector,
    "call_expression": Expressions._call,
    "func_literal": Expressions._literal_function,
    "composite_literal": Expressions._composite,
    "unary_expression": Expressions._unary,
    "binary_expression": Expressions._binary,
    "parenthesized_expression": Expressions._first,
    "index_expression": Expressions._index,
    "slice_expression": Expressions._slice,
    "type_assertion_expression": Expressions._assertion,
    "type_conversion_expression": Expressions._conversion,
    "type_instantiation_expression": Expressions._first,
    "interpreted_string_literal": Expressions._string,
    "raw_string_literal": Expressions._string,
    "int_literal": Expressions._integer,
    **dict.fromkeys(("nil", "true", "false", "iota", "rune_literal", "float_literal"), Expressions._nothing),
    **dict.fromkeys(NAMED, Expressions._type),
}


def _name_start(node: Node) -> int:
    """Where the word stands by which a callee is known."""
    while True:
        part = {
            "selector_expression": "field",
            "index_expression": "operand",
            "call_expression": "function",
        }.get(node.type)
        found = node.child_by_field_name(part) if part is not None else None
        if node.type == "type_instantiation_expression":
            found = next(iter(inner(node)), None)
        if found is None:
            return node.start_byte
        node = found


def _as_type(node: Node) -> Node:
    """A type that stands where a value may stand: `new(T)` reads like a call with an identifier."""
    return inner(node)[0] if node.type == "parenthesized_expression" and inner(node) else node


def _holds_call(node: Node) -> bool:
    todo = [node]
    while todo:
        part = todo.pop()
        if part.type in _CALLS:
            return True
        todo.extend(part.named_children)
    return False
