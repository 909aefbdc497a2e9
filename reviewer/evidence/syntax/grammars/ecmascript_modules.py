"""What a JavaScript or TypeScript file imports and exports, as ES modules and as CommonJS."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.syntax.grammars.row import Grammar, text_of
from reviewer.evidence.syntax.parsed import WHOLE_EXPORT, Export, Import
from reviewer.evidence.syntax.queried import captures

_IMPORTS = """
(import_statement) @import
(export_statement source: (string)) @reexport
(variable_declarator value: [(call_expression) (member_expression)]) @variable
"""
_EXPORTS = """
(export_statement) @export
(assignment_expression left: [(member_expression) (identifier)]) @assignment
(call_expression function: (member_expression) arguments: (arguments . (identifier) @first)) @call
"""
_FILE_IMPORT = re.compile(rb"""(?:\b(?:require|import)\s*\(|\bfrom|\bimport)\s*["'`][.@~#/]""")
_FUNCTIONS = ("function_expression", "generator_function", "class", "arrow_function")


def read_imports(root: Node, grammar: Grammar) -> tuple[Import, ...]:
    """Imports, `require` calls bound to names, and names that are exported from elsewhere."""
    captured = captures(grammar.compile(_IMPORTS), root)
    found: list[Import] = []
    for node in captured.get("import", []):
        found.extend(_import(node))
    for node in captured.get("reexport", []):
        module = _string(node.child_by_field_name("source"))
        for specifier in _specifiers(node):
            name = specifier.child_by_field_name("name")
            if name is not None:
                found.append(Import(module, text_of(name), None, name.start_byte, name.start_byte))
    for node in captured.get("variable", []):
        found.extend(_required(node))
    return tuple(sorted(found, key=lambda item: item.start))


def read_exports(root: Node, grammar: Grammar) -> tuple[tuple[Export, ...], bool]:
    """Exports by name, and whether these are all: a computed export could be anything."""
    captured = captures(grammar.compile(_EXPORTS), root)
    found: list[Export] = []
    for node in captured.get("export", []):
        found.extend(_export(node))
    whole = True
    for node in captured.get("assignment", []):
        target = text_of(node.child_by_field_name("left"))
        if target in ("module.exports", "exports"):
            exported, told = _whole_export(node)
            found.extend(exported)
            whole = whole and told
        elif target.startswith(("exports.", "module.exports.")):
            found.append(_property_export(target.rsplit(".", 1)[1], node.child_by_field_name("right")))
    if any(text_of(node) in ("exports", "module") for node in captured.get("first", [])):
        whole = False
    return tuple(found), whole


def may_import_files(source: bytes) -> bool:
    """False when nothing in the file, parsed or not, is written like an import of another file: a bundle."""
    return _FILE_IMPORT.search(source) is not None


def required_module(node: Node | None) -> str | None:
    """`./x` for the node of `require('./x')`; None for anything else."""
    if node is None or node.type != "call_expression":
        return None
    arguments = node.child_by_field_name("arguments")
    if text_of(node.child_by_field_name("function")) != "require" or arguments is None:
        return None
    first = arguments.named_children[:1]
    return _string(first[0]) if first and first[0].type == "string" else None


def _import(node: Node) -> Iterator[Import]:
    module = _string(node.child_by_field_name("source"))
    for clause in node.named_children:
        if clause.type == "import_require_clause":
            local = clause.named_children[0]
            module = _string(clause.child_by_field_name("source"))
            yield Import(module, None, text_of(local), local.start_byte, local.start_byte)
        for child in clause.named_children if clause.type == "import_clause" else ():
            if child.type == "identifier":
                yield Import(module, "default", text_of(child), child.start_byte, child.start_byte)
            elif child.type == "namespace_import":
                local = child.named_children[0]
                yield Import(module, None, text_of(local), local.start_byte, local.start_byte)
            elif child.type == "named_imports":
                yield from _named_imports(child, module)


def _named_imports(clause: Node, module: str) -> Iterator[Import]:
    for specifier in clause.named_children:
        name, alias = specifier.child_by_field_name("name"), specifier.child_by_field_name("alias")
        if name is not None:
            local = alias or name
            yield Import(module, text_of(name), text_of(local), name.start_byte, local.start_byte)


def _required(declarator: Node) -> Iterator[Import]:
    """`const x = require('m')`, `const {a: b} = require('m')`, `const x = require('m').a`."""
    local, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
    if local is None or value is None:
        return
    if value.type == "member_expression":
        module, name = (
            required_module(value.child_by_field_name("object")),
            value.child_by_field_name("property"),
        )
        if module is not None and name is not None and local.type == "identifier":
            yield Import(module, text_of(name), text_of(local), name.start_byte, local.start_byte)
        return
    module = required_module(value)
    if module is None:
        return
    if local.type == "identifier":
        yield Import(module, None, text_of(local), local.start_byte, local.start_byte)
    for child in local.named_children if local.type == "object_pattern" else ():
        key, bound = child.child_by_field_name("key") or child, child.child_by_field_name("value") or child
        if child.type == "object_assignment_pattern":
            key = bound = child.named_children[0]
        if child.type != "rest_pattern":
            yield Import(module, text_of(key), text_of(bound), key.start_byte, bound.start_byte)


def _export(node: Node) -> Iterator[Export]:
    declaration = node.child_by_field_name("declaration")
    value = node.child_by_field_name("value")
    source = node.child_by_field_name("source")
    default = any(child.type == "default" for child in node.children)
    if declaration is not None:
        for name in _declared(declaration):
            yield Export("default" if default else name, name)
    elif value is not None:
        yield Export("default", text_of(value) if value.type == "identifier" else None)
    elif source is not None and not _specifiers(node):
        namespace = any(child.type == "namespace_export" for child in node.named_children)
        if not namespace:
            yield Export("*", None, _string(source), "*")
    else:
        for specifier in _specifiers(node):
            yield _specified(specifier, _string(source) if source else None)
        if any(child.type == "=" for child in node.children):
            yield Export(WHOLE_EXPORT, text_of(node.named_children[-1]))


def _specified(specifier: Node, module: str | None) -> Export:
    name = text_of(specifier.child_by_field_name("name"))
    outside = text_of(specifier.child_by_field_name("alias")) or name
    return Export(outside, None, module, name) if module else Export(outside, name)


def _specifiers(node: Node) -> list[Node]:
    clauses = [child for child in node.named_children if child.type == "export_clause"]
    return [
        child for clause in clauses for child in clause.named_children if child.type == "export_specifier"
    ]


def _declared(declaration: Node) -> list[str]:
    name = declaration.child_by_field_name("name")
    if name is not None:
        return [text_of(name)]
    declarators = [child for child in declaration.named_children if child.type == "variable_declarator"]
    return [text_of(child.child_by_field_name("name")) for child in declarators]


def _whole_export(assignment: Node) -> tuple[list[Export], bool]:
    """What `module.exports = …` offers: the value as a whole, and its properties when it is an object."""
    value = assignment.child_by_field_name("right")
    found: list[Export] = []
    parent = assignment.parent
    while parent is not None and parent.type in ("assignment_expression", "variable_declarator"):
        name = parent.child_by_field_name("name") or parent.child_by_field_name("left")
        if name is not None and name.type == "identifier" and text_of(name) != "exports":
            found.append(Export(WHOLE_EXPORT, text_of(name)))
        parent = parent.parent
    while value is not None and value.type == "assignment_expression":
        value = value.child_by_field_name("right")
    if value is None:
        return found, False
    if value.type == "identifier":
        return [*found, Export(WHOLE_EXPORT, text_of(value))], True
    if value.type in _FUNCTIONS:
        name = value.child_by_field_name("name")
        return [*found, Export(WHOLE_EXPORT, text_of(name) if name else None)], True
    module = required_module(value)
    if module is not None:
        return [
            *found,
            Export("*", None, module, "*"),
            Export(WHOLE_EXPORT, None, module, WHOLE_EXPORT),
        ], True
    if value.type != "object":
        return found, False
    properties, told = _object_exports(value)
    return found + properties, told


def _object_exports(value: Node) -> tuple[list[Export], bool]:
    found, told = [], True
    for child in value.named_children:
        if child.type == "shorthand_property_identifier":
            found.append(Export(text_of(child), text_of(child)))
        elif child.type == "pair":
            found.append(
                _property_export(
                    text_of(child.child_by_field_name("key")), child.child_by_field_name("value")
                )
            )
        elif child.type == "method_definition":
            found.append(Export(text_of(child.child_by_field_name("name")), None))
        elif child.type != "comment":
            told = False
    return found, told


def _property_export(name: str, value: Node | None) -> Export:
    """An export under `name`; a function that is written there is known in this file by that name too."""
    if value is None:
        return Export(name, None)
    if value.type == "identifier":
        return Export(name, text_of(value))
    module = required_module(value)
    if module is not None:
        return Export(name, None, module, WHOLE_EXPORT)
    return Export(name, name if value.type in _FUNCTIONS else None)


def _string(node: Node | None) -> str:
    return text_of(node)[1:-1]
