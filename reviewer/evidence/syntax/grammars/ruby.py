"""How Ruby binds names, calls methods and requires files."""

from tree_sitter import Node

from reviewer.domain.evidence import CallShape, Parameters
from reviewer.evidence.syntax.grammars.row import Grammar, Surroundings, named, text_of
from reviewer.evidence.syntax.parsed import Import
from reviewer.evidence.syntax.queried import captures

_REQUIRES = named("require require_relative load autoload require_dependency")


def _parameters(function: Node, around: Surroundings) -> Parameters | None:  # noqa: ARG001 - the row's shape
    listed = function.child_by_field_name("parameters")
    found = [_parameter(node) for node in listed.named_children] if listed is not None else []
    kinds = {kind for kind, _ in found}
    if "forward_parameter" in kinds:
        return None
    required = [name for kind, name in found if kind == "plain"]
    optional = [name for kind, name in found if kind == "default"]
    return Parameters(
        required=(*required, *(name for kind, name in found if kind == "keyword")),
        optional=(*optional, *(name for kind, name in found if kind == "keyword default")),
        positional_limit=None if "splat_parameter" in kinds else len(required) + len(optional),
        takes_any_keyword="hash_splat_parameter" in kinds,
        names_count=True,
    )


def _parameter(node: Node) -> tuple[str, str]:
    """What sort of parameter `node` is, and its name."""
    name = text_of(node.child_by_field_name("name"))
    if node.type == "identifier":
        return "plain", text_of(node)
    if node.type == "keyword_parameter":
        return "keyword" if node.child_by_field_name("value") is None else "keyword default", name
    kinds = {"optional_parameter": "default", "destructured_parameter": "plain"}
    return kinds.get(node.type, node.type), name or text_of(node)


def _call_shape(arguments: Node | None) -> CallShape | None:
    if arguments is None:
        return CallShape(positional=0, keywords=(), unpacks=False)
    positional, keywords, unpacks = 0, [], False
    for node in arguments.named_children:
        if node.type == "pair":
            key = node.child_by_field_name("key")
            unpacks = unpacks or key is None or key.type not in ("hash_key_symbol", "simple_symbol")
            keywords.append(text_of(node.child_by_field_name("key")).strip("\"':"))
        elif node.type in ("splat_argument", "hash_splat_argument", "forward_argument"):
            unpacks = True
        elif node.type not in ("comment", "block_argument"):
            positional += 1
    return CallShape(positional=positional, keywords=tuple(keywords), unpacks=unpacks)


def _imports(root: Node, grammar: Grammar) -> tuple[Import, ...]:
    query = grammar.compile("(call method: (identifier) @method arguments: (argument_list (string))) @import")
    found = []
    for node in captures(query, root).get("import", []):
        module = required_module(node)
        if module is not None:
            found.append(Import(module, None, None, node.start_byte, node.start_byte))
    return tuple(sorted(found, key=lambda item: item.start))


def required_module(call: Node) -> str | None:
    """The file that a `require`, `require_relative`, `load` or `autoload` names; a relative one begins with a dot.

    None for other calls, and where the name is computed.
    """
    method, listed = call.child_by_field_name("method"), call.child_by_field_name("arguments")
    if listed is None or text_of(method) not in _REQUIRES:
        return None
    strings = [node for node in listed.named_children if node.type == "string"]
    if not strings or any(part.type != "string_content" for part in strings[-1].named_children):
        return None
    written = "".join(text_of(part) for part in strings[-1].named_children)
    relative = text_of(method) == "require_relative" and not written.startswith(".")
    return f"./{written}" if relative else written or None


RUBY = Grammar(
    language="ruby",
    family="ruby",
    extensions=(".rb", ".rake", ".gemspec", ".ru"),
    module="tree_sitter_ruby",
    query="ruby.scm",
    names=frozenset({"identifier", "constant", "setter", "operator"}),
    scopes={
        "program": "file",
        "method": "function",
        "singleton_method": "function",
        "lambda": "function",
        "class": "class",
        "module": "class",
        "singleton_class": "class",
        "block": "block",
        "do_block": "block",
    },
    bindings=frozenset(
        {
            ("assignment", "left"),
            ("operator_assignment", "left"),
            ("method_parameters", None),
            ("block_parameters", None),
            ("block_parameters", "locals"),
            ("lambda_parameters", None),
            ("optional_parameter", "name"),
            ("keyword_parameter", "name"),
            ("splat_parameter", "name"),
            ("hash_splat_parameter", "name"),
            ("block_parameter", "name"),
            ("exception_variable", None),
            ("for", "pattern"),
            ("as_pattern", "name"),
        }
    ),
    patterns=named(
        "left_assignment_list destructured_left_assignment rest_assignment destructured_parameter"
    ),
    definitions=frozenset(
        {("method", "name"), ("singleton_method", "name"), ("class", "name"), ("module", "name")}
    ),
    labels=frozenset({("alias", "name"), ("undef", None)}),
    members={"call": ("receiver", "method"), "scope_resolution": ("scope", "name")},
    calls={"call": ("method", "arguments")},
    wrappers=frozenset({"parenthesized_statements"}),
    import_statements=frozenset(),
    literals=named("string array hash integer float simple_symbol string_array symbol_array regex"),
    call_shape=_call_shape,
    parameters=_parameters,
    imports=_imports,
    builtins=frozenset(),
    constructors=frozenset({"initialize"}),
)
