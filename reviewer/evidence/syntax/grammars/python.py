"""How Python binds names, calls functions and imports modules."""

import builtins

from tree_sitter import Node, QueryCursor

from reviewer.domain.evidence import CallShape, Parameters
from reviewer.evidence.syntax.grammars.row import Grammar, Surroundings, named, text_of
from reviewer.evidence.syntax.parsed import Import

_KEEPS_PARAMETERS = named(
    "staticmethod classmethod abstractmethod override final contextmanager "
    "asynccontextmanager cache lru_cache deprecated no_type_check wraps setupmethod"
)
"""Decorators after which a function is still called as it is written. Any other may change it."""


def _parameters(function: Node, around: Surroundings) -> Parameters | None:
    names = {decorator.split("(")[0].split(".")[-1] for decorator in around.decorators}
    listed = function.child_by_field_name("parameters")
    if listed is None or names - _KEEPS_PARAMETERS:
        return None
    has_receiver = around.in_class and "staticmethod" not in names
    return _counted([_parameter(node) for node in listed.named_children], has_receiver=has_receiver)


def _counted(parameters: list[tuple[str, str]], *, has_receiver: bool) -> Parameters | None:
    kinds = [kind for kind, _ in parameters]
    bounds = [kinds.index(kind) for kind in ("*", "keyword_separator") if kind in kinds]
    positional = parameters[: min(bounds, default=len(parameters))]
    by_keyword = parameters[len(positional) :]
    required = [name for kind, name in positional if kind == "plain"]
    optional = [name for kind, name in positional if kind == "default"]
    if has_receiver and required:
        required.pop(0)
    elif has_receiver and "*" not in kinds:
        return None
    return Parameters(
        required=(*required, *(name for kind, name in by_keyword if kind == "plain")),
        optional=(*optional, *(name for kind, name in by_keyword if kind == "default")),
        positional_limit=None if "*" in kinds else len(required) + len(optional),
        takes_any_keyword="**" in kinds,
        names_count=True,
    )


def _parameter(node: Node) -> tuple[str, str]:
    """What sort of parameter `node` is, and its name."""
    if node.type == "identifier":
        return "plain", text_of(node)
    if node.type in ("default_parameter", "typed_default_parameter"):
        return "default", text_of(node.child_by_field_name("name"))
    if node.type == "typed_parameter":
        return _parameter(node.named_children[0])
    kinds = {"list_splat_pattern": "*", "dictionary_splat_pattern": "**", "tuple_pattern": "plain"}
    return kinds.get(node.type, node.type), text_of(node)


def _call_shape(arguments: Node | None) -> CallShape | None:
    if arguments is None:
        return None
    if arguments.type == "generator_expression":
        return CallShape(positional=1, keywords=(), unpacks=False)
    positional, keywords, unpacks = 0, [], False
    for node in arguments.named_children:
        if node.type == "keyword_argument":
            keywords.append(text_of(node.child_by_field_name("name")))
        elif node.type in ("list_splat", "dictionary_splat"):
            unpacks = True
        elif node.type != "comment":
            positional += 1
    return CallShape(positional=positional, keywords=tuple(keywords), unpacks=unpacks)


def _imports(root: Node, grammar: Grammar) -> tuple[Import, ...]:
    query = grammar.compile("[(import_statement) (import_from_statement)] @import")
    found: list[Import] = []
    for node in QueryCursor(query).captures(root).get("import", []):
        found.extend(_imports_of(node))
    return tuple(sorted(found, key=lambda item: item.start))


def _imports_of(node: Node) -> list[Import]:
    source = node.child_by_field_name("module_name")
    module = text_of(source).replace(" ", "")
    if source and any(child.type == "wildcard_import" for child in node.named_children):
        return [Import(module, "*", None, node.start_byte, node.start_byte)]
    found = []
    for item in node.children_by_field_name("name"):
        named = item.child_by_field_name("name") if item.type == "aliased_import" else item
        alias = item.child_by_field_name("alias")
        if named is None:
            continue
        name = text_of(named)
        at = alias.start_byte if alias else named.start_byte
        if source:
            found.append(Import(module, name, text_of(alias) or name, named.start_byte, at))
        else:
            local = text_of(alias) or name.split(".")[0]
            found.append(Import(name, None, local, at, at))
    return found


PYTHON = Grammar(
    language="python",
    family="python",
    extensions=(".py", ".pyi"),
    module="tree_sitter_python",
    query="python.scm",
    names=frozenset({"identifier"}),
    scopes={
        "module": "file",
        "function_definition": "function",
        "lambda": "function",
        "class_definition": "class",
        "list_comprehension": "function",
        "set_comprehension": "function",
        "dictionary_comprehension": "function",
        "generator_expression": "function",
    },
    bindings=frozenset(
        {
            ("assignment", "left"),
            ("augmented_assignment", "left"),
            ("named_expression", "name"),
            ("for_statement", "left"),
            ("for_in_clause", "left"),
            ("as_pattern", "alias"),
            ("parameters", None),
            ("lambda_parameters", None),
            ("default_parameter", "name"),
            ("typed_default_parameter", "name"),
            ("case_pattern", None),
            ("global_statement", None),
            ("nonlocal_statement", None),
        }
    ),
    patterns=named(
        "pattern_list tuple_pattern list_pattern list_splat_pattern dictionary_splat_pattern "
        "typed_parameter as_pattern_target tuple list parenthesized_expression dotted_name "
        "splat_pattern"
    ),
    definitions=frozenset({("function_definition", "name"), ("class_definition", "name")}),
    labels=frozenset({("keyword_argument", "name"), ("keyword_pattern", None)}),
    members={"attribute": ("object", "attribute")},
    calls={"call": ("function", "arguments")},
    wrappers=frozenset({"parenthesized_expression"}),
    import_statements=frozenset({"import_statement", "import_from_statement", "future_import_statement"}),
    literals=named(
        "string concatenated_string integer float list dictionary set tuple list_comprehension "
        "dictionary_comprehension set_comprehension true false none"
    ),
    call_shape=_call_shape,
    parameters=_parameters,
    imports=_imports,
    builtins=frozenset(dir(builtins)) | {"__file__", "__path__", "reveal_type", "WindowsError"},
    constructors=frozenset({"__init__"}),
)
