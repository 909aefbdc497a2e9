"""Files, classes, methods and lambdas: the scopes, each lowered when it is asked for."""

from __future__ import annotations

from functools import partial

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.java.calls import CONSTRUCTOR
from reviewer.evidence.flow.lower.java.classes import add_enum_members, add_record_members
from reviewer.evidence.flow.lower.java.names import (
    CLASSES,
    CONSTRUCTORS,
    FIELDS,
    JavaClass,
    JavaFile,
    members,
    modifiers,
    parameters,
    survey,
    type_variables,
)
from reviewer.evidence.flow.lower.java.statements import Statements
from reviewer.evidence.syntax.grammars.row import text_of


def lower_module(scope: ir.Scope) -> None:
    """Fill in imports and the classes at the top; their bodies wait until they are asked for."""
    names = JavaFile()
    lowering = Declarations(scope, names, None, {})
    root = scope.node
    for node in root.named_children if root is not None else ():
        if node.type == "import_declaration":
            lowering.import_(node)
        elif node.type in CLASSES:
            names.types.add(text_of(node.child_by_field_name("name")))
    for node in root.named_children if root is not None else ():
        if node.type in CLASSES:
            lowering.class_(node)
        elif node.type == "method_declaration":
            lowering.method(node, text_of(node.child_by_field_name("name")))
        elif node.type not in ("import_declaration", "package_declaration"):
            lowering.statement(node)


class Declarations(Statements):
    """Lowers what declares scopes."""

    # -- imports

    def import_(self, node: Node) -> None:
        """Remember what a file imports; a class is bound in the module."""
        path = next((child for child in node.named_children if child.type.endswith("identifier")), None)
        if path is None:
            return
        full = "".join(text_of(path).split())
        owner, _, name = full.rpartition(".")
        static = any(child.type == "static" for child in node.children)
        star = any(child.type == "asterisk" for child in node.children)
        last = path.child_by_field_name("name") or path
        if star:
            (self.names.static_stars if static else self.names.stars).append(full)
            self.file.stars.append(full)
        elif static:
            self.names.statics.setdefault(name, []).append(owner)
            self._bind_import(name, full, last.start_byte)
        else:
            self.names.imports[name] = full
            self._bind_import(name, full, last.start_byte)

    def _bind_import(self, name: str, full: str, start: int) -> None:
        self.body.bind(name, self.file.note(ir.Imported(start, full, None, self.file)))

    # -- classes

    def class_(self, node: Node) -> None:
        """Bind a class under its name in this scope."""
        name = node.child_by_field_name("name")
        if name is None:
            return
        static = node.type != "class_declaration" or "static" in modifiers(node)
        scope = self._class_scope(text_of(name), node, node.child_by_field_name("body"), static=static)
        self.body.bind(text_of(name), ir.Closure(name.start_byte, scope))

    def local_class(self, node: Node) -> None:
        """See `Statements`."""
        self.class_(node)

    def _class_scope(self, name: str, node: Node, body: Node | None, *, static: bool) -> ir.Scope:
        scope = ir.Scope("class", name, self.body.scope, self.file, node)
        scope.traits = frozenset({"open"})
        if node.type in ("interface_declaration", "annotation_type_declaration"):
            scope.traits |= {"interface"}
        self.scope.children.append(scope)
        self.file.add(scope)
        variables = dict(type_variables(node))
        cls = JavaClass(scope, self.cls, body, variables, inherits=False)
        around = {} if static else self.variables
        header = Declarations(scope, self.names, self.cls, {**around, **variables})
        header.body = self.body
        scope.bases = [base for base in map(header.type_expression, _above(node)) if base is not None]
        cls.inherits = bool(scope.bases)
        self.names.classes[scope] = cls
        scope.lowerer = partial(_lower_class, names=self.names, cls=cls, variables={**around, **variables})
        return scope

    def anonymous_class(self, node: Node, body: Node, base: ir.Expr | None) -> ir.Scope:
        """See `Calls`."""
        count = self.names.anonymous.get(self.scope, 0) + 1
        self.names.anonymous[self.scope] = count
        scope = self._class_scope(f"<anonymous{count}>", node, body, static=False)
        if base is not None:
            scope.bases = [base]
            self.names.classes[scope].inherits = True
        return scope

    def members(self, cls: JavaClass) -> None:
        """What a class body declares, and the code of its initialisers."""
        for node in members(cls.body):
            if node.type in FIELDS:
                self._fields(node, cls)
            elif node.type == "method_declaration":
                self.method(node, text_of(node.child_by_field_name("name")))
            elif node.type in CONSTRUCTORS:
                self.method(node, CONSTRUCTOR)
            elif node.type in CLASSES:
                self.class_(node)
            elif node.type == "enum_constant":
                self._constant(node, cls)
            elif node.type == "static_initializer":
                self.statements(node)
            elif node.type == "block":
                self.statement(node)
            elif node.is_error:
                self.scope.partial = "a part that is not understood"

    def _fields(self, node: Node, cls: JavaClass) -> None:
        declared = node.child_by_field_name("type")
        for one in node.children_by_field_name("declarator"):
            name, value = one.child_by_field_name("name"), one.child_by_field_name("value")
            if name is None:
                continue
            known = cls.fields[text_of(name)]
            typed = self.array_of(declared, one.start_byte) if known.array else self.declared(declared)
            if typed is not None:
                cls.scope.declared[text_of(name)] = typed
            self.body.declare(f".{text_of(name)}")
            if value is not None:
                self.body.bind(f".{text_of(name)}", self.expression(value))

    def _constant(self, node: Node, cls: JavaClass) -> None:
        name = node.child_by_field_name("name")
        if name is None:
            return
        start, body = name.start_byte, node.child_by_field_name("body")
        of: ir.Expr = ir.Closure(start, cls.scope)
        if body is not None:
            scope = self._class_scope(text_of(name), node, body, static=True)
            scope.bases = [of]
            self.names.classes[scope].inherits = True
            of = ir.Closure(start, scope)
        key, args = self._key(CONSTRUCTOR, node), self._arguments(node)
        self.body.bind(f".{text_of(name)}", ir.Call(start, self.scope, of, args, constructor=key))

    # -- methods and lambdas

    def method(self, node: Node, name: str) -> None:
        """Bind a method or constructor under its signature."""
        word = node.child_by_field_name("name")
        if word is None:
            return
        variables = {**self.variables, **dict(type_variables(node))}
        scope = ir.Scope("function", text_of(word), self.scope, self.file, node)
        scope.owner = self.scope if self.scope.kind == "class" else None
        scope.traits = self._traits(node)
        scope.lowerer = partial(_lower_method, names=self.names, cls=self.cls, variables=variables)
        self.scope.children.append(scope)
        self.file.add(scope)
        params = parameters(node)
        if node.type == "compact_constructor_declaration" and self.scope.node is not None:
            params = parameters(self.scope.node)
        signing = Declarations(scope, self.names, self.cls, variables)
        self.body.bind(signing.signature(name, params), ir.Closure(word.start_byte, scope))

    def _traits(self, node: Node) -> frozenset[str]:
        traits = {"static"} & modifiers(node)
        if node.child_by_field_name("body") is None and "native" not in modifiers(node):
            traits |= {"abstract"}
        return frozenset(traits)

    def child_lambda(self, node: Node) -> ir.Scope:
        """See `Statements`."""
        scope = ir.Scope("function", self.body.next_lambda(), self.body.scope, self.file, node)
        scope.traits = frozenset({"lambda"})
        scope.lowerer = partial(_lower_lambda, names=self.names, cls=self.cls, variables=self.variables)
        self.scope.children.append(scope)
        return self.file.add(scope)

    def method_body(self, node: Node) -> None:
        """Parameters, declared result and statements of a method or constructor."""
        scope = self.scope
        if "static" not in scope.traits and scope.owner is not None:
            scope.receiver = "this"
            scope.versions["this"] = 0
        compact = node.type == "compact_constructor_declaration"
        around = self.cls.scope.node if compact and self.cls is not None else node
        self.bind_parameters(parameters(around) if around is not None else [])
        if scope.name == "equals" and len(scope.params) == 1 and scope.owner is not None:
            # An object is equal to one of its own class: the rest of what the program compares leads nowhere.
            scope.params[0].type = ir.InstanceOf(node.start_byte, ir.Closure(node.start_byte, scope.owner))
        self.result_type = node.child_by_field_name("type")
        scope.returns = self.declared(self.result_type)
        body = node.child_by_field_name("body")
        if node.type == "constructor_declaration":
            self._implied_constructor(node, body)
        self.statements(body)
        if compact:
            self.store_components()

    def store_components(self) -> None:
        """What a record's constructor does at its end."""
        for param in self.scope.params:
            start = self.scope.node.start_byte if self.scope.node is not None else 0
            value = self.body.read(param.name, start)
            self.body.add(ir.SetMember(self.this(self.cls, start), param.name, value))

    def _implied_constructor(self, node: Node, body: Node | None) -> None:
        first = (
            next((child for child in body.named_children if "comment" not in child.type), None)
            if body
            else None
        )
        name = node.child_by_field_name("name")
        written = first is not None and first.type == "explicit_constructor_invocation"
        if not written and name is not None and self.cls is not None and self.cls.inherits:
            self.implicit_constructor(name.start_byte)

    def lambda_body(self, node: Node) -> None:
        """Parameters and statements of a lambda, or the expression that it returns."""
        params, body = node.child_by_field_name("parameters"), node.child_by_field_name("body")
        if params is not None and params.type == "formal_parameters":
            self.bind_parameters(parameters(node))
        else:
            plain = [params] if params is not None and params.type == "identifier" else []
            listed = plain or (params.named_children if params is not None else [])
            self.scope.params = [ir.Param(text_of(name)) for name in listed]
            self.bind_parameters([])
        if body is not None and body.type == "block":
            self.statements(body)
        elif body is not None:
            self.body.add(ir.Return(self.scope, self.expression(body)))


def _lower_class(scope: ir.Scope, *, names: JavaFile, cls: JavaClass, variables: dict[str, Node]) -> None:
    lowering = Declarations(scope, names, cls, variables)
    survey(cls, interface="interface" in scope.traits)
    if scope.node is not None and scope.node.type == "record_declaration":
        add_record_members(lowering, cls, scope.node)
    lowering.body.bind(".class", ir.Container(0, "class", ((None, ir.Closure(0, scope)),)))
    lowering.members(cls)
    if scope.node is not None and scope.node.type == "enum_declaration":
        add_enum_members(cls)


def _lower_method(
    scope: ir.Scope, *, names: JavaFile, cls: JavaClass | None, variables: dict[str, Node]
) -> None:
    if scope.node is not None:
        Declarations(scope, names, cls, variables).method_body(scope.node)


def _lower_lambda(
    scope: ir.Scope, *, names: JavaFile, cls: JavaClass | None, variables: dict[str, Node]
) -> None:
    if scope.node is not None:
        Declarations(scope, names, cls, variables).lambda_body(scope.node)


def _above(node: Node) -> list[Node]:
    """The types that a class extends, then those it implements."""
    found: list[Node] = []
    for child in node.named_children:
        if child.type in ("superclass", "super_interfaces", "extends_interfaces"):
            for part in child.named_children:
                found.extend(part.named_children if part.type == "type_list" else [part])
    return found
