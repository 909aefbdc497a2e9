"""Go's types: which class a type names, and which values a declared type stands for."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.go.base import Lowering, Shared, inner, outside_classes
from reviewer.evidence.syntax.grammars.row import named, text_of

BASIC = named(
    "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint "
    "uint8 uint16 uint32 uint64 uintptr"
)
_HOLDERS = {
    "slice_type": ("list", "element"),
    "array_type": ("list", "element"),
    "implicit_length_array_type": ("list", "element"),
    "map_type": ("dict", "value"),
    "channel_type": ("chan", "value"),
}
NAMED = ("type_identifier", "qualified_type", "generic_type")
"""Ways to write the name of a type."""
TYPES = frozenset(
    {*_HOLDERS, "pointer_type", "parenthesized_type", "struct_type", "interface_type", "function_type"}
)
"""Node types that are types wherever they stand."""


class Types(Lowering):
    """Lowers types."""

    def type_name(self, node: Node | None) -> ir.Expr | None:
        """An expression for the class that a type names; None when it names none."""
        if node is None:
            return None
        kind = node.type
        if kind in ("type_identifier", "identifier"):
            name = text_of(node)
            basic = name in BASIC and self.home(name) is None
            return None if basic else untyped(self.read(name, node.start_byte))
        if kind == "qualified_type":
            return self._qualified(node)
        if kind == "generic_type":
            return self._generic(node)
        if kind in ("pointer_type", "parenthesized_type"):
            parts = inner(node)
            return self.type_name(parts[0]) if parts else None
        anonymous = kind in ("struct_type", "interface_type")
        return ir.Closure(node.start_byte, self._anonymous_class(node)) if anonymous else None

    def _qualified(self, node: Node) -> ir.Expr | None:
        package, name = node.child_by_field_name("package"), node.child_by_field_name("name")
        if package is None or name is None:
            return None
        whole = self.read(text_of(package), package.start_byte)
        return self.file.note(ir.Member(name.start_byte, whole, text_of(name), self.body.scope))

    def _generic(self, node: Node) -> ir.Expr | None:
        found = self.type_name(node.child_by_field_name("type"))
        if found is not None:
            for name, given in self.type_arguments(node.child_by_field_name("type_arguments")):
                self.body.add(ir.SetMember(found, name, given))
        return found

    def type_arguments(self, node: Node | None) -> list[tuple[str, ir.Expr]]:
        """Classes that are passed for type parameters, under the names that hold them."""
        found = []
        for at, child in enumerate(inner(node)):
            parts = inner(child) if child.type == "type_elem" else [child]
            given = self.type_name(parts[0]) if len(parts) == 1 else None
            if given is not None:
                found.append((f"<type{at}>", given))
        return found

    def declared(self, node: Node | None) -> ir.Expr | None:
        """The values that a declared type stands for; None when it names no class."""
        if node is None:
            return None
        try:
            return self._declared(node) if self.deeper() else None
        finally:
            self.higher()

    def _declared(self, node: Node) -> ir.Expr | None:
        if node.type in _HOLDERS:
            kind, part = _HOLDERS[node.type]
            return self._holder(node, kind, node.child_by_field_name(part))
        if node.type in ("pointer_type", "parenthesized_type"):
            parts = inner(node)
            return self.declared(parts[0]) if parts else None
        found = self.type_name(node)
        return ir.InstanceOf(node.start_byte, found) if found is not None else None

    def _holder(self, node: Node, kind: str, part: Node | None) -> ir.Container:
        if part is None:
            part = next(iter(inner(node)[-1:]), None)
        made = ir.Container(node.start_byte, kind)
        element = self.declared(part)
        if element is not None:
            held = ir.Item(node.start_byte, made, None)
            made.items = ((None, ir.Typed(node.start_byte, held, element, passes=False)),)
        return made

    def _anonymous_class(self, node: Node) -> ir.Scope:
        known = self.shared.anonymous.get(node.start_byte)
        if known is None:
            self._anonymous += 1
            word = "struct" if node.type == "struct_type" else "interface"
            known = self.class_scope(f"<{word}{self._anonymous}>", node, node, None)
            self.shared.anonymous[node.start_byte] = known
        return known

    def class_scope(self, name: str, node: Node, written: Node, parameters: Node | None) -> ir.Scope:
        """A type of its own, `written` on the right of its name."""
        parent = self.body.scope
        if parameters is not None:
            parent = ir.Scope("block", "", parent, self.file, None, is_lowered=True)
        scope = ir.Scope("class", name, parent, self.file, node, _class_lowerer(written, parameters))
        kinds = {"struct_type": ("final",), "interface_type": ("interface",)}
        scope.traits = frozenset({"converts", *kinds.get(written.type, ("final", "wraps"))})
        return self.child(scope)


def _class_lowerer(written: Node, parameters: Node | None) -> Callable[[ir.Scope], None]:
    return lambda scope: _ClassLowering(scope, Shared()).fill(written, parameters)


class _ClassLowering(Types):
    """Lowers the members of one type."""

    def fill(self, written: Node, parameters: Node | None) -> None:
        if parameters is not None:
            self._type_parameters(parameters)
        if written.type == "struct_type":
            for listed in inner(written):
                for field in inner(listed):
                    self._field(field)
        elif written.type == "interface_type":
            for part in inner(written):
                self._interface_part(part)
        elif written.type in NAMED:
            found = self.type_name(written)
            if found is not None:
                self.scope.bases.append(found)
        else:
            self._member(ir.WRAPPED, written.start_byte, self.declared(written))

    def _type_parameters(self, parameters: Node) -> None:
        """Each is a name around the type; what it stands for is held by the type itself."""
        around = outside_classes(self.scope)
        own = ir.Closure(parameters.start_byte, self.scope)
        for at, (name, constraint) in enumerate(type_parameters(parameters)):
            self._member(f"<type{at}>", name.start_byte, self.type_name(constraint))
            given = ir.Member(name.start_byte, own, f"<type{at}>", self.scope)
            self.body.bind(text_of(name), given, scope=around)

    def _field(self, node: Node) -> None:
        if node.type != "field_declaration":
            return
        written = node.child_by_field_name("type")
        names = node.children_by_field_name("name")
        value = self.declared(written)
        for name in names:
            self._member(text_of(name), name.start_byte, value)
        if not names and written is not None:
            found = self.type_name(written)
            if found is not None:
                self.scope.mixins.append(found)
                self._member(last_name(written), written.start_byte, value)

    def _member(self, name: str, start: int, value: ir.Expr | None) -> None:
        """A field: what is declared speaks where nothing is stored."""
        if value is not None and not name.startswith("<type"):
            own = ir.InstanceOf(start, ir.Closure(start, self.scope))
            held = ir.Member(start, own, name, self.scope)
            value = ir.Typed(start, held, value, passes=False)
        self.body.bind(name, value or ir.Unknown(start), scope=self.scope)

    def _interface_part(self, node: Node) -> None:
        if node.type == "method_elem":
            name = node.child_by_field_name("name")
            scope = ir.Scope("function", text_of(name), self.scope, self.file, node, _lower_abstract)
            scope.owner, scope.traits = self.scope, frozenset({"abstract"})
            self.child(scope)
            self.body.declare(scope.name)
        elif node.type == "type_elem":
            parts = inner(node)
            found = self.type_name(parts[0]) if len(parts) == 1 else None
            if found is not None:
                self.scope.mixins.append(found)


def _lower_abstract(scope: ir.Scope) -> None:
    if scope.node is not None:
        Signature(scope, Shared()).signature(scope.node)


class Signature(Types):
    """Lowers what a function takes and gives."""

    def __init__(self, scope: ir.Scope, shared: Shared) -> None:
        super().__init__(scope, shared)
        self.results: list[ir.Expr | None] = []
        """Declared types of the results, by position."""
        self.result_names: list[tuple[str, int]] = []

    def signature(self, node: Node) -> None:
        """Fill in parameters and results of a function, method or function literal."""
        self._generic_names(node.child_by_field_name("type_parameters"))
        for listed in (node.child_by_field_name("receiver"), node.child_by_field_name("parameters")):
            for child in inner(listed):
                self._parameter(child)
        self._results(node.child_by_field_name("result"))

    def _generic_names(self, node: Node | None) -> None:
        if node is None:
            return
        for at, (name, constraint) in enumerate(type_parameters(node)):
            argument = f"<type{at}>"
            self._add(ir.Param(argument, "keyword"))
            parts: tuple[ir.Expr, ...] = (ir.Read(name.start_byte, self.scope, argument, (0,)),)
            bound = self.type_name(constraint)
            self.body.bind(
                text_of(name), ir.Join(name.start_byte, parts if bound is None else (*parts, bound))
            )

    def _add(self, param: ir.Param) -> None:
        self.scope.params.append(param)
        self.scope.versions.setdefault(param.name, 0)
        self.body.start_with(param.name)

    def _parameter(self, node: Node) -> None:
        variadic = node.type == "variadic_parameter_declaration"
        if node.type not in ("parameter_declaration", "variadic_parameter_declaration"):
            return
        written = node.child_by_field_name("type")
        value = self.declared(written)
        names = [text_of(name) for name in node.children_by_field_name("name")]
        for name in names or [""]:
            kept = name if name not in ("", "_") else f"<{len(self.scope.params)}>"
            self._add(
                ir.Param(kept, "list" if variadic else "plain", None, None if variadic else value, firm=True)
            )
            if variadic and value is not None:
                self._expect_elements(kept, node.start_byte, value)

    def _expect_elements(self, name: str, start: int, value: ir.Expr) -> None:
        given = ir.Read(start, self.scope, name, (0,))
        held = ir.Item(start, given, None)
        self.body.add(ir.SetItem(given, None, ir.Typed(start, held, value, passes=False)))

    def _results(self, node: Node | None) -> None:
        if node is None:
            return
        if node.type != "parameter_list":
            self.results = [self.declared(node)]
        for child in inner(node) if node.type == "parameter_list" else []:
            value = self.declared(child.child_by_field_name("type"))
            names = child.children_by_field_name("name")
            self.results.extend([value] * max(len(names), 1))
            for name in names:
                self._named_result(name, value)
        known = [(at, value) for at, value in enumerate(self.results) if value is not None]
        if len(self.results) == 1:
            self.scope.returns = self.results[0]
        elif known:
            self.scope.returns = ir.Container(node.start_byte, "tuple", tuple(known))

    def _named_result(self, name: Node, value: ir.Expr | None) -> None:
        word = text_of(name)
        self.result_names.append((word, name.start_byte))
        self.body.declare(word)
        self.body.start_with(word)
        if value is not None:
            self.shared.types[self.scope, word] = value


def type_parameters(node: Node) -> list[tuple[Node, Node | None]]:
    """Names of type parameters with the types that bound them; None for a bound of several types."""
    found: list[tuple[Node, Node | None]] = []
    for child in inner(node):
        bounds = inner(child.child_by_field_name("type"))
        bound = bounds[0] if len(bounds) == 1 else None
        found.extend((name, bound) for name in child.children_by_field_name("name"))
    return found


def last_name(node: Node) -> str:
    """The name that an embedded type has as a field."""
    while node.type in ("pointer_type", "parenthesized_type", "generic_type"):
        node = node.child_by_field_name("type") or inner(node)[0]
    return text_of(node.child_by_field_name("name") if node.type == "qualified_type" else node)


def untyped(value: ir.Expr) -> ir.Expr:
    """The read itself, without the type that was declared for what it reads."""
    return value.value if isinstance(value, ir.Typed) and value.value is not None else value
