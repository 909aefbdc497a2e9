"""Assignments and patterns: what is stored where, with the type that the place has."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.java.elements import Elements
from reviewer.evidence.flow.lower.java.names import JavaClass
from reviewer.evidence.syntax.grammars.row import text_of


class Assignments(Elements):
    """Stores values in variables, fields and elements."""

    def local(self, name: str, declared: Node | str | None, value: ir.Expr) -> None:
        """A local variable of a declared type gets its first value."""
        self.body.declare(name)
        if declared is not None:
            self.names.locals[self.body.scope, name] = declared
        typed = declared if not isinstance(declared, str) else None
        self.body.bind(name, self.typed(value, typed), scope=self.body.scope)

    def typed(self, value: ir.Expr, declared: Node | None) -> ir.Expr:
        """A value in a place with a declared type."""
        if declared is None or isinstance(value, ir.Unknown):
            return value
        found = self.declared(declared)
        return ir.Typed(value.start, value, found, strict=True) if found is not None else value

    def pattern(self, node: Node, value: ir.Expr) -> None:
        """Bind the names of a pattern."""
        if node.type == "type_pattern" and len(node.named_children) >= 2:
            declared, name = node.named_children[-2:]
            self.local(text_of(name), declared, value)
        elif node.type == "record_pattern_component" and len(node.named_children) >= 2:
            declared, name = node.named_children[-2:]
            self.local(text_of(name), declared, ir.Unknown(node.start_byte))
        elif node.type in ("pattern", "record_pattern", "record_pattern_body", "record_pattern_component"):
            for child in node.named_children:
                self.pattern(child, value if node.type == "pattern" else ir.Unknown(node.start_byte))

    def _instanceof(self, node: Node) -> ir.Expr:
        left = self.of(node, "left") or ir.Unknown(node.start_byte)
        self.body.evaluate(left)
        name, right = node.child_by_field_name("name"), node.child_by_field_name("right")
        if name is not None:
            self.local(text_of(name), right, left)
        pattern = node.child_by_field_name("pattern")
        if pattern is not None:
            self.pattern(pattern, left)
        return ir.Unknown(node.start_byte)

    def _assignment(self, node: Node) -> ir.Expr:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return self.parts(node)
        plain = text_of(node.child_by_field_name("operator")) == "="
        value = self.expression(right)
        if plain:
            self.store(left, value)
        else:
            self.body.evaluate(value)
            self.body.evaluate(self.expression(left))
        return value

    def store(self, target: Node, value: ir.Expr) -> None:
        """Assign to a variable, a field or an element."""
        if target.type == "identifier":
            self._store_name(text_of(target), target.start_byte, value)
        elif target.type == "field_access":
            obj, name = target.child_by_field_name("object"), target.child_by_field_name("field")
            if obj is None or name is None:
                return
            of_class = self.cls is not None and obj.type in ("this", "super")
            owner = self.this(self.cls, obj.start_byte) if of_class else self.expression(obj)
            known = self.cls.fields.get(text_of(name)) if of_class and self.cls is not None else None
            self.body.add(
                ir.SetMember(owner, text_of(name), self.typed(value, known.type if known else None))
            )
        elif target.type == "array_access":
            array, index = target.child_by_field_name("array"), target.child_by_field_name("index")
            if array is not None:
                key = self.index(index)
                self.body.add(ir.SetItem(self.expression(array), key, value))
        elif target.type == "parenthesized_expression" and target.named_children:
            self.store(target.named_children[0], value)
        else:
            self.body.evaluate(value)

    def _store_name(self, name: str, start: int, value: ir.Expr) -> None:
        home, inherits = self.variable(name)
        if isinstance(home, ir.Scope):
            declared = self.names.locals.get((home, name))
            typed = declared if not isinstance(declared, str) else None
            self.body.bind(name, self.typed(value, typed), scope=home)
        elif isinstance(home, JavaClass):
            known = home.fields[name]
            owner = ir.Closure(start, home.scope) if known.static else self.this(home, start)
            self.body.add(ir.SetMember(owner, name, self.typed(value, known.type)))
        else:
            owner = self.this(inherits[0] if inherits else self.cls, start)
            self.body.add(ir.SetMember(owner, name, value))
