"""Tells strings and comments of a program from its code: by the grammar, or by a scanner where there is none."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.literals.piece import Span
from reviewer.evidence.syntax.bounded import parse
from reviewer.evidence.syntax.grammars.row import named
from reviewer.evidence.syntax.languages import grammar_of

_STRINGS = frozenset({"string", "template_string", "heredoc_body", "jsx_text", "regex", "encapsed_string"})
_HASH = named(
    """
    py pyi rb rake gemspec ru sh bash yml yaml toml pl r ex exs tf
    """
)
_SLASHES = named(
    """
    js jsx mjs cjs ts tsx go java kt kts scala swift rs c h cc cpp hpp cs php dart groovy gradle vue
    svelte
    """
)
_MAX_NODES = 400_000


def spans_of(path: str, text: str) -> tuple[list[Span], bool]:
    """Strings and comments in order, and whether a grammar told them."""
    grammar = grammar_of(path)
    if grammar is not None:
        source = text.encode("utf-8", "surrogatepass")
        tree, limit = parse(source, grammar.tree_sitter, scan=grammar.scanned)
        found = _by_tree(tree.root_node) if limit is None else None
        if found is not None:
            return _in_characters(found, text, source), True
    return list(_by_scanner(path, text)), False


def _by_tree(root: Node) -> list[Span] | None:
    """Byte spans; None when the tree is too large to walk."""
    found: list[Span] = []
    cursor = root.walk()
    for _ in range(_MAX_NODES):
        node = cursor.node
        if node is None:
            return found
        kind = node.type
        is_comment = "comment" in kind
        is_string = kind in _STRINGS or kind.endswith("string_literal")
        if is_comment or (is_string and node.is_named):
            found.append(Span(node.start_byte, node.end_byte, is_comment))
        elif cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return found
    return None


def _in_characters(spans: list[Span], text: str, source: bytes) -> list[Span]:
    if len(source) == len(text):
        return spans
    at_byte = at_character = 0
    found = []
    for span in spans:
        at_character += len(source[at_byte : span.start].decode("utf-8", "replace"))
        length = len(source[span.start : span.end].decode("utf-8", "replace"))
        found.append(Span(at_character, at_character + length, span.is_comment))
        at_byte, at_character = span.end, at_character + length
    return found


_TOKEN = {
    "hash": r"(?P<comment>\#(?!\{)[^\n]*|^=begin\b[\s\S]*?^=end\b)",
    "slashes": r"(?P<comment>//[^\n]*|/\*[\s\S]*?(?:\*/|\Z))",
    "both": r"(?P<comment>//[^\n]*|\#(?!\[)[^\n]*|/\*[\s\S]*?(?:\*/|\Z))",
    "dashes": r"(?P<comment>--[^\n]*|/\*[\s\S]*?(?:\*/|\Z))",
    "none": r"(?P<comment>(?!))",
}
_QUOTED = (
    r'|(?P<string>"""[\s\S]*?(?:"""|\Z)|\'\'\'[\s\S]*?(?:\'\'\'|\Z)|"(?:[^"\\\n]|\\[\s\S])*"|\'(?:[^\'\\\n]|\\[\s\S])*\''
    r"|`(?:[^`\\]|\\[\s\S])*`|(?<=[=(,:~]\s)/(?![*/\s])(?:[^/\\\n]|\\.)+/)"
)
_PATTERNS = {name: re.compile(comment + _QUOTED, re.MULTILINE) for name, comment in _TOKEN.items()}


def _by_scanner(path: str, text: str) -> Iterator[Span]:
    extension = path.rsplit(".", 1)[-1].lower()
    if extension == "php":
        style = "both"
    elif extension in _SLASHES:
        style = "slashes"
    elif extension in ("sql", "lua", "hs"):
        style = "dashes"
    else:
        style = "hash" if extension in _HASH else "none"
    for match in _PATTERNS[style].finditer(text):
        yield Span(match.start(), match.end(), match["comment"] is not None)
