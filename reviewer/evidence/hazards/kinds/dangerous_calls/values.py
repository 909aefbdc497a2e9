"""What is known of a value without running the program: is it a constant, and where does it come from."""

import re
from collections import defaultdict
from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.kinds.dangerous_calls.call import call_of
from reviewer.evidence.hazards.touched_file import TouchedFile, ancestors, text_of
from reviewer.evidence.syntax.grammars.row import named

MAX_DEPTH = 12
_MAX_NODES = 400_000
"""Of one file; beyond it nothing is known of its values, so that nothing is told."""
_LITERALS = named(
    """
    integer float number int_literal float_literal imaginary_literal rune_literal decimal_integer_literal
    decimal_floating_point_literal hex_integer_literal character_literal true false none null nil null_literal
    undefined simple_symbol regex string_fragment string_content interpreted_string_literal raw_string_literal
    string_start string_end escape_sequence format_specifier type_identifier class_literal constant heredoc_content
    heredoc_end interpreted_string_literal_content raw_string_literal_content multiline_string_fragment ellipsis
    """
)
_WHOLES = named(
    """
    string template_string concatenated_string chained_string string_literal heredoc_body interpolation
    template_substitution string_interpolation parenthesized_expression parenthesized_statements binary_operator
    binary_expression binary boolean_operator
    list tuple array dictionary pair object set expression_list argument_list arguments keyword_argument
    conditional_expression ternary_expression conditional unary_operator unary_expression unary as_expression
    satisfies_expression non_null_expression literal_value literal_element keyed_element composite_literal
    array_initializer string_array symbol_array bare_string hash comparison_operator cast_expression
    """
)
_PATHS = named("attribute member_expression selector_expression field_access scope_resolution")
_FUNCTIONS = named(
    """
    function_definition function_declaration function_expression arrow_function method_definition
    generator_function_declaration generator_function method_declaration func_literal constructor_declaration method
    singleton_method lambda_expression lambda
    """
)
_HARMLESS = re.compile(
    r"quot|escap|sanit|literal|identifier|encodeuri|placeholder"
    r"|^(?:int|float|len|bool|str2int|number|parseint|parsefloat|to_i|to_f|itoa|formatint|valueof|ord|size|length|count"
    r"|id|hash|hex|hexdigest|token_hex|uuid4|getpid|time|now)$",
    re.IGNORECASE,
)
"""Functions whose result holds no text that an outsider chooses, or that are there to quote it."""
_KEEPERS = frozenset(
    {"format", "formatted", "Sprintf", "join", "concat", "str", "String", "to_s", "toString", "bytes",
     "strip", "lstrip", "rstrip", "trim", "squish", "lower", "upper", "replace", "split", "dedent",
     "encode", "decode", "freeze", "compile", "range", "sorted", "list", "tuple", "zip", "enumerate",
     "items", "keys", "values", "entries"}
)  # fmt: skip
"""Functions of constants that give a constant."""


class Values:
    """Answers for one file. Names are followed to what the same function, or the file's top, gives them."""

    def __init__(self, file: TouchedFile) -> None:
        self._file = file
        self._bound: dict[int, dict[str, list[Node | None]]] | None = None

    def is_constant(self, node: Node, depth: int = 0) -> bool:
        """True when every run gives the same value, as far as the file shows; names in capitals are constants."""
        if depth > MAX_DEPTH:
            return False
        if node.type in _LITERALS:
            return True
        if node.type in _WHOLES:
            return all(self.is_constant(child, depth + 1) for child in node.named_children)
        if node.type == "identifier":
            return self._is_constant_name(node, depth)
        if node.type in _PATHS:
            return text_of(node).replace("::", ".").rsplit(".", 1)[-1].isupper() or _is_own_place(node)
        return self._is_constant_call(node, depth)

    def is_harmless(self, node: Node, depth: int = 0) -> bool:
        """True for a constant, a number, and what went through a function that quotes or checks."""
        if self.is_constant(node):
            return True
        call = call_of(node)
        if call is not None:
            return bool(_HARMLESS.search(call.name))
        if node.type in ("interpolation", "template_substitution", "parenthesized_expression"):
            return all(self.is_harmless(child, depth + 1) for child in node.named_children)
        if node.type != "identifier" or depth > 3:
            return bool(node.type == "attribute" and _is_own_place(node))
        values = self.given(node)
        return bool(values) and all(
            value is not None and self.is_harmless(value, depth + 1) for value in values
        )

    def given(self, name: Node) -> list[Node | None]:
        """What `name` is given in the innermost function that binds it, else at the file's top; None is unknown."""
        word = text_of(name)
        for above in ancestors(name):
            if above.type in _FUNCTIONS or above.parent is None:
                values = self._bindings.get(above.id, {}).get(word)
                if values:
                    return values
        return []

    def function(self, node: Node) -> Node:
        """The innermost function around `node`; the file where there is none."""
        last = node
        for above in ancestors(node):
            if above.type in _FUNCTIONS:
                return above
            last = above
        return last

    def _is_constant_name(self, node: Node, depth: int) -> bool:
        word = text_of(node)
        if len(word) > 1 and word.isupper():
            return True
        values = self.given(node)
        return bool(values) and all(
            value is not None and not _is_within(node, value) and self.is_constant(value, depth + 3)
            for value in values
        )

    def _is_constant_call(self, node: Node, depth: int) -> bool:
        call = call_of(node)
        if call is None or call.name not in _KEEPERS:
            return False
        parts = [*call.positional, *call.keywords.values()]
        if call.receiver is not None and not _is_module(call.receiver):
            parts.append(call.receiver)
        return all(self.is_constant(part, depth + 1) for part in parts)

    @property
    def _bindings(self) -> dict[int, dict[str, list[Node | None]]]:
        if self._bound is None:
            self._bound = defaultdict(lambda: defaultdict(list))
            self._collect(self._file.code.keep_tree())
        return self._bound

    def _collect(self, root: Node) -> None:
        waiting = [(root, root.id)]
        seen = 0
        while waiting and self._bound is not None:
            node, scope = waiting.pop()
            seen += 1
            if seen > _MAX_NODES:
                raise ValueError(f"more than {_MAX_NODES} nodes: values are not followed")
            if node.type in _FUNCTIONS:
                scope = node.id
                for word in _parameters(node):
                    self._bound[scope][word].append(None)
            for word, value in _bound_by(node):
                self._bound[scope][word].append(value)
            waiting += [(child, scope) for child in reversed(node.named_children)]


_MODULES = frozenset({"fmt", "textwrap", "String", "re", "strings"})


def _is_module(receiver: Node) -> bool:
    return receiver.type == "constant" or text_of(receiver) in _MODULES


def _is_own_place(node: Node) -> bool:
    """Where the program itself runs: no outsider chooses that."""
    return text_of(node) in ("sys.executable", "process.execPath", "process.pid", "sys.version_info")


def _is_within(node: Node, value: Node) -> bool:
    return value.start_byte <= node.start_byte and node.end_byte <= value.end_byte


def _parameters(function: Node) -> Iterator[str]:
    parameters = function.child_by_field_name("parameters") or function.child_by_field_name("parameter")
    waiting = [parameters] if parameters is not None else []
    while waiting:
        node = waiting.pop()
        if node.type in ("identifier", "shorthand_property_identifier_pattern"):
            yield text_of(node)
        waiting += [
            child
            for child in node.named_children
            if node.child_by_field_name("value") != child or node.type == "pair_pattern"
        ]


def _bound_by(node: Node) -> Iterator[tuple[str, Node | None]]:
    """Names that this statement binds, each with its value."""
    left = node.child_by_field_name("left") or node.child_by_field_name("name")
    right = node.child_by_field_name("right") or node.child_by_field_name("value")
    if node.type in _FUNCTIONS or left is None or right is None:
        return
    if node.type in _NOT_BINDING:
        return
    lefts = left.named_children if left.type in _SEVERAL else [left]
    rights = right.named_children if right.type in _SEVERAL else [right]
    together = len(lefts) == len(rights) and node.type not in _LOOPS
    for at, target in enumerate(lefts):
        if target.type in ("identifier", "shorthand_property_identifier_pattern"):
            value = rights[at] if together else right
            yield text_of(target), value if together or node.type in _LOOPS else None


_NOT_BINDING = named("keyword_argument default_parameter typed_default_parameter pair named_expression_list")
_SEVERAL = named(
    "expression_list pattern_list tuple_pattern left_assignment_list right_assignment_list tuple"
)
_LOOPS = named("for_statement for_in_statement range_clause enhanced_for_statement for_in_clause for")
