"""How Go binds names, calls functions and imports packages."""

from tree_sitter import Node, QueryCursor

from reviewer.domain.evidence import CallShape, Parameters
from reviewer.evidence.syntax.grammars.row import Grammar, Surroundings, named, text_of
from reviewer.evidence.syntax.parsed import Import

DOT_IMPORT = "*"


def _parameters(function: Node, around: Surroundings) -> Parameters | None:  # noqa: ARG001 - the row's shape
    listed = function.child_by_field_name("parameters")
    if listed is None:
        return None
    required: list[str] = []
    variadic = False
    for node in listed.named_children:
        if node.type == "variadic_parameter_declaration":
            variadic = True
        elif node.type == "parameter_declaration":
            names = [text_of(name) for name in node.children_by_field_name("name")]
            required.extend(names or ["_"])
    return Parameters(
        required=tuple(required),
        optional=(),
        positional_limit=None if variadic else len(required),
        takes_any_keyword=False,
        names_count=False,
    )


def _call_shape(arguments: Node | None) -> CallShape | None:
    if arguments is None or arguments.type != "argument_list":
        return None
    given = [node for node in arguments.named_children if node.type != "comment"]
    # f(g()) passes on as many values as g returns, and that cannot be seen here.
    passes_on = len(given) == 1 and given[0].type == "call_expression"
    unpacks = passes_on or any(node.type == "variadic_argument" for node in given)
    return CallShape(positional=len(given), keywords=(), unpacks=unpacks)


def _imports(root: Node, grammar: Grammar) -> tuple[Import, ...]:
    found = []
    for node in QueryCursor(grammar.compile("(import_spec) @import")).captures(root).get("import", []):
        path, alias = node.child_by_field_name("path"), node.child_by_field_name("name")
        module = text_of(path).strip('"`')
        at = alias.start_byte if alias else node.start_byte
        if alias and alias.type == "dot":
            found.append(Import(module, DOT_IMPORT, None, at, at))
        else:
            found.append(Import(module, None, text_of(alias) or default_package_name(module), at, at))
    return tuple(sorted(found, key=lambda item: item.start))


def default_package_name(module: str) -> str:
    """The name a package most likely has: the path's last part, without a major version, `go-` or `.vN`."""
    parts = [part for part in module.split("/") if part]
    if len(parts) > 1 and parts[-1][:1] == "v" and parts[-1][1:].isdigit():
        parts.pop()
    name = parts[-1].split(".")[0] if parts else ""
    return name.removeprefix("go-").removesuffix("-go").replace("-", "")


GO = Grammar(
    language="go",
    family="go",
    extensions=(".go",),
    module="tree_sitter_go",
    query="go.scm",
    names=frozenset({"identifier", "type_identifier", "field_identifier"}),
    scopes={
        "source_file": "file",
        "function_declaration": "function",
        "method_declaration": "function",
        "func_literal": "function",
        **dict.fromkeys(
            named(
                "block if_statement for_statement expression_switch_statement type_switch_statement "
                "select_statement expression_case type_case default_case communication_case"
            ),
            "block",
        ),
    },
    bindings=frozenset(
        {
            ("short_var_declaration", "left"),
            ("var_spec", "name"),
            ("const_spec", "name"),
            ("parameter_declaration", "name"),
            ("variadic_parameter_declaration", "name"),
            ("type_parameter_declaration", "name"),
            ("range_clause", "left"),
            ("receive_statement", "left"),
            ("type_switch_statement", "alias"),
            ("type_spec", "name"),
            ("type_alias", "name"),
        }
    ),
    patterns=frozenset({"expression_list"}),
    definitions=frozenset({("function_declaration", "name"), ("method_declaration", "name")}),
    labels=frozenset(
        {
            ("field_declaration", "name"),
            ("method_elem", "name"),
            ("labeled_statement", "label"),
            ("dot", None),
        }
    ),
    members={"selector_expression": ("operand", "field"), "qualified_type": ("package", "name")},
    calls={"call_expression": ("function", "arguments")},
    wrappers=frozenset({"parenthesized_expression", "type_instantiation_expression"}),
    import_statements=frozenset({"import_declaration"}),
    literals=frozenset({"interpreted_string_literal", "raw_string_literal", "int_literal"}),
    call_shape=_call_shape,
    parameters=_parameters,
    imports=_imports,
    builtins=named(
        "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 "
        "int64 rune string uint uint8 uint16 uint32 uint64 uintptr true false iota nil append cap "
        "clear close complex copy delete imag len make max min new panic print println real "
        "recover"
    ),
    binds_after=frozenset({"short_var_declaration", "var_spec", "const_spec"}),
)
