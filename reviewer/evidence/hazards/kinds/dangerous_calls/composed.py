"""Text that a program puts together, taken apart into what is written and what is filled in."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from reviewer.evidence.hazards.kinds.dangerous_calls.call import Call, call_of
from reviewer.evidence.hazards.kinds.dangerous_calls.values import MAX_DEPTH, Values
from reviewer.evidence.hazards.touched_file import text_of
from reviewer.evidence.syntax.grammars.row import named

Piece = str | Node

_STRINGS = named(
    """
    string template_string string_literal interpreted_string_literal raw_string_literal heredoc_body subshell
    text_block
    """
)
_TEXTS = named(
    """
    string_content string_fragment escape_sequence heredoc_content interpreted_string_literal_content
    raw_string_literal_content multiline_string_fragment
    """
)
_ROWS = named("parenthesized_expression concatenated_string chained_string")
_FILLED = named("interpolation template_substitution")
_SUMS = named("binary_operator binary_expression binary")
_PERCENT = re.compile(r"%(?:\(\w{1,60}\))?[-#0 +.\d]{0,12}([a-zA-Z%])")
_BRACES = re.compile(r"\{([^{}]{0,80})\}")
_NUMBERS = frozenset("diuxXfFeEgGqtpcob%")
"""Verbs that let no free text through; Go's `%q` quotes."""


def pieces(node: Node, values: Values, depth: int = 0) -> list[Piece]:
    """`node` as a row of written text and of expressions that fill it; names are followed to what they hold."""
    if depth > MAX_DEPTH:
        return [node]
    text = _heredoc(node) if node.type == "heredoc_beginning" else node
    if text is not None and text.type in _STRINGS:
        return list(_of_string(text))
    if node.type in _ROWS:
        return [piece for child in node.named_children for piece in pieces(child, values, depth + 1)]
    if node.type in _SUMS:
        return _of_sum(node, values, depth)
    if node.type == "identifier":
        return _of_name(node, values, depth)
    call = call_of(node)
    return _of_call(call, values, depth) if call else [node]


def filled_in(row: Sequence[Piece], values: Values) -> list[tuple[str, Node]]:
    """The expressions that are neither constant nor quoted, each with the text before it.

    Empty unless some text is written too: then it is a value that comes from elsewhere as a whole.
    """
    if not any(isinstance(piece, str) and piece.strip() for piece in row):
        return []
    before, found = "", []
    for piece in row:
        if isinstance(piece, str):
            before += piece
        elif not values.is_harmless(piece):
            found.append((before, piece))
            before += "\0"
        else:
            before += "\1"
    return found


def _of_string(node: Node) -> Iterator[Piece]:
    if not node.named_children:
        yield text_of(node).strip("\"'`")
    for child in node.named_children:
        if child.type in _TEXTS:
            yield text_of(child)
        elif child.type in _FILLED:
            inner = child.child_by_field_name("expression") or next(iter(child.named_children), None)
            if inner is not None:
                yield inner


def _heredoc(beginning: Node) -> Node | None:
    bodies: list[Node] = []
    above = beginning.parent
    while above is not None and not bodies:
        bodies = [child for child in above.named_children if child.type == "heredoc_body"]
        above = above.parent
    return next((body for body in bodies if body.start_byte > beginning.end_byte), None)


def _of_sum(node: Node, values: Values, depth: int) -> list[Piece]:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    operator = node.child_by_field_name("operator")
    if left is None or right is None or operator is None:
        return [node]
    if operator.type == "+":
        return [*pieces(left, values, depth + 1), *pieces(right, values, depth + 1)]
    if operator.type == "%":
        filling = right.named_children if right.type in ("tuple", "array") else [right]
        return _fill(pieces(left, values, depth + 1), _PERCENT, filling, {})
    return [node]


def _of_name(node: Node, values: Values, depth: int) -> list[Piece]:
    row: list[Piece] = []
    for value in values.given(node):
        if value is None or value.start_byte <= node.start_byte < value.end_byte:
            return [node]
        row += [*pieces(value, values, depth + 4), " "]
    return row if any(isinstance(piece, str) and piece.strip() for piece in row) else [node]


def _of_call(call: Call, values: Values, depth: int) -> list[Piece]:
    if call.name in ("strip", "trim", "squish", "stripIndent", "freeze") and call.receiver is not None:
        return pieces(call.receiver, values, depth + 1)
    if call.name in ("dedent", "text") and len(call.positional) == 1:
        return pieces(call.positional[0], values, depth + 1)
    if call.name in ("Sprintf", "sprintf") or call.dotted in ("String.format", "format"):
        if not call.positional:
            return [call.node]
        return _fill(pieces(call.positional[0], values, depth + 1), _PERCENT, call.positional[1:], {})
    if call.name in ("format", "formatted") and call.receiver is not None:
        form = _BRACES if call.name == "format" else _PERCENT
        return _fill(pieces(call.receiver, values, depth + 1), form, call.positional, dict(call.keywords))
    return [call.node]


def _fill(
    row: list[Piece], form: re.Pattern[str], filling: Sequence[Node], keywords: dict[str, Node]
) -> list[Piece]:
    """`row` with its places filled in order, or by name; a place for a number holds no text."""
    done: list[Piece] = []
    waiting = iter(filling)
    for piece in row:
        if not isinstance(piece, str):
            done.append(piece)
            continue
        at = 0
        for match in form.finditer(piece):
            done.append(piece[at : match.start()])
            at = match.end()
            if match.group() == "%%":
                continue
            key = match.group(1)
            by_name = keywords.get(key.split(".")[0].split("[")[0])
            value = by_name if by_name is not None else next(waiting, None)
            is_number = form is _PERCENT and key in _NUMBERS
            done.append("0" if value is None or is_number else value)
        done.append(piece[at:])
    return done
