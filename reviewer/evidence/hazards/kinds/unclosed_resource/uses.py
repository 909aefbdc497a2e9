"""Every place in a function that names a local variable, and whether one of them could close what it holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tree_sitter import Node

from reviewer.evidence.hazards.touched_file import text_of

_MAX_NODES = 20_000


@dataclass(frozen=True)
class Use:
    """An identifier with what is around it, up to the function."""

    name: Node
    above: tuple[Node, ...]
    """Innermost first; at least three, the last ones are the function itself where it is not so deep."""

    def is_field(self, field: str) -> bool:
        """True when the identifier stands in this field of its parent."""
        child = self.above[0].child_by_field_name(field)
        return child is not None and child.id == self.name.id


def uses(function: Node, name: str, kinds: frozenset[str]) -> Iterator[Use]:
    """Identifiers of these types that are written `name`; a `ValueError` beyond a limit of nodes."""
    waiting: list[tuple[Node, tuple[Node, ...]]] = [(function, ())]
    seen = 0
    while waiting:
        node, above = waiting.pop()
        seen += 1
        if seen > _MAX_NODES:
            raise ValueError(f"line {function.start_point.row + 1}: more than {_MAX_NODES} nodes")
        if node.type in kinds and text_of(node) == name:
            yield Use(node, (*above, function, function, function))
        inner = (node, *above)
        waiting += [(child, inner) for child in reversed(node.children)]


def is_left_open(
    function: Node,
    declared: Node,
    *,
    kinds: frozenset[str],
    functions: frozenset[str],
    is_harmless: Callable[[Use], bool],
) -> bool:
    """True when the variable that is named at `declared` is used in `function` in harmless ways only.

    What a function inside does with it, nobody knows when.
    """
    for use in uses(function, text_of(declared), kinds):
        if use.name.start_byte == declared.start_byte:
            continue
        if any(above.type in functions and above.id != function.id for above in use.above):
            return False
        if not is_harmless(use):
            return False
    return True
