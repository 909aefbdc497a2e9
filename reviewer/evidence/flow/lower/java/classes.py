"""The members that Java gives records and enums without their being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.java.calls import CONSTRUCTOR, Calls
from reviewer.evidence.flow.lower.java.names import (
    Field,
    JavaClass,
    members,
    parameter_name,
    parameter_type,
    parameters,
    takes_many,
)
from reviewer.evidence.syntax.grammars.row import text_of

if TYPE_CHECKING:
    from collections.abc import Callable


def add_record_members(lowering: Calls, cls: JavaClass, node: Node) -> None:
    """Fields, accessors and the constructor of a record, as far as its body does not write them."""
    components = parameters(node)
    for component in components:
        name, declared = parameter_name(component), parameter_type(component)
        many = takes_many(component)
        cls.fields[name] = Field(declared, array=many, static=False)
        typed = lowering.array_of(declared, node.start_byte) if many else lowering.declared(declared)
        if typed is not None:
            cls.scope.declared[name] = typed
        lowering.body.declare(f".{name}")
        if not any(method.count == 0 for method in cls.methods.get(name, ())):
            _unwritten(lowering, cls, name, f"{name}()", [], _accessor(name))
    if not _has_canonical(lowering, cls, components):
        key = lowering.signature(CONSTRUCTOR, components)
        params = [ir.Param(parameter_name(one), "list" if takes_many(one) else "plain") for one in components]
        _unwritten(lowering, cls, cls.scope.name, key, params, _store)


def _has_canonical(lowering: Calls, cls: JavaClass, components: list[Node]) -> bool:
    key = lowering.signature(CONSTRUCTOR, components)
    return any(
        child.type == "compact_constructor_declaration"
        or (
            child.type == "constructor_declaration"
            and lowering.signature(CONSTRUCTOR, parameters(child)) == key
        )
        for child in members(cls.body)
    )


def _unwritten(
    lowering: Calls,
    cls: JavaClass,
    name: str,
    key: str,
    params: list[ir.Param],
    fill: Callable[[ir.Scope], None],
) -> None:
    scope = ir.Scope(
        "function", name, cls.scope, cls.scope.file, None, fill, owner=cls.scope, receiver="this"
    )
    scope.traits = frozenset({"unwritten"})
    scope.params = params
    scope.versions = {"this": 0, **{param.name: 0 for param in params}}
    lowering.body.bind(key, ir.Closure(0, scope))


def _accessor(name: str) -> Callable[[ir.Scope], None]:
    def fill(scope: ir.Scope) -> None:
        this = ir.Read(0, scope, "this", None)
        scope.effects.append(ir.Return(scope, ir.Member(0, this, name, scope)))

    return fill


def _store(scope: ir.Scope) -> None:
    for param in scope.params:
        this = ir.Read(0, scope, "this", None)
        scope.effects.append(ir.SetMember(this, param.name, ir.Read(0, scope, param.name, None)))


def add_enum_members(cls: JavaClass) -> None:
    """`values()` and `valueOf(name)`, which give the constants."""
    constants = [
        text_of(child.child_by_field_name("name"))
        for child in members(cls.body)
        if child.type == "enum_constant"
    ]

    def reads(scope: ir.Scope) -> tuple[ir.Expr, ...]:
        return tuple(ir.Member(0, ir.Closure(0, cls.scope), name, scope) for name in constants)

    def values(scope: ir.Scope) -> None:
        items = tuple((at, read) for at, read in enumerate(reads(scope)))
        scope.effects.append(ir.Return(scope, ir.Container(0, "array", items)))

    def value_of(scope: ir.Scope) -> None:
        scope.effects.append(ir.Return(scope, ir.Join(0, reads(scope))))

    for name, key, fill in (("values", "values()", values), ("valueOf", "valueOf(String)", value_of)):
        scope = ir.Scope("function", name, cls.scope, cls.scope.file, None, fill, owner=cls.scope)
        scope.traits = frozenset({"unwritten", "static"})
        if name == "valueOf":
            scope.params = [ir.Param("name")]
            scope.versions = {"name": 0}
        cls.scope.versions[key] = 1
        cls.scope.effects.append(ir.Assign(cls.scope, key, 1, ir.Closure(0, scope)))
