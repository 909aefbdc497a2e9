"""Asks a tree by query within a limit: each match that is begun costs time at every node until it ends."""

from tree_sitter import Node, Query, QueryCursor

MAX_BEGUN = 1_000
"""Matches begun at a time. Without a limit 20,000 calls one behind the other in Ruby take 3 s."""

_MAX_DEPTH = 20_000
"""Where matches may begin; beyond 65,535 levels the other limit bounds nothing. To get so deep takes calls one behind
the other, which pass it first."""


class QueryStopped(Exception):  # noqa: N818 - not an error of the review: whoever asks says what is not known
    """More matches were begun than are followed, so that some may be missing."""


def captures(query: Query, root: Node) -> dict[str, list[Node]]:
    """What the query captures below `root`, by the name of the capture; all of it, or a `QueryStopped`."""
    cursor = QueryCursor(query, match_limit=MAX_BEGUN)
    cursor.set_max_start_depth(_MAX_DEPTH)
    # No progress callback: with one, the binding (0.26) crashes on a mere 5,000 assignments in JavaScript.
    found = cursor.captures(root)
    if cursor.did_exceed_match_limit:
        raise QueryStopped(f"nested so deeply that a query begins more than {MAX_BEGUN} matches at a time")
    return found
