"""Calls: methods, constructors, method references."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.java.expressions import Expressions, arguments
from reviewer.evidence.flow.lower.java.library import kind_of
from reviewer.evidence.flow.lower.java.names import JavaClass, parameter_name, parameter_type, takes_many
from reviewer.evidence.syntax.grammars.row import text_of

CONSTRUCTOR = "<init>"
SOME_CLASS = ir.Container(0, "class")
"""What `getClass()` gives: one for all, since nothing is known of it."""


class Calls(Expressions):
    """Lowers everything that runs a method."""

    def call(self, node: Node) -> ir.Expr:
        """See `Expressions`."""
        name = node.child_by_field_name("name")
        if name is None:
            return ir.Unknown(node.start_byte)
        key = self._key(text_of(name), node)
        if key == "getClass()":
            self.body.evaluate(self.of(node, "object"))
            return SOME_CLASS
        callee = self._callee(node, text_of(name), key, name.start_byte)
        args = self._arguments(node)
        return ir.Call(name.start_byte, self.body.scope, self.file.note(callee), args)

    def _arguments(self, node: Node) -> tuple[ir.Expr, ...]:
        return tuple(self.expression(child) for child in arguments(node))

    def _key(self, name: str, node: Node) -> str:
        return f"{name}({','.join(self.evident(child) for child in arguments(node))})"

    def _callee(self, node: Node, name: str, key: str, start: int) -> ir.Expr:
        obj = node.child_by_field_name("object")
        if obj is None:
            return self._bare(name, key, start)
        above = any(child.type == "super" for child in node.children) and obj.type != "super"
        if obj.type == "super":
            return self._above(key, start)
        if above:
            words = self.type_name(text_of(obj), obj.start_byte)
            return ir.Member(start, words, key, self.body.scope)
        if obj.type == "this" and self.cls is not None:
            return self._own(self.cls, name, key, start)
        return ir.Member(start, self._receiver(obj), key, self.body.scope)

    def _receiver(self, obj: Node) -> ir.Expr:
        """The object a method is called on; a function in it is seen as the interface that was declared."""
        value = self.expression(obj)
        declared = self._declared_type(obj)
        if declared is None:
            return value
        name = self.plain(declared)
        if name in ("?", "*", "String") or kind_of(name) is not None or declared.type == "array_type":
            return value
        found = self.declared(declared)
        return ir.Seen(value.start, value, found) if isinstance(found, ir.InstanceOf) else value

    def _declared_type(self, obj: Node) -> Node | None:
        if obj.type == "field_access":
            target = obj.child_by_field_name("object")
            name = obj.child_by_field_name("field")
            own = (
                self.cls.fields.get(text_of(name)) if self.cls and target and target.type == "this" else None
            )
            return own.type if own is not None else None
        if obj.type != "identifier":
            return None
        home, _ = self.variable(text_of(obj))
        if isinstance(home, JavaClass):
            return home.fields[text_of(obj)].type
        declared = self.names.locals.get((home, text_of(obj))) if home is not None else None
        return declared if not isinstance(declared, str) else None

    def _own(self, cls: JavaClass, name: str, key: str, start: int) -> ir.Expr:
        """A method on an object of `cls`; one that no class below can replace is asked of the class by name."""
        count = _count(key)
        if cls.fixed(name, count):
            key = f"{cls.scope.name}#{key}"
            if cls.static(name, count):
                return ir.Member(start, ir.Closure(start, cls.scope), key, self.body.scope)
        return ir.Member(start, self.this(cls, start), key, self.body.scope)

    def _bare(self, name: str, key: str, start: int) -> ir.Expr:
        """A method named alone: of the innermost class around that has one, else statically imported."""
        around: list[JavaClass] = []
        cls = self.cls
        while cls is not None:
            if name in cls.methods:
                if not around:
                    return self._own(cls, name, key, start)
                own = self._own(cls, name, key, start)
                sure = cls.fits(name, _count(key))
                return self._implicit_method(around, key, start, own, sure=sure)
            if cls.inherits:
                around.append(cls)
            cls = cls.outer
        owners = self.names.statics.get(name) or self.names.static_stars
        taken = self.static_member(owners, key, start) if owners else None
        return self._implicit_method(around, key, start, taken)

    def _implicit_method(
        self, around: list[JavaClass], key: str, start: int, otherwise: ir.Expr | None, *, sure: bool = False
    ) -> ir.Expr:
        objects = tuple((cls.scope, self.this(cls, start)) for cls in around)
        return ir.Implicit(start, key, objects, otherwise, self.body.scope, sure)

    def _above(self, key: str, start: int) -> ir.Expr:
        if self.cls is None:
            return ir.Unknown(start)
        above = ir.Super(start, self.cls.scope, self.this(self.cls, start))
        return ir.Member(start, above, key, self.body.scope)

    # -- constructors

    def creation(self, node: Node) -> ir.Expr:
        """See `Expressions`."""
        written = node.child_by_field_name("type")
        if written is None:
            return ir.Unknown(node.start_byte)
        for child in node.named_children:
            if child.start_byte < written.start_byte and child.type not in (
                "type_arguments",
                "block_comment",
            ):
                self.body.evaluate(self.expression(child))
        args = self._arguments(node)
        key = self._key(CONSTRUCTOR, node)
        start = _last_word(written).start_byte
        body = next((child for child in node.named_children if child.type == "class_body"), None)
        if body is not None:
            scope = self.anonymous_class(node, body, self.type_expression(written))
            return ir.Call(start, self.body.scope, ir.Closure(start, scope), args, constructor=key)
        callee = self.type_expression(written)
        if callee is None:
            return ir.Unknown(start)
        made = ir.Call(start, self.body.scope, callee, args, constructor=key)
        return self._library_object(written, made, args)

    def _library_object(self, written: Node, made: ir.Call, args: tuple[ir.Expr, ...]) -> ir.Expr:
        """A container of the library, with what it is filled from; else the object as it is."""
        name = self.plain(written)
        thread = name == "Thread"
        kind = "thread" if thread else kind_of(name)
        if kind is None or not self.names.from_library(name, always=thread or name == "ThreadLocal"):
            return made
        self.body.evaluate(made)
        if thread:
            return ir.Container(made.start, kind, tuple((None, arg) for arg in args))
        items = self._filled(name, made, args)
        return ir.Container(made.start, kind, items)

    def _filled(
        self, name: str, made: ir.Call, args: tuple[ir.Expr, ...]
    ) -> tuple[tuple[str | int | None, ir.Expr], ...]:
        if name.endswith("Reference"):
            return tuple((None, arg) for arg in args[:1])
        if kind_of(name) == "map":
            return tuple((None, ir.Item(made.start, arg, None)) for arg in args[:1])
        return tuple((None, ir.Each(made.start, arg, self.body.scope)) for arg in args[:1])

    def explicit_constructor(self, node: Node) -> None:
        """`this(…)` or `super(…)`."""
        called = node.child_by_field_name("constructor")
        if called is None or self.cls is None:
            return
        key = self._key(CONSTRUCTOR, node)
        if called.type == "this":
            own = f"{self.cls.scope.name}#{key}"
            callee: ir.Expr = ir.Member(
                called.start_byte, self.this(self.cls, called.start_byte), own, self.body.scope
            )
        else:
            callee = self._above(key, called.start_byte)
        self.body.evaluate(ir.Call(called.start_byte, self.body.scope, callee, self._arguments(node)))

    def implicit_constructor(self, start: int) -> None:
        """The call of the constructor above that Java adds where none is written."""
        callee = self._above(f"{CONSTRUCTOR}()", start)
        self.body.evaluate(ir.Call(start, self.body.scope, callee))

    # -- method references

    def reference(self, node: Node) -> ir.Expr:
        """See `Expressions`."""
        owner = node.children[0] if node.children else None
        if owner is None:
            return ir.Unknown(node.start_byte)
        last = node.children[-1]
        if last.type == "new":
            return self._constructor_reference(owner, last.start_byte)
        if last.type != "identifier":
            return ir.Unknown(node.start_byte)
        key, start = f"{text_of(last)}(...)", last.start_byte
        return self.file.note(self._referred(owner, text_of(last), key, start))

    def _referred(self, owner: Node, name: str, key: str, start: int) -> ir.Expr:
        if owner.type == "super":
            return self._above(key, start)
        if owner.type == "this" and self.cls is not None:
            return self._own(self.cls, name, key, start)
        if owner.type in ("generic_type", "scoped_type_identifier", "type_identifier", "array_type"):
            named = self.type_expression(owner)
            return ir.Member(start, named, key, self.body.scope) if named is not None else ir.Unknown(start)
        return ir.Member(start, self._receiver(owner), key, self.body.scope)

    def _constructor_reference(self, owner: Node, start: int) -> ir.Expr:
        if owner.type == "identifier":
            found: ir.Expr | None = self.type_name(text_of(owner), owner.start_byte)
        else:
            found = self.expression(owner) if owner.type == "field_access" else self.type_expression(owner)
        return ir.Container(start, "constructor", ((None, found),) if found is not None else ())

    def anonymous_class(self, node: Node, body: Node, base: ir.Expr | None) -> ir.Scope:
        """The class that `new X() { … }` defines."""
        raise NotImplementedError

    def bind_parameters(self, params: list[Node]) -> None:
        """Make the declared parameters variables of this scope."""
        for node in params:
            self._bind_parameter(node)
        for param in self.scope.params:
            self.scope.versions.setdefault(param.name, 0)
            self.body.start_with(param.name)

    def _bind_parameter(self, node: Node) -> None:
        name, declared = parameter_name(node), parameter_type(node)
        if takes_many(node):
            self.scope.params.append(ir.Param(name, "list", type=self.declared(declared)))
            self.names.locals[self.scope, name] = f"{self.plain(declared)}[]"
            return
        array = node.child_by_field_name("dimensions") is not None
        typed = self.array_of(declared, node.start_byte) if array else self.declared(declared)
        self.scope.params.append(ir.Param(name, type=typed, strict=True))
        if declared is not None:
            self.names.locals[self.scope, name] = f"{self.plain(declared)}[]" if array else declared


def _count(key: str) -> int:
    return 0 if key.endswith("()") else key.count(",") + 1


def _last_word(node: Node) -> Node:
    """The word of a type by which its class is known."""
    while node.type in ("generic_type", "scoped_type_identifier", "annotated_type") and node.named_children:
        plain = [child for child in node.named_children if child.type != "type_arguments"]
        if not plain:
            break
        node = plain[0] if node.type == "generic_type" else plain[-1]
    return node
