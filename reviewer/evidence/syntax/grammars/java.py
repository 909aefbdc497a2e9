"""How Java binds names, calls methods and imports classes."""

from tree_sitter import Node, QueryCursor

from reviewer.domain.evidence import CallShape, Parameters
from reviewer.evidence.syntax.grammars.row import Grammar, Surroundings, named, text_of
from reviewer.evidence.syntax.parsed import Import


def _parameters(function: Node, around: Surroundings) -> Parameters | None:  # noqa: ARG001 - the row's shape
    listed = function.child_by_field_name("parameters")
    if listed is None:
        return None
    required = []
    variadic = False
    for node in listed.named_children:
        if node.type == "formal_parameter":
            required.append(text_of(node.child_by_field_name("name")))
        variadic = variadic or node.type == "spread_parameter"
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
    given = [node for node in arguments.named_children if not node.type.endswith("comment")]
    return CallShape(positional=len(given), keywords=(), unpacks=False)


def _imports(root: Node, grammar: Grammar) -> tuple[Import, ...]:
    found = []
    for node in QueryCursor(grammar.compile("(import_declaration) @import")).captures(root).get("import", []):
        found.extend(_imports_of(node))
    return tuple(sorted(found, key=lambda item: item.start))


def _imports_of(node: Node) -> list[Import]:
    path = next((child for child in node.named_children if child.type.endswith("identifier")), None)
    if path is None:
        return []
    module = "".join(text_of(path).split())
    if any(child.type == "asterisk" for child in node.children):
        return [Import(module, "*", None, node.start_byte, node.start_byte)]
    last = path.child_by_field_name("name") or path
    owner, _, name = module.rpartition(".")
    if owner and any(child.type == "static" for child in node.children):
        return [Import(owner, name, name, last.start_byte, last.start_byte)]
    return [Import(module, None, name, last.start_byte, last.start_byte)]


_CLASSES = (
    "class_declaration interface_declaration enum_declaration record_declaration annotation_type_declaration"
)
_METHODS = "method_declaration constructor_declaration compact_constructor_declaration"

JAVA = Grammar(
    language="java",
    family="java",
    scanned=True,
    extensions=(".java",),
    module="tree_sitter_java",
    query="java.scm",
    names=frozenset({"identifier", "type_identifier"}),
    scopes={
        "program": "file",
        **dict.fromkeys(
            named("class_body interface_body enum_body record_declaration annotation_type_body"), "class"
        ),
        **dict.fromkeys(named(f"{_METHODS} lambda_expression static_initializer"), "function"),
        **dict.fromkeys(
            named(
                "block constructor_body for_statement enhanced_for_statement catch_clause switch_block "
                "try_with_resources_statement"
            ),
            "block",
        ),
    },
    bindings=frozenset(
        {
            ("formal_parameter", "name"),
            ("variable_declarator", "name"),
            ("catch_formal_parameter", "name"),
            ("enhanced_for_statement", "name"),
            ("resource", "name"),
            ("inferred_parameters", None),
            ("lambda_expression", "parameters"),
            ("instanceof_expression", "name"),
            ("type_parameter", None),
        }
    ),
    patterns=frozenset(),
    definitions=frozenset((kind, "name") for kind in (*_CLASSES.split(), *_METHODS.split())),
    labels=frozenset(
        {
            ("labeled_statement", None),
            ("break_statement", None),
            ("continue_statement", None),
            ("element_value_pair", "key"),
            ("enum_constant", "name"),
            ("annotation_type_element_declaration", "name"),
        }
    ),
    members={"field_access": ("object", "field"), "scoped_identifier": ("scope", "name")},
    calls={
        "method_invocation": ("name", "arguments"),
        "object_creation_expression": ("type", "arguments"),
    },
    wrappers=frozenset({"generic_type"}),
    import_statements=frozenset({"import_declaration", "package_declaration"}),
    literals=named("string_literal character_literal decimal_integer_literal class_literal"),
    call_shape=_call_shape,
    parameters=_parameters,
    imports=_imports,
    builtins=named(
        "Object String Integer Long Double Float Short Byte Boolean Character Number Math System Thread "
        "Runnable Iterable Comparable CharSequence StringBuilder StringBuffer Exception RuntimeException Error "
        "Throwable Class Enum Record Void Override Deprecated SuppressWarnings FunctionalInterface SafeVarargs "
        "AutoCloseable Cloneable Process ProcessBuilder Runtime ThreadLocal ClassLoader Package Module "
        "StackTraceElement InterruptedException IllegalArgumentException IllegalStateException "
        "NullPointerException IndexOutOfBoundsException ArrayIndexOutOfBoundsException ClassCastException "
        "UnsupportedOperationException ArithmeticException NumberFormatException CloneNotSupportedException "
        "ClassNotFoundException NoSuchMethodException NoSuchFieldException ReflectiveOperationException "
        "IllegalAccessException InstantiationException SecurityException AssertionError StackOverflowError "
        "OutOfMemoryError NoClassDefFoundError LinkageError StrictMath InheritableThreadLocal ThreadGroup "
        "Appendable Readable StackWalker ProcessHandle"
    ),
)
