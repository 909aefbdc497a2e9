"""What a file takes from others and what it offers, as ES modules and as CommonJS."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.ecmascript import classes, functions, hoisting
from reviewer.evidence.flow.lower.ecmascript.lowering import Lowering
from reviewer.evidence.flow.lower.literals import string_text
from reviewer.evidence.syntax.grammars.row import text_of
from reviewer.evidence.syntax.parsed import WHOLE_EXPORT

EXPORTS = "<exports>"
"""The variable that holds the object of what a file offers by `export` or as CommonJS."""
ES_MODULE = "module"
"""Trait of a file that says `export`: it has names to offer, and no whole."""


def import_statement(low: Lowering, node: Node) -> None:
    """Bind imported names."""
    source = node.child_by_field_name("source")
    module = string_text(source) if source is not None else None
    for clause in node.named_children:
        if clause.type == "import_require_clause" and clause.named_children:
            local = clause.named_children[0]
            required_from = clause.child_by_field_name("source")
            written = string_text(required_from) if required_from is not None else None
            _take(low, local, local, written, WHOLE_EXPORT)
        for child in clause.named_children if clause.type == "import_clause" else ():
            if child.type == "identifier":
                _take(low, child, child, module, "default")
            elif child.type == "namespace_import" and child.named_children:
                _take(low, child.named_children[0], child.named_children[0], module, None)
            elif child.type == "named_imports":
                _take_names(low, child, module)


def _take_names(low: Lowering, clause: Node, module: str | None) -> None:
    for specifier in clause.named_children:
        name, alias = specifier.child_by_field_name("name"), specifier.child_by_field_name("alias")
        if name is not None:
            text = string_text(name) if name.type == "string" else text_of(name)
            _take(low, name, alias or name, module, text or "default")


def _take(low: Lowering, at: Node, local: Node, module: str | None, name: str | None) -> None:
    if module is not None:
        low.body.bind(text_of(local), _imported(low, at.start_byte, module, name))


def _imported(low: Lowering, start: int, module: str, name: str | None) -> ir.Expr:
    return low.file.note(ir.Imported(start, module, name, low.file))


def required(low: Lowering, function: Node, arguments: Node | None) -> ir.Expr | None:
    """What `require('x')` and `import('x')` give; None for any other call."""
    given = arguments.named_children if arguments is not None else []
    module = string_text(given[0]) if given and given[0].type in ("string", "template_string") else None
    if module is None or len(given) > 2:
        return None
    if function.type == "import":
        whole = _imported(low, function.start_byte, module, None)
        return ir.Container(function.start_byte, "promise", ((None, whole),))
    if function.type == "identifier" and text_of(function) == "require" and not _is_bound(low, "require"):
        return _imported(low, function.start_byte, module, WHOLE_EXPORT)
    return None


def _is_bound(low: Lowering, name: str) -> bool:
    scope: ir.Scope | None = low.body.scope
    while scope is not None:
        if name in scope.versions:
            return True
        scope = scope.parent
    return False


def export_statement(low: Lowering, node: Node) -> None:
    """Offer names to other files; in a namespace, only bind them."""
    low.file.scope.traits |= {ES_MODULE}
    declaration, value = node.child_by_field_name("declaration"), node.child_by_field_name("value")
    source = node.child_by_field_name("source")
    default = any(child.type == "default" for child in node.children)
    if declaration is not None:
        _declaration(low, declaration, classes.decorators_of(node), default=default)
    elif value is not None:
        _offer(low, "default", low.expression(value, "default"), value.start_byte)
    elif any(child.type == "=" for child in node.children):
        _offer_whole(low, node)
    else:
        _specified(low, node, string_text(source) if source is not None else None)


def _declaration(low: Lowering, node: Node, decorators: list[Node], *, default: bool) -> None:
    name = node.child_by_field_name("name")
    if name is None and default:
        made = _anonymous(low, node, decorators)
        _offer(low, "default", made, node.start_byte)
        return
    if node.type in ("class_declaration", "abstract_class_declaration"):
        classes.define(low, node, [*decorators, *classes.decorators_of(node)])
    else:
        low.statement(node)
    inner = node
    if node.type == "ambient_declaration" and node.named_children:
        inner = node.named_children[0]
        name = inner.child_by_field_name("name")
    names = [text_of(name)] if name is not None else hoisting.declared(inner)
    for one in names:
        read = ir.Read(node.start_byte, low.body.scope, one, None)
        _offer(low, "default" if default else one, read, node.start_byte)


def _anonymous(low: Lowering, node: Node, decorators: list[Node]) -> ir.Expr:
    if node.type in ("class_declaration", "abstract_class_declaration"):
        closure = ir.Closure(node.start_byte, classes.class_scope(low, node, "default"))
        return classes.decorated(low, closure, decorators)
    return ir.Closure(node.start_byte, functions.function_scope(low, node, "default"))


def _offer_whole(low: Lowering, node: Node) -> None:
    low.file.scope.traits -= {ES_MODULE}
    value = low.expression(node.named_children[-1])
    module = ir.Read(node.start_byte, low.file.scope, "module", None)
    low.body.add(ir.SetMember(module, "exports", value))


def _specified(low: Lowering, node: Node, module: str | None) -> None:
    for clause in node.named_children:
        if clause.type == "namespace_export" and module is not None and clause.named_children:
            local = clause.named_children[0]
            _offer(low, text_of(local), _imported(low, local.start_byte, module, None), local.start_byte)
            return
        if clause.type == "export_clause":
            for specifier in clause.named_children:
                _specifier(low, specifier, module)
            return
    if module is not None:
        low.file.stars.append(module)


def _specifier(low: Lowering, node: Node, module: str | None) -> None:
    name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
    if name is None:
        return
    start = name.start_byte
    if module is not None:
        value = _imported(low, start, module, text_of(name))
    else:
        value = low.file.note(ir.Read(start, low.body.scope, text_of(name), None))
    _offer(low, text_of(alias or name).strip("'\""), value, start)


def _offer(low: Lowering, name: str, value: ir.Expr, start: int) -> None:
    if low.scope.kind == "module":
        exports = ir.Read(start, low.file.scope, EXPORTS, None)
        low.body.add(ir.SetMember(exports, name, value))
