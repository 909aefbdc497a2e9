"""Names and members: what is read."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.java.dispatch import Dispatch
from reviewer.evidence.flow.lower.java.names import JavaClass
from reviewer.evidence.syntax.grammars.row import text_of


class Values(Dispatch):
    """Lowers names, `this` and fields."""

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
        words = _dotted_words(node)
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


def _dotted_words(node: Node) -> list[tuple[str, int]]:
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
