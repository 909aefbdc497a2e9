"""Lowers imports: each binds a name to what stands in another module."""

from __future__ import annotations

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.lower.python.lowering import Lowering, Statement
from reviewer.evidence.syntax.grammars.row import text_of


def _import(low: Lowering, node: Node) -> None:
    for child in node.children_by_field_name("name"):
        named = child.child_by_field_name("name") if child.type == "aliased_import" else child
        alias = child.child_by_field_name("alias")
        if named is None:
            continue
        module = text_of(named)
        local = text_of(alias) if alias is not None else module.split(".")[0]
        whole = module if alias is not None else local
        start = (alias or named).start_byte
        low.body.bind(local, _imported(low, start, whole, None))
        if whole != module:
            low.body.evaluate(_imported(low, start, module, None))


def _import_from(low: Lowering, node: Node) -> None:
    source = node.child_by_field_name("module_name")
    module = text_of(source).replace(" ", "")
    if any(child.type == "wildcard_import" for child in node.named_children):
        low.file.stars.append(module)
        return
    for child in node.children_by_field_name("name"):
        named = child.child_by_field_name("name") if child.type == "aliased_import" else child
        alias = child.child_by_field_name("alias")
        if named is not None:
            local = text_of(alias) if alias is not None else text_of(named)
            low.body.bind(local, _imported(low, named.start_byte, module, text_of(named)))


def _imported(low: Lowering, start: int, module: str, name: str | None) -> ir.Expr:
    return low.file.note(ir.Imported(start, module, name, low.file))


STATEMENTS: dict[str, Statement] = {
    "import_statement": _import,
    "import_from_statement": _import_from,
}
