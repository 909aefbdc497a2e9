"""Expressions: names, members, operators, literals, lambdas."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.java.evident import Evident
from reviewer.evidence.flow.lower.java.names import JavaClass
from reviewer.evidence.flow.lower.java.types import TEXT
from reviewer.evidence.flow.lower.literals import integer, string_text
from reviewer.evidence.syntax.grammars.row import text_of

MAX_DEPTH = 100
"""Levels of statements and expressions in each other."""
MAX_ELEMENTS = 1_000
"""Elements of one array literal that are followed."""
_CALLING = ("method_invocation", "object_creation_expression", "lambda_expression", "method_reference")


class Expressions(Evident):
    """Lowers expressions; calls, lambdas and switches are filled in below."""

    depth = 0

    def expression(self, node: Node) -> ir.Expr:
        """Lower an expression of whatever kind."""
        if self.depth >= MAX_DEPTH:
            self.scope.partial = f"nested deeper than {MAX_DEPTH} levels"
            return ir.Unknown(node.start_byte)
        self.depth += 1
        try:
            handler = _EXPRESSIONS.get(node.type)
            return handler(self, node) if handler is not None else self._parts(node)
        finally:
            self.depth -= 1

    def of(self, node: Node, field: str) -> ir.Expr | None:
        """Lower what stands in a field; None where nothing does."""
        child = node.child_by_field_name(field)
        return self.expression(child) if child is not None else None

    def _parts(self, node: Node) -> ir.Expr:
        if node.is_error:
            self.scope.partial = "a part that is not understood"
        for child in node.named_children:
            if not child.type.endswith("comment"):
                self.body.evaluate(self.expression(child))
        return ir.Unknown(node.start_byte)

    # -- names

    def this(self, cls: JavaClass | None, start: int) -> ir.Expr:
        """The object of `cls`, this class or one around it; the class itself in static code."""
        scope: ir.Scope | None = self.body.scope
        while scope is not None and cls is not None and scope is not cls.scope:
            if scope.kind == "function" and scope.owner is cls.scope:
                closure = ir.Closure(start, cls.scope)
                return ir.Read(start, scope, "this", None) if scope.receiver else closure
            scope = scope.parent
        return ir.InstanceOf(start, ir.Closure(start, cls.scope)) if cls is not None else ir.Unknown(start)

    def _this(self, node: Node) -> ir.Expr:
        return self.this(self.cls, node.start_byte)

    def _identifier(self, node: Node) -> ir.Expr:
        return self.name(text_of(node), node.start_byte)

    def name(self, name: str, start: int) -> ir.Expr:
        """A bare name: a local variable, a field of a class around, a static import, or a class."""
        home, inherits = self.variable(name)
        if isinstance(home, ir.Scope):
            return self.file.note(self._local(home, name, start))
        if isinstance(home, JavaClass):
            found = self.own_field(home, name, start)
            if not inherits:
                return self.file.note(found)
            return self._implicit(name, start, inherits, found, sure=True)
        otherwise = self._taken(name, start)
        if inherits and not _looks_like_type(name):
            return self._implicit(name, start, inherits, otherwise)
        return self.file.note(otherwise)

    def _local(self, home: ir.Scope, name: str, start: int) -> ir.Expr:
        read = self.body.read(name, start)
        return read if home.function is self.scope else ir.Read(start, home, name, None)

    def own_field(self, cls: JavaClass, name: str, start: int) -> ir.Expr:
        """A field that the body of `cls` declares."""
        static = cls.fields[name].static
        owner = ir.Closure(start, cls.scope) if static else self.this(cls, start)
        return ir.Member(start, owner, name, self.body.scope)

    def _implicit(
        self, name: str, start: int, classes: list[JavaClass], otherwise: ir.Expr, *, sure: bool = False
    ) -> ir.Expr:
        objects = tuple((cls.scope, self.this(cls, start)) for cls in classes)
        return self.file.note(ir.Implicit(start, name, objects, otherwise, self.body.scope, sure))

    def _taken(self, name: str, start: int) -> ir.Expr:
        """What a name means that no class around has."""
        owners = self.names.statics.get(name)
        if owners is None:
            owners = self.names.static_stars if not _looks_like_type(name) else []
        if not owners:
            return self.type_name(name, start)
        return self.static_member(owners, name, start)

    def static_member(self, owners: list[str], name: str, start: int) -> ir.Expr:
        """A member that a static import takes from one of several classes."""
        taken = [
            ir.Member(start, ir.Imported(start, owner, None, self.file), name, self.body.scope)
            for owner in owners
        ]
        return taken[0] if len(taken) == 1 else ir.Join(start, tuple(taken))

    def _field(self, node: Node) -> ir.Expr:
        words = dotted_words(node)
        if words and words[0][0] != "this":
            packaged = next((at for at, (word, _) in enumerate(words) if word[:1].isupper()), 0)
            home, inherits = self.variable(words[0][0])
            if packaged and home is None and not inherits:
                return self.dotted_type(words)
        obj, name = node.child_by_field_name("object"), node.child_by_field_name("field")
        if obj is None or name is None:
            return ir.Unknown(node.start_byte)
        if name.type == "this":
            return self.this(self.around(text_of(obj)), name.start_byte)
        above = obj.type == "super"
        owner = self.this(self.cls, obj.start_byte) if above else self.expression(obj)
        return self.file.note(ir.Member(name.start_byte, owner, text_of(name), self.body.scope))

    # -- operators

    def _binary(self, node: Node) -> ir.Expr:
        """Left-leaning chains are walked, not recursed into: sums of strings grow long."""
        leaves: list[Node] = []
        one: Node | None = node
        while one is not None and one.type == "binary_expression":
            right = one.child_by_field_name("right")
            if right is not None:
                leaves.append(right)
            one = one.child_by_field_name("left")
        if one is not None:
            leaves.append(one)
        for leaf in reversed(leaves):
            self.body.evaluate(self.expression(leaf))
        texts = any(leaf.type == "string_literal" for leaf in leaves)
        return TEXT if texts else ir.Unknown(node.start_byte)

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

    def _assignment(self, node: Node) -> ir.Expr:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return self._parts(node)
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
                key = self._index(index)
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

    def _ternary(self, node: Node) -> ir.Expr:
        self.body.evaluate(self.of(node, "condition"))
        parts = (self.of(node, "consequence"), self.of(node, "alternative"))
        return ir.Join(node.start_byte, tuple(part for part in parts if part is not None))

    def _cast(self, node: Node) -> ir.Expr:
        value = self.of(node, "value") or ir.Unknown(node.start_byte)
        written = node.children_by_field_name("type")
        return self.typed(value, written[0]) if len(written) == 1 else value

    def _parenthesized(self, node: Node) -> ir.Expr:
        inner = [child for child in node.named_children if not child.type.endswith("comment")]
        return self.expression(inner[0]) if inner else ir.Unknown(node.start_byte)

    # -- literals, arrays

    def _string(self, node: Node) -> ir.Expr:
        for child in node.named_children:
            if child.type == "string_interpolation":
                self._parts(child)
        text = string_text(node)
        if text is None or not text or not text.replace(".", "").replace("_", "").replace("$", "").isalnum():
            return TEXT
        return ir.Literal(node.start_byte, text)

    def _index(self, node: Node | None) -> ir.Expr | None:
        if node is None:
            return None
        if node.type == "decimal_integer_literal":
            value = integer(node)
            return ir.Literal(node.start_byte, value) if value is not None else None
        self.body.evaluate(self.expression(node))
        return None

    def _array_access(self, node: Node) -> ir.Expr:
        array = self.of(node, "array")
        key = self._index(node.child_by_field_name("index"))
        return ir.Item(node.start_byte, array, key) if array is not None else ir.Unknown(node.start_byte)

    def array(self, node: Node) -> ir.Expr:
        """The elements between braces."""
        items: list[tuple[str | int | None, ir.Expr]] = []
        for child in node.named_children:
            if child.type.endswith("comment"):
                continue
            if len(items) < MAX_ELEMENTS:
                items.append((len(items), self.expression(child)))
                continue
            self.scope.partial = f"an array of more than {MAX_ELEMENTS} elements"
            if child.type in _CALLING:
                self.body.evaluate(self.expression(child))
        return ir.Container(node.start_byte, "array", tuple(items))

    def _new_array(self, node: Node) -> ir.Expr:
        for size in node.children_by_field_name("dimensions"):
            if size.type == "dimensions_expr":
                self._parts(size)
        value = node.child_by_field_name("value")
        return self.array(value) if value is not None else ir.Container(node.start_byte, "array")

    def _class_literal(self, node: Node) -> ir.Expr:
        found = self.type_expression(node.named_children[0]) if node.named_children else None
        if found is None:
            return ir.Unknown(node.start_byte)
        return ir.Member(node.end_byte - len("class"), found, "class", self.body.scope)

    def call(self, node: Node) -> ir.Expr:
        """A method call."""
        raise NotImplementedError

    def creation(self, node: Node) -> ir.Expr:
        """`new X(…)`."""
        raise NotImplementedError

    def reference(self, node: Node) -> ir.Expr:
        """`A::b`."""
        raise NotImplementedError

    def lambda_(self, node: Node) -> ir.Expr:
        """A lambda."""
        raise NotImplementedError

    def switch(self, node: Node) -> ir.Expr:
        """A switch, as a statement or for its value."""
        raise NotImplementedError


def _nothing(self: Expressions, node: Node) -> ir.Expr:  # noqa: ARG001 - the shape of a handler
    return ir.Unknown(node.start_byte)


def dotted_words(node: Node) -> list[tuple[str, int]]:
    """The words of `a.b.c` with their bytes; empty when anything else is in it."""
    words: list[tuple[str, int]] = []
    one: Node | None = node
    while one is not None and one.type == "field_access":
        name = one.child_by_field_name("field")
        if name is None or name.type != "identifier":
            return []
        words.append((text_of(name), name.start_byte))
        one = one.child_by_field_name("object")
    if one is None or one.type != "identifier":
        return []
    return [(text_of(one), one.start_byte), *reversed(words)]


def _looks_like_type(name: str) -> bool:
    """By the habit that everybody keeps: `Name`, while constants are `NAME`."""
    return name[:1].isupper() and (len(name) == 1 or any(char.islower() for char in name))


_Expression = Callable[[Expressions, Node], ir.Expr]
_EXPRESSIONS: dict[str, _Expression] = {
    "identifier": Expressions._identifier,
    "this": Expressions._this,
    "field_access": Expressions._field,
    "method_invocation": lambda self, node: self.call(node),
    "object_creation_expression": lambda self, node: self.creation(node),
    "method_reference": lambda self, node: self.reference(node),
    "lambda_expression": lambda self, node: self.lambda_(node),
    "switch_expression": lambda self, node: self.switch(node),
    "binary_expression": Expressions._binary,
    "instanceof_expression": Expressions._instanceof,
    "assignment_expression": Expressions._assignment,
    "ternary_expression": Expressions._ternary,
    "cast_expression": Expressions._cast,
    "parenthesized_expression": Expressions._parenthesized,
    "string_literal": Expressions._string,
    "array_access": Expressions._array_access,
    "array_initializer": Expressions.array,
    "array_creation_expression": Expressions._new_array,
    "class_literal": Expressions._class_literal,
    "decimal_integer_literal": _nothing,
    "null_literal": _nothing,
    "true": _nothing,
    "false": _nothing,
}


def arguments(node: Node) -> Iterator[Node]:
    """The arguments of a call."""
    listed = node.child_by_field_name("arguments")
    for child in listed.named_children if listed is not None else ():
        if not child.type.endswith("comment"):
            yield child
