"""What type an expression evidently has, and which variable a bare name is."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.java.names import JavaClass
from reviewer.evidence.flow.lower.java.types import Types
from reviewer.evidence.syntax.grammars.row import text_of

UNKNOWN = "?"
_LITERALS = {
    "string_literal": "String",
    "character_literal": "char",
    "true": "boolean",
    "false": "boolean",
    "null_literal": "null",
    "class_literal": "Class",
    "instanceof_expression": "boolean",
}
_COMPARISONS = frozenset({"==", "!=", "<", ">", "<=", ">=", "&&", "||"})
_NUMBERS = ("int", "long", "float", "double")


class Evident(Types):
    """Adds the plain types of expressions: `int`, `String`, `Order`; `?` where they are not evident."""

    def variable(self, name: str) -> tuple[ir.Scope | JavaClass | None, list[JavaClass]]:
        """What binds a bare variable: a function or block, or a class whose body declares it.

        The list holds the classes further in that may inherit a field of that name.
        """
        scope: ir.Scope | None = self.body.scope
        inherits: list[JavaClass] = []
        while scope is not None and scope.kind != "module":
            if scope.kind == "class":
                cls = self.names.classes.get(scope)
                if cls is not None and name in cls.fields:
                    return cls, inherits
                if cls is not None and cls.inherits:
                    inherits.append(cls)
            elif name in scope.versions:
                return scope, inherits
            scope = scope.parent
        return None, inherits

    def around(self, name: str) -> JavaClass | None:
        """The class of that name around this code."""
        cls = self.cls
        while cls is not None and cls.scope.name != name:
            cls = cls.outer
        return cls

    def evident(self, node: Node, *, depth: int = 0) -> str:  # noqa: C901, PLR0911 - one kind of expression a line
        """The plain type of an expression."""
        kind = node.type
        if kind in _LITERALS:
            return _LITERALS[kind]
        if kind.endswith("integer_literal"):
            return "long" if text_of(node)[-1:] in "lL" else "int"
        if kind.endswith("floating_point_literal"):
            return "float" if text_of(node)[-1:] in "fF" else "double"
        if kind in ("lambda_expression", "method_reference"):
            return self._function(node)
        if kind in ("identifier", "this", "field_access"):
            return self.evident_name(node)
        if kind in ("object_creation_expression", "cast_expression"):
            return self.plain(node.child_by_field_name("type"))
        if kind == "array_creation_expression":
            sizes = sum(text_of(size).count("[") for size in node.children_by_field_name("dimensions"))
            return self.plain(node.child_by_field_name("type")) + "[]" * sizes
        if depth > 5:
            return UNKNOWN
        if kind == "parenthesized_expression" and node.named_children:
            return self.evident(node.named_children[0], depth=depth + 1)
        if kind == "method_invocation":
            return self._returned(node)
        return self._computed(node, depth + 1)

    def _function(self, node: Node) -> str:
        if node.type == "method_reference":
            return "::"
        params = node.child_by_field_name("parameters")
        count = (
            1
            if params is not None and params.type == "identifier"
            else len(params.named_children if params else ())
        )
        return f"->{count}"

    def evident_name(self, node: Node) -> str:
        """The plain declared type of a variable or own field."""
        if node.type == "this":
            return self.cls.scope.name if self.cls is not None else UNKNOWN
        if node.type == "field_access":
            obj, name = node.child_by_field_name("object"), node.child_by_field_name("field")
            known = self.cls.fields.get(text_of(name)) if self.cls and obj and obj.type == "this" else None
            return self._field_type(known)
        home, inherits = self.variable(text_of(node))
        if isinstance(home, ir.Scope):
            declared = self.names.locals.get((home, text_of(node)))
            return declared if isinstance(declared, str) else self.plain(declared)
        if isinstance(home, JavaClass) and not inherits:
            return self._field_type(home.fields[text_of(node)])
        return UNKNOWN

    def _field_type(self, known: object) -> str:
        declared = getattr(known, "type", None)
        if declared is None:
            return UNKNOWN
        return self.plain(declared) + ("[]" if getattr(known, "array", False) else "")

    def _returned(self, node: Node) -> str:
        """What the only method of that name in this class returns."""
        obj = node.child_by_field_name("object")
        if self.cls is None or (obj is not None and obj.type != "this"):
            return UNKNOWN
        own = self.cls.methods.get(text_of(node.child_by_field_name("name")), [])
        return self.plain(own[0].returns) if len(own) == 1 else UNKNOWN

    def _computed(self, node: Node, depth: int) -> str:
        if node.type == "unary_expression":
            operand = node.child_by_field_name("operand")
            return self.evident(operand, depth=depth) if operand is not None else UNKNOWN
        if node.type == "ternary_expression":
            both = {
                self.evident(child, depth=depth)
                for field in ("consequence", "alternative")
                if (child := node.child_by_field_name(field)) is not None
            }
            return both.pop() if len(both) == 1 else UNKNOWN
        if node.type != "binary_expression":
            return UNKNOWN
        if text_of(node.child_by_field_name("operator")) in _COMPARISONS:
            return "boolean"
        sides = [
            self.evident(child, depth=depth)
            for field in ("left", "right")
            if (child := node.child_by_field_name(field)) is not None
        ]
        if "String" in sides and text_of(node.child_by_field_name("operator")) == "+":
            return "String"
        numbers = [side for side in sides if side in _NUMBERS]
        return max(numbers, key=_NUMBERS.index) if len(numbers) == 2 else UNKNOWN
