"""Ruby: an empty `rescue` of every error, `rescue nil`, and `rescue Exception` that lets nothing through."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.intent import (
    cleans_up,
    converts,
    first_line,
    inside,
    is_commented,
    is_for_cleanup,
)
from reviewer.evidence.hazards.touched_file import TouchedFile, ancestors, field, lines_of, text_of

_BROAD = frozenset({"StandardError", "Exception"})
_TELLS = ("log", "warn", "error", "report", "notify", "handle")
_LEAVES = frozenset({"raise", "exit", "exit!", "abort", "fail", "throw", "return"})
_STATEMENTS = frozenset({"body_statement", "program", "then", "begin", "block_body"})
_FUNCTIONS = frozenset({"method", "singleton_method"})


def find(file: TouchedFile) -> Iterator[Spot]:
    """Handlers that neither raise nor use the error."""
    for clause in file.nodes("rescue"):
        around = clause.parent
        if not clause.is_named or around is None or is_commented(clause) or _is_meant(clause, around):
            continue
        caught = clause.child_by_field_name("exceptions")
        classes = [text_of(one) for one in caught.named_children] if caught is not None else ["StandardError"]
        handler = clause.child_by_field_name("body")
        if not (_BROAD & set(classes)):
            continue
        if handler is None or not handler.named_children:
            if not _is_kept(clause):
                yield Spot("empty-rescue", *lines_of(clause), (_tried(around),))
        elif "Exception" in classes and not _passes_on(clause, handler):
            yield Spot("rescued-exception", *lines_of(clause), (_tried(around),))
    for modifier in file.nodes("rescue_modifier"):
        body = field(modifier, "body")
        if field(modifier, "handler").type != "nil" or is_commented(modifier) or _cleans(body):
            continue
        if _is_thrown_away(modifier) and not _is_in_cleanup(modifier):
            yield Spot("rescue-nil", *lines_of(modifier), (first_line(body),))


def _is_thrown_away(modifier: Node) -> bool:
    """True when nobody takes the nil: as a value it is a way to say that there is none."""
    after, above = modifier.next_named_sibling, modifier.parent
    return after is not None and above is not None and above.type in _STATEMENTS


def _tried(around: Node) -> str:
    return first_line(around.named_children[0]) if around.named_children else ""


def _is_meant(clause: Node, around: Node) -> bool:
    tried = [one for one in around.named_children if one.type not in ("rescue", "else", "ensure")]
    before = around.prev_sibling
    is_told = before is not None and before.type == "comment" and around.type == "begin"
    return is_told or _only_converts(tried) or any(_cleans(one) for one in tried) or _is_in_cleanup(clause)


def _only_converts(tried: list[Node]) -> bool:
    calls = [one.child_by_field_name("method") for one in inside(tried[0])] if len(tried) == 1 else []
    return any(one is not None and converts(text_of(one)) for one in calls)


def _cleans(body: Node) -> bool:
    for one in inside(body):
        name = one.child_by_field_name("method") if one.type == "call" else None
        if name is not None and cleans_up(text_of(name)):
            return True
        if one.type == "identifier" and cleans_up(text_of(one)):
            return True
    return False


def _is_in_cleanup(node: Node) -> bool:
    for above in ancestors(node):
        if above.type == "ensure":
            return True
        if above.type in _FUNCTIONS:
            return is_for_cleanup(text_of(field(above, "name")))
    return False


def _is_kept(clause: Node) -> bool:
    """True when what is bound by `rescue => error` is looked at after it."""
    variable = clause.child_by_field_name("variable")
    function = next((one for one in ancestors(clause) if one.type in _FUNCTIONS), None)
    if variable is None or function is None:
        return False
    name = text_of(variable.named_children[0])
    return any(
        one.type == "identifier" and text_of(one) == name and one.start_byte > clause.end_byte
        for one in inside(function)
    )


def _passes_on(clause: Node, handler: Node) -> bool:
    variable = clause.child_by_field_name("variable")
    error = text_of(variable.named_children[0]) if variable is not None and variable.named_children else "$!"
    for one in inside(handler):
        word = text_of(one) if one.type in ("identifier", "global_variable", "return", "constant") else ""
        if word in _LEAVES or word in (error, "$!") or word.lower().startswith(_TELLS):
            return True
    return False
