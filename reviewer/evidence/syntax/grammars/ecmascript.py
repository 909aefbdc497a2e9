"""How JavaScript and TypeScript bind names and call functions; modules are in `ecmascript_modules`."""

import re

from tree_sitter import Node

from reviewer.domain.evidence import CallShape, Parameters
from reviewer.evidence.syntax.grammars.ecmascript_globals import JAVASCRIPT_GLOBALS, TYPE_GLOBALS
from reviewer.evidence.syntax.grammars.ecmascript_modules import read_exports, read_imports
from reviewer.evidence.syntax.grammars.row import Grammar, Place, Surroundings, named, text_of

_REST = ("rest_pattern", "rest_parameter")


def _listed(function: Node) -> list[Node] | None:
    """The parameter nodes; None when there is no list."""
    single = function.child_by_field_name("parameter")
    if single is not None:
        return [single]
    listed = function.child_by_field_name("parameters")
    if listed is None:
        return None
    return [node for node in listed.named_children if node.type != "comment"]


def _typescript_parameters(function: Node, around: Surroundings) -> Parameters | None:  # noqa: ARG001 - the row's shape
    nodes = _listed(function)
    if nodes is None:
        return None
    required: list[str] = []
    optional: list[str] = []
    unlimited = False
    for node in nodes:
        pattern = node.child_by_field_name("pattern") or node
        name = text_of(pattern)
        if pattern.type == "this":
            continue
        if pattern.type in _REST:
            unlimited = True
        elif node.type == "optional_parameter" or node.child_by_field_name("value"):
            optional.append(name)
        else:
            required.append(name)
    return Parameters(
        required=tuple(required),
        optional=tuple(optional),
        positional_limit=None if unlimited else len(required) + len(optional),
        takes_any_keyword=False,
        names_count=False,
    )


def _javascript_parameters(function: Node, around: Surroundings) -> Parameters | None:  # noqa: ARG001
    """Parameters of a language that checks nothing: a surplus argument is always allowed.

    None where the body reads `arguments`, since then the list says nothing.
    """
    nodes = _listed(function)
    body = text_of(function.child_by_field_name("body"))
    if nodes is None or re.search(r"\barguments\b", body):
        return None
    required: list[str] = []
    optional: list[str] = []
    for node in nodes:
        if node.type in _REST:
            continue
        name = text_of(node)
        if node.type == "assignment_pattern":
            optional.append(text_of(node.child_by_field_name("left")))
        elif node.type != "identifier" or _must_be_there(name, body):
            required.append(name)
        else:
            optional.append(name)
    return Parameters(
        required=tuple(required),
        optional=tuple(optional),
        positional_limit=None,
        takes_any_keyword=False,
        names_count=False,
    )


def _must_be_there(name: str, body: str) -> bool:
    """True when the body takes the parameter apart or calls it, and never asks whether it is there.

    One that is only stored or passed on may well be missing.
    """
    word = rf"(?<![\w$.]){re.escape(name)}(?![\w$])"
    followed = rf"{word}\s*(?:\|\||&&|\?|[=!]=|=(?![=>]))"
    preceded = rf"(?:!|\btypeof\s+|(?:\|\||&&)\s*|[=!]==?\s*){word}"
    condition = rf"\b(?:if|while)\s*\(\s*{word}\s*\)"
    taken_apart = rf"{word}\s*[.\[(]"
    return bool(re.search(taken_apart, body)) and not re.search(f"{followed}|{preceded}|{condition}", body)


def _call_shape(arguments: Node | None) -> CallShape | None:
    if arguments is None:
        return CallShape(positional=0, keywords=(), unpacks=False)
    if arguments.type != "arguments":
        return None
    given = [node for node in arguments.named_children if node.type != "comment"]
    unpacks = any(node.type == "spread_element" for node in given)
    return CallShape(positional=len(given), keywords=(), unpacks=unpacks)


_SCOPES = {
    "program": "file",
    **dict.fromkeys(
        named(
            "function_declaration function_expression generator_function "
            "generator_function_declaration arrow_function method_definition function_signature "
            "internal_module class_static_block"
        ),
        "function",
    ),
    **dict.fromkeys(
        named("statement_block for_statement for_in_statement catch_clause switch_body class"), "block"
    ),
}
_JAVASCRIPT_BINDINGS: frozenset[Place] = frozenset(
    {
        ("variable_declarator", "name"),
        ("formal_parameters", None),
        ("arrow_function", "parameter"),
        ("catch_clause", "parameter"),
        ("for_in_statement", "left"),
        ("object_pattern", None),
        ("array_pattern", None),
        ("required_parameter", "pattern"),
        ("optional_parameter", "pattern"),
        ("type_parameter", "name"),
        ("class", "name"),
    }
)
_DEFINITIONS: frozenset[Place] = frozenset(
    (kind, "name")
    for kind in named(
        "function_declaration generator_function_declaration class_declaration "
        "abstract_class_declaration function_expression generator_function function_signature "
        "interface_declaration type_alias_declaration enum_declaration method_definition "
        "abstract_method_signature method_signature internal_module"
    )
)
_LABELS: frozenset[Place] = frozenset(
    {
        ("pair", "key"),
        ("pair_pattern", "key"),
        ("jsx_attribute", None),
        ("property_signature", "name"),
        ("public_field_definition", "name"),
        ("field_definition", "property"),
        ("enum_body", "name"),
        ("enum_assignment", "name"),
        ("labeled_statement", "label"),
        ("break_statement", "label"),
        ("continue_statement", "label"),
        ("export_specifier", "alias"),
        ("namespace_export", None),
    }
)


def _row(language: str, extensions: str, query: str) -> Grammar:
    javascript = language == "javascript"
    return Grammar(
        language=language,
        family="ecmascript",
        extensions=tuple(extensions.split()),
        module="tree_sitter_javascript" if javascript else "tree_sitter_typescript",
        loader="language" if javascript else f"language_{language}",
        query=query,
        names=named(
            "identifier property_identifier private_property_identifier type_identifier "
            "shorthand_property_identifier shorthand_property_identifier_pattern"
        ),
        scopes=_SCOPES,
        bindings=_JAVASCRIPT_BINDINGS,
        patterns=named(
            "object_pattern array_pattern pair_pattern assignment_pattern object_assignment_pattern "
            "rest_pattern"
        ),
        definitions=_DEFINITIONS,
        labels=_LABELS,
        members={
            "member_expression": ("object", "property"),
            "nested_type_identifier": ("module", "name"),
            "nested_identifier": ("object", "property"),
        },
        calls={"call_expression": ("function", "arguments"), "new_expression": ("constructor", "arguments")},
        wrappers=frozenset({"parenthesized_expression", "non_null_expression"}),
        import_statements=frozenset({"import_statement"}),
        literals=named("string template_string number array object regex true false null"),
        call_shape=_call_shape,
        parameters=_javascript_parameters if javascript else _typescript_parameters,
        imports=read_imports,
        exports=read_exports,
        builtins=JAVASCRIPT_GLOBALS | TYPE_GLOBALS,
        constructors=frozenset({"constructor"}),
        hoisting=frozenset({"variable_declaration"}),
    )


JAVASCRIPT = _row("javascript", ".js .jsx .mjs .cjs", "javascript.scm")
TYPESCRIPT = _row("typescript", ".ts .mts .cts", "typescript.scm")
TSX = _row("tsx", ".tsx", "typescript.scm")
