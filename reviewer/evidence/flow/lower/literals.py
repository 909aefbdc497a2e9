"""Reads literals whose value may be a key or a name."""

from tree_sitter import Node

from reviewer.evidence.syntax.grammars.row import text_of

_LONGEST = 200
_QUOTES = "\"'`"


def string_text(node: Node) -> str | None:
    """The text of a plain string; None when it is long, prefixed, has escapes or parts that are computed."""
    text = text_of(node)
    if len(text) < 2 or len(text) > _LONGEST or text[0] not in _QUOTES or "\\" in text:
        return None
    if any(child.type in ("interpolation", "template_substitution") for child in node.named_children):
        return None
    quote = text[0] * 3 if text[:3] == text[0] * 3 and len(text) >= 6 else text[0]
    return text[len(quote) : -len(quote)] if text.endswith(quote) else None


def integer(node: Node) -> int | None:
    """The value of a plain whole number; None for other ways of writing one."""
    text = text_of(node).replace("_", "")
    return int(text) if text.isdecimal() and len(text) < 19 else None
