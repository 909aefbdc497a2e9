"""Go's statements."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.go.base import inner
from reviewer.evidence.flow.lower.go.expressions import Expressions
from reviewer.evidence.syntax.grammars.row import text_of

_CASES = ("expression_case", "type_case", "default_case", "communication_case")
_LEAVES = ("panic", "os.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln")


class Statements(Expressions):
    """Lowers statements."""

    def lower_function(self, scope: ir.Scope) -> None:
        """Fill in a function literal."""
        assert scope.node is not None  # noqa: S101 - functions are made from nodes
        lowering = Statements(scope, self.shared)
        lowering.signature(scope.node)
        lowering.statement(scope.node.child_by_field_name("body"))

    def statement(self, node: Node | None) -> None:
        """Lower one statement, or a list of them."""
        if node is None:
            return
        try:
            if self.deeper():
                self._statement(node)
        finally:
            self.higher()

    def _statement(self, node: Node) -> None:
        handler = _STATEMENTS.get(node.type)
        if handler is not None:
            handler(self, node)
        elif node.type in _LISTS:
            for child in inner(node):
                self.statement(child)
        elif node.type != "label_name":
            self.body.evaluate(self.expression(node))

    def _block(self, node: Node) -> None:
        with self.body.block():
            for child in inner(node):
                self.statement(child)

    def _expression_statement(self, node: Node) -> None:
        for child in inner(node):
            self.body.evaluate(self.expression(child))
            if child.type == "call_expression" and text_of(child.child_by_field_name("function")) in _LEAVES:
                self.body.leave()

    # -- assignments

    def _short_declaration(self, node: Node) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        targets = inner(left)
        for target, value in zip(targets, self.spread(targets, right), strict=True):
            name = text_of(target)
            if name == "_":
                self.body.evaluate(value)
            else:
                self._declare(name, value)

    def _declare(self, name: str, value: ir.Expr) -> None:
        """`name := value`: a new variable unless this very block has one."""
        self.body.bind(name, value, scope=self.body.scope)

    def spread(self, targets: list[Node], right: Node | None) -> list[ir.Expr]:
        """The value for each of `targets`."""
        values = self.expressions(right)
        if len(values) == len(targets):
            return values
        if len(values) != 1:
            for value in values:
                self.body.evaluate(value)
            return [ir.Unknown(target.start_byte) for target in targets]
        value = values[0]
        if isinstance(value, ir.Call):
            start = value.start
            return [ir.Item(start, value, ir.Literal(start, at)) for at in range(len(targets))]
        # `v, ok := m[k]`: the second says only whether there is a first.
        return [value, *(ir.Unknown(target.start_byte) for target in targets[1:])]

    def _assignment(self, node: Node) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        targets = inner(left)
        if text_of(node.child_by_field_name("operator")) != "=":
            for part in (*self.expressions(left), *self.expressions(right)):
                self.body.evaluate(part)
            return
        for target, value in zip(targets, self.spread(targets, right), strict=True):
            self.store(target, value)

    def store(self, target: Node, value: ir.Expr) -> None:
        """`target = value`."""
        while target.type == "parenthesized_expression" and inner(target):
            target = inner(target)[0]
        kind = target.type
        if kind == "identifier":
            self.store_name(text_of(target), target.start_byte, value)
        elif kind == "selector_expression":
            self._store_member(target, value)
        elif kind == "index_expression":
            obj = self.expression(target.child_by_field_name("operand"))
            self.body.add(ir.SetItem(obj, self.key(target.child_by_field_name("index")), value))
        elif kind == "unary_expression" and target.child_by_field_name("operand") is not None:
            self._store_behind(target, value)
        else:
            self.body.evaluate(value)

    def _store_member(self, target: Node, value: ir.Expr) -> None:
        obj, name = target.child_by_field_name("operand"), target.child_by_field_name("field")
        if obj is not None and name is not None:
            self.body.add(ir.SetMember(self.expression(obj), text_of(name), value))

    def _store_behind(self, target: Node, value: ir.Expr) -> None:
        """`*p = value`: what p points to is not told apart from p, and keeps its other values."""
        operand = target.child_by_field_name("operand")
        if operand is not None:
            start = operand.start_byte
            self.store(operand, ir.Join(start, (self.expression(operand), value)))

    def _variables(self, node: Node) -> None:
        names, written = node.children_by_field_name("name"), node.child_by_field_name("type")
        right = node.child_by_field_name("value")
        declared = self.declared(written)
        values = self.spread(names, right) if right is not None else []
        for at, name in enumerate(names):
            value = self.narrowed(values[at], written) if values else None
            self.variable(name, value, declared)

    def variable(self, name: Node, value: ir.Expr | None, declared: ir.Expr | None) -> None:
        """`var name T = value`; neither type nor value need be there."""
        word, scope = text_of(name), self.body.scope
        if word == "_":
            self.body.evaluate(value)
        elif value is not None:
            self._declare(word, value)
        elif isinstance(declared, ir.Container):
            self._declare(word, declared)
        else:
            self._declare(word, ir.Unknown(name.start_byte))
        if declared is not None and word != "_":
            self.shared.types[scope, word] = declared

    def _type_declaration(self, node: Node) -> None:
        name, written = node.child_by_field_name("name"), node.child_by_field_name("type")
        if name is None or written is None:
            return
        if node.type == "type_alias":
            self._declare(text_of(name), self.type_name(written) or ir.Unknown(name.start_byte))
            return
        scope = self.class_scope(text_of(name), node, written, node.child_by_field_name("type_parameters"))
        self._declare(scope.name, ir.Closure(name.start_byte, scope))

    # -- control flow

    def _return(self, node: Node) -> None:
        listed = inner(node)
        given = inner(listed[0]) if listed and listed[0].type == "expression_list" else listed
        if not given and self.result_names:
            values: list[ir.Expr] = [self.read(name, start) for name, start in self.result_names]
            self._give(values, node.start_byte)
        elif len(given) == 1 and len(self.results) > 1:
            self.body.add(ir.Return(self.scope, self.expression(given[0])))
        elif given:
            self._give([self._result(at, child) for at, child in enumerate(given)], node.start_byte)
        self.body.leave()

    def _result(self, at: int, node: Node) -> ir.Expr:
        value = self.expression(node)
        declared = self.results[at] if at < len(self.results) else None
        if declared is None or node.type == "nil":
            return value
        return ir.Typed(value.start, value, declared, firm=True)

    def _give(self, values: list[ir.Expr], start: int) -> None:
        value = values[0] if len(values) == 1 else ir.Container(start, "tuple", tuple(enumerate(values)))
        self.body.add(ir.Return(self.scope, value))

    def _if(self, node: Node) -> None:
        with self.body.block():
            self.statement(node.child_by_field_name("initializer"))
            self.body.evaluate(self.expression(node.child_by_field_name("condition")))
            ways = self.body.branches()
            with ways.way():
                self.statement(node.child_by_field_name("consequence"))
            other = node.child_by_field_name("alternative")
            if other is not None:
                with ways.way():
                    self.statement(other)
            ways.end(may_skip=other is None)

    def _for(self, node: Node) -> None:
        body = node.child_by_field_name("body")
        with self.body.block():
            clauses = [child for child in inner(node) if body is None or child.id != body.id]
            clause = clauses[0] if clauses else None
            if clause is not None and clause.type == "range_clause":
                self._range(clause, body)
                return
            counted = clause is not None and clause.type == "for_clause"
            if clause is not None and counted:
                self.statement(clause.child_by_field_name("initializer"))
            condition = clause.child_by_field_name("condition") if clause is not None and counted else clause
            with self.body.loop():
                if condition is not None:
                    self.body.evaluate(self.expression(condition))
                self.statement(body)
                if clause is not None and counted:
                    self.statement(clause.child_by_field_name("update"))

    def _range(self, clause: Node, body: Node | None) -> None:
        left, right = clause.child_by_field_name("left"), clause.child_by_field_name("right")
        start = right.start_byte if right is not None else clause.start_byte
        elements = ir.Each(_callee_start(right, start), self.expression(right), self.body.scope)
        self.body.evaluate(elements)
        fresh = any(child.type == ":=" for child in clause.children)
        with self.body.loop():
            for target in inner(left):
                if fresh and target.type == "identifier":
                    if text_of(target) != "_":
                        self._declare(text_of(target), elements)
                else:
                    self.store(target, elements)
            self.statement(body)

    def _switch(self, node: Node) -> None:
        with self.body.block():
            self.statement(node.child_by_field_name("initializer"))
            value = self.expression(node.child_by_field_name("value"))
            alias = node.child_by_field_name("alias")
            name = text_of(inner(alias)[0]) if inner(alias) else None
            self.body.evaluate(value)
            ways = self.body.branches()
            cases = [child for child in inner(node) if child.type in _CASES]
            for case in cases:
                with ways.way(), self.body.block():
                    self._case(case, name, value)
            complete = node.type == "select_statement" or any(one.type == "default_case" for one in cases)
            ways.end(may_skip=not complete)

    def _case(self, case: Node, name: str | None, value: ir.Expr) -> None:
        heads = [
            *case.children_by_field_name("value"),
            *case.children_by_field_name("type"),
            *case.children_by_field_name("communication"),
        ]
        if case.type == "expression_case":
            for head in heads:
                for part in self.expressions(head):
                    self.body.evaluate(part)
        elif case.type == "communication_case":
            for head in heads:
                self.statement(head)
        elif name is not None and name != "_":
            seen = [self.narrowed(value, head) for head in heads if text_of(head) != "nil"]
            self._declare(name, ir.Join(case.start_byte, tuple(seen)) if seen else value)
        ids = {head.id for head in heads}
        for child in inner(case):
            if child.id not in ids:
                self.statement(child)

    def _receive(self, node: Node) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        targets = inner(left)
        if not targets:
            self.body.evaluate(self.expression(right))
            return
        fresh = any(child.type == ":=" for child in node.children)
        for target, value in zip(targets, self.spread(targets, right), strict=True):
            if fresh and text_of(target) != "_":
                self._declare(text_of(target), value)
            else:
                self.store(target, value)

    def _send(self, node: Node) -> None:
        channel = self.expression(node.child_by_field_name("channel"))
        self.body.add(ir.SetItem(channel, None, self.expression(node.child_by_field_name("value"))))


_LISTS = (
    "statement_list",
    "labeled_statement",
    "ERROR",
    "var_declaration",
    "var_spec_list",
    "const_declaration",
    "type_declaration",
    "go_statement",
    "defer_statement",
    "inc_statement",
    "dec_statement",
)
_Statement = Callable[[Statements, Node], None]
_STATEMENTS: dict[str, _Statement] = {
    "block": Statements._block,
    "expression_statement": Statements._expression_statement,
    "short_var_declaration": Statements._short_declaration,
    "assignment_statement": Statements._assignment,
    "var_spec": Statements._variables,
    "const_spec": Statements._variables,
    "type_spec": Statements._type_declaration,
    "type_alias": Statements._type_declaration,
    "return_statement": Statements._return,
    "if_statement": Statements._if,
    "for_statement": Statements._for,
    "expression_switch_statement": Statements._switch,
    "type_switch_statement": Statements._switch,
    "select_statement": Statements._switch,
    "receive_statement": Statements._receive,
    "send_statement": Statements._send,
    **dict.fromkeys(
        (
            "break_statement",
            "continue_statement",
            "goto_statement",
            "fallthrough_statement",
            "empty_statement",
        ),
        lambda _lowering, _node: None,
    ),
}


def _callee_start(node: Node | None, start: int) -> int:
    """Where the name of what is iterated over stands."""
    while node is not None and node.type in ("selector_expression", "call_expression"):
        part = node.child_by_field_name("field" if node.type == "selector_expression" else "function")
        node, start = part, part.start_byte if part is not None else start
    return start
