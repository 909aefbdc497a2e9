"""Types as they are written: the classes they name, the values they declare, and their plain names."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.body import Body
from reviewer.evidence.flow.lower.java.library import JAVA_LANG, MAPS, kind_of
from reviewer.evidence.flow.lower.java.names import JavaClass, JavaFile, parameter_type, takes_many
from reviewer.evidence.syntax.grammars.row import text_of

TEXT = ir.Container(0, "str")
"""Any string of which nothing more is known."""
_PRIMITIVE = ("integral_type", "floating_point_type", "boolean_type", "void_type")
_VARIABLE = "*"
"""What a type variable is called in the name of a method."""


class Types:
    """What lowers one scope needs: the scope, its file and the class around, and how types are read."""

    def __init__(
        self, scope: ir.Scope, names: JavaFile, cls: JavaClass | None, variables: dict[str, Node]
    ) -> None:
        self.scope = scope
        self.file = scope.file
        self.names = names
        self.cls = cls
        self.variables = variables
        """Type parameters in sight, with their nodes."""
        self.body = Body(scope)

    def type_expression(self, node: Node) -> ir.Expr | None:
        """The class that a written type names; None for primitives, arrays and type variables."""
        if node.type == "generic_type":
            return self.type_expression(node.named_children[0]) if node.named_children else None
        if node.type == "annotated_type":
            return self.type_expression(node.named_children[-1])
        if node.type == "array_type" or node.type in _PRIMITIVE:
            return None
        parts = list(_type_words(node))
        if not parts or (len(parts) == 1 and parts[0][0] in self.variables):
            return None
        return self.dotted_type(parts)

    def dotted_type(self, parts: list[tuple[str, int]]) -> ir.Expr:
        """The class that words with dots between name, each with its byte: `Outer.Inner`, `a.b.Name`."""
        at = next((at for at, (word, _) in enumerate(parts) if word[:1].isupper()), 0)
        if at:
            full = ".".join(word for word, _ in parts[: at + 1])
            found: ir.Expr = ir.Imported(parts[at][1], full, None, self.file)
        else:
            found = self.type_name(*parts[0])
        self.file.note(found)
        for word, start in parts[at + 1 :]:
            found = self.file.note(ir.Member(start, found, word, self.body.scope))
        return found

    def type_name(self, name: str, start: int) -> ir.Expr:
        """The class that a plain name means here; it may be one that a class around inherits."""
        read = ir.Read(start, self.body.scope, name, None)
        if name in self.names.types or name in self.names.imports:
            return read
        cls, around = self.cls, []
        while cls is not None:
            if name in cls.types or cls.scope.name == name:
                return read
            if cls.inherits:
                around.append((cls.scope, ir.Closure(start, cls.scope)))
            cls = cls.outer
        return read if not around else ir.Implicit(start, name, tuple(around), read, self.body.scope)

    def declared(self, node: Node | None, *, depth: int = 0) -> ir.Expr | None:  # noqa: PLR0911 - one kind of type a line
        """The values that a declared type stands for; None when it says nothing about classes."""
        if node is None or node.type in _PRIMITIVE or depth > 10:
            return None
        if node.type == "array_type":
            return self.array_of(node.child_by_field_name("element"), node.start_byte, depth)
        if node.type == "annotated_type":
            return self.declared(node.named_children[-1], depth=depth)
        name = text_of(node.named_children[0]) if node.type == "generic_type" else text_of(node)
        if name in self.variables:
            return self._bound(self.variables[name], depth)
        if name == "var":
            return None
        if name == "String" and "String" not in self.names.types:
            return TEXT
        kind = kind_of(name)
        if kind is not None and self.names.from_library(name, always=name in JAVA_LANG):
            return self._container(node, kind, name, depth)
        found = self.type_expression(node)
        return ir.InstanceOf(found.start, found) if found is not None else None

    def array_of(self, element: Node | None, start: int, depth: int = 0) -> ir.Expr:
        """An array of a declared type of elements."""
        inner = self.declared(element, depth=depth + 1)
        return ir.Container(start, "array", ((None, inner),) if inner is not None else ())

    def _bound(self, parameter: Node, depth: int) -> ir.Expr | None:
        bound = next((child for child in parameter.named_children if child.type == "type_bound"), None)
        if bound is None or not bound.named_children:
            return None
        name = text_of(bound.named_children[0])
        return None if name in self.variables else self.declared(bound.named_children[0], depth=depth + 1)

    def _container(self, node: Node, kind: str, name: str, depth: int) -> ir.Expr:
        listed = [child for child in node.named_children if child.type == "type_arguments"]
        given = [_without_wildcard(child) for child in (listed[0].named_children if listed else ())]
        inner = self.declared(given[-1], depth=depth + 1) if given and given[-1] is not None else None
        items: list[tuple[str | int | None, ir.Expr]] = [(None, inner)] if inner is not None else []
        if name in MAPS and len(given) == 2:
            key = self.declared(given[0], depth=depth + 1)
            items += [("<key>", key)] if key is not None else []
        return ir.Container(node.start_byte, kind, tuple(items))

    # -- plain names, by which overloads are told apart

    def plain(self, node: Node | None) -> str:
        """The simple name of a type without its arguments; `*` for a type variable, `?` for one that is inferred."""
        if node is None:
            return "?"
        if node.type == "array_type":
            brackets = text_of(node.child_by_field_name("dimensions")).count("[")
            return self.plain(node.child_by_field_name("element")) + "[]" * brackets
        if node.type in ("generic_type", "annotated_type"):
            return self.plain(node.named_children[0 if node.type == "generic_type" else -1])
        name = text_of(node).rsplit(".", 1)[-1].strip()
        if name == "var":
            return "?"
        return _VARIABLE if name in self.variables else name

    def signature(self, name: str, params: list[Node]) -> str:
        """The name under which a class holds a method: `add(int,String)`; what takes many ends in `...`."""
        return f"{name}({','.join(self.plain_parameter(param) for param in params)})"

    def plain_parameter(self, node: Node) -> str:
        """The plain type of a parameter."""
        plain = self.plain(parameter_type(node))
        if takes_many(node):
            return f"{plain}..."
        return f"{plain}[]" if node.child_by_field_name("dimensions") is not None else plain


def _without_wildcard(node: Node) -> Node | None:
    if node.type != "wildcard":
        return node
    if any(child.type == "super" for child in node.children) or not node.named_children:
        return None
    return node.named_children[-1]


def _type_words(node: Node) -> list[tuple[str, int]]:
    """The words of a name with dots, with their bytes; type arguments and annotations in between are passed over."""
    if node.type in ("type_identifier", "identifier"):
        return [(text_of(node), node.start_byte)]
    words: list[tuple[str, int]] = []
    todo = [node]
    while todo:
        one = todo.pop()
        if one.type in ("type_identifier", "identifier"):
            words.append((text_of(one), one.start_byte))
        elif one.type in ("scoped_type_identifier", "scoped_identifier", "generic_type"):
            inner = [child for child in one.named_children if child.type != "type_arguments"]
            todo.extend(reversed(inner))
    return words
