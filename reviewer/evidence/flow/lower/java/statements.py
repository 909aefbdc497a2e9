"""Statements, switches and the bodies of lambdas."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.java.calls import Calls
from reviewer.evidence.flow.lower.java.dispatch import MAX_DEPTH
from reviewer.evidence.flow.lower.java.names import CLASSES
from reviewer.evidence.syntax.grammars.row import text_of

_NO_STATEMENT = ("line_comment", "block_comment", "break_statement", "continue_statement", ";")


class Statements(Calls):
    """Lowers statements in order."""

    def __init__(self, *around: object) -> None:
        super().__init__(*around)  # type: ignore[arg-type]
        self._yields: list[list[ir.Expr]] = []
        self.result_type: Node | None = None

    def statements(self, node: Node | None) -> None:
        """The statements in a block, without a scope of their own."""
        for child in node.named_children if node is not None else ():
            self.statement(child)

    def statement(self, node: Node | None) -> None:
        """One statement."""
        if node is None or node.type in _NO_STATEMENT:
            return
        if self.depth >= MAX_DEPTH:
            self.scope.partial = f"nested deeper than {MAX_DEPTH} levels"
            return
        if node.is_error:
            self.scope.partial = "a part that is not understood"
        self.depth += 1
        try:
            handler = _STATEMENTS.get(node.type)
            if handler is not None:
                handler(self, node)
            elif node.type in CLASSES:
                self.local_class(node)
            else:
                self.body.evaluate(self.expression(node))
        finally:
            self.depth -= 1

    def _block(self, node: Node) -> None:
        with self.body.block():
            self.statements(node)

    def _expression_statement(self, node: Node) -> None:
        for child in node.named_children:
            self.body.evaluate(self.expression(child))

    def _declaration(self, node: Node) -> None:
        declared = node.child_by_field_name("type")
        for one in node.children_by_field_name("declarator"):
            name, value = one.child_by_field_name("name"), one.child_by_field_name("value")
            dimensions = one.child_by_field_name("dimensions")
            if name is None:
                continue
            given = self.expression(value) if value is not None else None
            known: Node | str | None = declared
            if dimensions is not None:
                known = f"{self.plain(declared)}{text_of(dimensions)}"
            elif declared is not None and text_of(declared) == "var":
                known = self.evident(value) if value is not None else "?"
            self._first_value(text_of(name), known, value, given)

    def _first_value(
        self, name: str, known: Node | str | None, value: Node | None, given: ir.Expr | None
    ) -> None:
        if given is not None and value is not None and value.type != "null_literal":
            self.local(name, known, given)
            return
        self.body.declare(name)
        if known is not None:
            self.names.locals[self.body.scope, name] = known
        if given is not None:
            self.body.bind(name, given, scope=self.body.scope)

    def _return(self, node: Node) -> None:
        for child in node.named_children:
            if not child.type.endswith("comment"):
                value = self.typed(self.expression(child), self.result_type)
                self.body.add(ir.Return(self.scope, value))

    def _yield(self, node: Node) -> None:
        for child in node.named_children:
            value = self.expression(child)
            if self._yields:
                self._yields[-1].append(value)
            self.body.evaluate(value)

    def _if(self, node: Node) -> None:
        """A chain of `else if` is walked, not recursed into."""
        chain: list[Node] = []
        one: Node | None = node
        while one is not None and one.type == "if_statement":
            chain.append(one)
            one = one.child_by_field_name("alternative")
        ways = self.body.branches()
        for link in chain:
            with ways.way():
                self.body.evaluate(self.of(link, "condition"))
                self.statement(link.child_by_field_name("consequence"))
        if one is not None:
            with ways.way():
                self.statement(one)
        ways.end(may_skip=one is None)

    def _for(self, node: Node) -> None:
        with self.body.block():
            for init in node.children_by_field_name("init"):
                self.statement(init)
            with self.body.loop():
                self.body.evaluate(self.of(node, "condition"))
                self.statement(node.child_by_field_name("body"))
                for update in node.children_by_field_name("update"):
                    self.body.evaluate(self.expression(update))

    def _for_each(self, node: Node) -> None:
        value, name = node.child_by_field_name("value"), node.child_by_field_name("name")
        if value is None or name is None:
            return
        iterated = self.expression(value)
        with self.body.block(), self.body.loop():
            each = ir.Each(value.start_byte, iterated, self.body.scope)
            self.local(text_of(name), node.child_by_field_name("type"), each)
            self.statement(node.child_by_field_name("body"))

    def _while(self, node: Node) -> None:
        with self.body.loop():
            self.body.evaluate(self.of(node, "condition"))
            self.statement(node.child_by_field_name("body"))

    def _do(self, node: Node) -> None:
        with self.body.loop():
            self.statement(node.child_by_field_name("body"))
            self.body.evaluate(self.of(node, "condition"))

    def _try(self, node: Node) -> None:
        with self.body.block():
            resources = node.child_by_field_name("resources")
            for one in resources.named_children if resources is not None else ():
                self._resource(one)
            ways = self.body.branches()
            with ways.way():
                self.statement(node.child_by_field_name("body"))
        for child in node.named_children:
            if child.type == "catch_clause":
                with ways.way(), self.body.block():
                    self._catch(child)
        ways.end(may_skip=False)
        for child in node.named_children:
            if child.type == "finally_clause":
                self.statements(child)

    def _resource(self, node: Node) -> None:
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None and node.named_children:
            held = self.expression(node.named_children[0])
        elif name is not None and value is not None:
            self.local(text_of(name), node.child_by_field_name("type"), self.expression(value))
            held = self.body.read(text_of(name), name.start_byte)
        else:
            return
        start = (name or node).start_byte
        callee = ir.Member(start, held, "close()", self.body.scope)
        self.body.evaluate(ir.Call(start, self.body.scope, callee))

    def _catch(self, node: Node) -> None:
        caught = next(
            (child for child in node.named_children if child.type == "catch_formal_parameter"), None
        )
        name = caught.child_by_field_name("name") if caught is not None else None
        if caught is not None and name is not None:
            listed = next((child for child in caught.named_children if child.type == "catch_type"), None)
            types = listed.named_children if listed is not None else []
            declared = [one for child in types if (one := self.declared(child)) is not None]
            self.body.declare(text_of(name))
            self.names.locals[self.body.scope, text_of(name)] = types[0] if len(types) == 1 else "?"
            value = ir.Join(name.start_byte, tuple(declared))
            self.body.bind(text_of(name), value, scope=self.body.scope)
        self.statement(node.child_by_field_name("body"))

    def _labeled(self, node: Node) -> None:
        for child in node.named_children[1:]:
            self.statement(child)

    def switch(self, node: Node) -> ir.Expr:
        """See `Expressions`."""
        subject = self.of(node, "condition") or ir.Unknown(node.start_byte)
        self.body.evaluate(subject)
        self._yields.append([])
        ways = self.body.branches()
        block = node.child_by_field_name("body")
        for group in block.named_children if block is not None else ():
            if group.type in ("switch_block_statement_group", "switch_rule"):
                with ways.way(), self.body.block():
                    self._case(group, subject)
        ways.end(may_skip=True)
        return ir.Join(node.start_byte, tuple(self._yields.pop()))

    def _case(self, group: Node, subject: ir.Expr) -> None:
        for child in group.named_children:
            if child.type == "switch_label":
                self._label(child, subject)
            elif group.type == "switch_rule" and child.type == "expression_statement":
                for part in child.named_children:
                    value = self.expression(part)
                    self._yields[-1].append(value)
                    self.body.evaluate(value)
            else:
                self.statement(child)

    def _label(self, node: Node, subject: ir.Expr) -> None:
        for child in node.named_children:
            if child.type == "pattern":
                self.pattern(child, subject)
            elif child.type == "guard":
                self._expression_statement(child)

    def lambda_(self, node: Node) -> ir.Expr:
        """See `Expressions`."""
        return ir.Closure(node.start_byte, self.child_lambda(node))

    def child_lambda(self, node: Node) -> ir.Scope:
        """The scope of a lambda."""
        raise NotImplementedError

    def local_class(self, node: Node) -> None:
        """A class declared between statements."""
        raise NotImplementedError


_Statement = Callable[[Statements, Node], None]
_STATEMENTS: dict[str, _Statement] = {
    "block": Statements._block,
    "constructor_body": Statements.statements,
    "expression_statement": Statements._expression_statement,
    "local_variable_declaration": Statements._declaration,
    "return_statement": Statements._return,
    "yield_statement": Statements._yield,
    "throw_statement": Statements._expression_statement,
    "assert_statement": Statements._expression_statement,
    "if_statement": Statements._if,
    "for_statement": Statements._for,
    "enhanced_for_statement": Statements._for_each,
    "while_statement": Statements._while,
    "do_statement": Statements._do,
    "try_statement": Statements._try,
    "try_with_resources_statement": Statements._try,
    "labeled_statement": Statements._labeled,
    "synchronized_statement": Statements.statements,
    "explicit_constructor_invocation": Statements.explicit_constructor,
}
