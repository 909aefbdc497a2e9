"""Tells whether the author of code that looks wrong shows that it is meant."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.touched_file import text_of
from reviewer.evidence.syntax.grammars.row import named

COMMENTS = named("comment line_comment block_comment")
_MAX_NODES = 20_000
_CLEANUP = named(
    """
    close closesocket dispose destroy kill terminate unlink remove rollback cancel stop shutdown disconnect release
    quit abort cleanup clean teardown tear rm rmtree rmdir end detach unregister unsubscribe join wait flush reset
    interrupt delete clear discard drop reopen
    """
)
"""First words of names of calls that put something away."""
_CLEANING = (
    "close", "cleanup", "teardown", "shutdown", "dispose", "destroy", "stop", "release", "disconnect", "discard",
    "quiet", "silent", "failsafe",
)  # fmt: skip


def inside(node: Node) -> Iterator[Node]:
    """`node` and all below it in the order of the text; a `ValueError` beyond a limit of nodes."""
    waiting, seen = [node], 0
    while waiting:
        one = waiting.pop()
        seen += 1
        if seen > _MAX_NODES:
            raise ValueError(f"line {node.start_point.row + 1}: more than {_MAX_NODES} nodes")
        yield one
        waiting += reversed(one.children)


def is_commented(node: Node) -> bool:
    """True when a comment stands in `node`, on the lines where it begins or ends, or on the line above."""
    if any(one.type in COMMENTS for one in inside(node)):
        return True
    first, last = node.start_point.row, node.end_point.row
    before, after = node.prev_sibling, node.next_sibling
    if before is not None and before.type in COMMENTS and before.end_point.row >= first - 1:
        return True
    return after is not None and after.type in COMMENTS and after.start_point.row <= last


def cleans_up(name: str) -> bool:
    """True for the name of a call after which nobody needs what it was called on: `close`, `removeItem`, `rm_rf`."""
    plain = name.lstrip("_")
    if plain.lower() in _CLEANUP:
        return True
    first = plain.split("_", 1)[0].rstrip("?!")
    upper = next((at for at, letter in enumerate(first) if at and letter.isupper()), len(first))
    return first[:upper].lower() in _CLEANUP


def converts(name: str) -> bool:
    """True for the name of a call that fails when a text is of another form, which is an answer: `ParseInt`."""
    return name.lower().startswith(("parse", "atoi", "integer", "float", "constantize", "to_"))


def is_for_cleanup(function: str) -> bool:
    """True for the name of a function that puts things away: `close`, `on_shutdown`, `stopServer`."""
    plain = function.lower().replace("_", "")
    return function in ("__del__", "__exit__", "__aexit__", "finalize") or any(
        word in plain for word in _CLEANING
    )


def first_line(node: Node) -> str:
    """The first line of what `node` is written as, but for comments and an opening brace."""
    for line in text_of(node).splitlines():
        plain = line.strip().lstrip("{").strip()
        if plain and not plain.startswith(("#", "//", "/*", "*")):
            return plain
    return ""
