"""What a Java file and its classes name, as far as the file itself tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.syntax.grammars.row import text_of

CLASSES = (
    "class_declaration",
    "interface_declaration",
    "enum_declaration",
    "record_declaration",
    "annotation_type_declaration",
)
CONSTRUCTORS = ("constructor_declaration", "compact_constructor_declaration")
FIELDS = ("field_declaration", "constant_declaration")


@dataclass(frozen=True, eq=False)
class Field:
    """A field as declared."""

    type: Node | None
    array: bool
    """Brackets stand behind its name."""
    static: bool


@dataclass(frozen=True, eq=False)
class Method:
    """A method as declared."""

    count: int
    variadic: bool
    private: bool
    static: bool
    returns: Node | None


@dataclass(eq=False)
class JavaClass:
    """A class whose body is known."""

    scope: ir.Scope
    outer: JavaClass | None
    body: Node | None
    variables: dict[str, Node]
    """Type parameters seen in it, with their bounds."""
    inherits: bool
    """It has types above it, from which members may come that its body does not show."""
    fields: dict[str, Field] = field(default_factory=dict)
    methods: dict[str, list[Method]] = field(default_factory=dict)
    types: set[str] = field(default_factory=set)

    def fixed(self, name: str, count: int) -> bool:
        """True when every own method that fits is private or static, so that no class below can stand in for it."""
        fits = self._fitting(name, count)
        return bool(fits) and all(method.private or method.static for method in fits)

    def static(self, name: str, count: int) -> bool:
        """True when every own method that fits is static."""
        return all(method.static for method in self._fitting(name, count))

    def fits(self, name: str, count: int) -> bool:
        """True when an own method of that name takes so many arguments."""
        return bool(self._fitting(name, count))

    def _fitting(self, name: str, count: int) -> list[Method]:
        return [
            method
            for method in self.methods.get(name, ())
            if method.count == count or (method.variadic and count >= method.count - 1)
        ]


@dataclass(eq=False)
class JavaFile:
    """A file's imports, and what is known of its classes and local variables."""

    imports: dict[str, str] = field(default_factory=dict)
    """Simple name to full name."""
    stars: list[str] = field(default_factory=list)
    statics: dict[str, list[str]] = field(default_factory=dict)
    """Name of a member to the classes it is taken from."""
    static_stars: list[str] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    """Names of the classes at its top."""
    classes: dict[ir.Scope, JavaClass] = field(default_factory=dict)
    locals: dict[tuple[ir.Scope, str], Node | str] = field(default_factory=dict)
    """Declared types of local variables; a name where only that is known."""
    anonymous: dict[ir.Scope, int] = field(default_factory=dict)
    """Classes without a name by the function they stand in."""

    def from_library(self, name: str, *, always: bool) -> bool:
        """True when the simple name means a type of the Java library; `always` for those of `java.lang`."""
        if name in self.types:
            return False
        full = self.imports.get(name.split(".", maxsplit=1)[0])
        if full is not None:
            return full.startswith(("java.", "javax.", "jakarta."))
        return always or any(star.startswith("java.") for star in self.stars)


def modifiers(node: Node) -> frozenset[str]:
    """`static`, `private`, … of a declaration."""
    listed = next((child for child in node.children if child.type == "modifiers"), None)
    return frozenset(child.type for child in listed.children) if listed is not None else frozenset()


def type_variables(node: Node) -> Iterator[tuple[str, Node]]:
    """Type parameters that a declaration introduces, each with the node of its parameter."""
    listed = node.child_by_field_name("type_parameters")
    if listed is None:
        listed = next((child for child in node.named_children if child.type == "type_parameters"), None)
    for child in listed.named_children if listed is not None else ():
        if child.type == "type_parameter":
            name = next((part for part in child.named_children if part.type == "type_identifier"), None)
            if name is not None:
                yield text_of(name), child


def members(body: Node | None) -> Iterator[Node]:
    """The declarations in a class body; those of an enum after its constants too."""
    for child in body.named_children if body is not None else ():
        if child.type == "enum_body_declarations":
            yield from child.named_children
        else:
            yield child


def survey(cls: JavaClass, *, interface: bool) -> None:
    """Fill in what the class's body declares."""
    for node in members(cls.body):
        if node.type in FIELDS:
            static = interface or "static" in modifiers(node)
            for one in node.children_by_field_name("declarator"):
                name = text_of(one.child_by_field_name("name"))
                array = one.child_by_field_name("dimensions") is not None
                cls.fields[name] = Field(node.child_by_field_name("type"), array, static)
        elif node.type == "enum_constant":
            cls.fields[text_of(node.child_by_field_name("name"))] = Field(None, array=False, static=True)
        elif node.type == "method_declaration":
            cls.methods.setdefault(text_of(node.child_by_field_name("name")), []).append(_method(node))
        elif node.type in CLASSES:
            cls.types.add(text_of(node.child_by_field_name("name")))


def _method(node: Node) -> Method:
    written = modifiers(node)
    params = parameters(node)
    return Method(
        count=len(params),
        variadic=any(takes_many(param) for param in params),
        private="private" in written,
        static="static" in written,
        returns=node.child_by_field_name("type"),
    )


def parameters(node: Node) -> list[Node]:
    """The parameters that a method, constructor or record declares."""
    listed = node.child_by_field_name("parameters")
    return [
        child
        for child in (listed.named_children if listed is not None else ())
        if child.type == "formal_parameter" or takes_many(child)
    ]


def takes_many(node: Node) -> bool:
    """True for `Type... name`, also where an annotation before the dots is not understood by the grammar."""
    return node.type == "spread_parameter" or (node.is_error and "..." in text_of(node))


def parameter_name(node: Node) -> str:
    """The name of a parameter, also of one that takes many."""
    if node.is_error:
        return text_of(node).rsplit("...", 1)[-1].strip()
    name = node.child_by_field_name("name")
    if name is None:
        name = next((child for child in node.named_children if child.type == "variable_declarator"), None)
        name = name.child_by_field_name("name") if name is not None else None
    return text_of(name)


def parameter_type(node: Node) -> Node | None:
    """The declared type of a parameter."""
    declared = node.child_by_field_name("type")
    if declared is None and takes_many(node):
        others = ("modifiers", "variable_declarator", "marker_annotation", "annotation")
        plain = [child for child in node.named_children if child.type not in others]
        declared = plain[0] if plain else None
    return declared
