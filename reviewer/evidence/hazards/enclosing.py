"""Finds the function around a node without climbing: a tree-sitter node finds its parent by a walk from the root."""

from bisect import bisect_right

from tree_sitter import Node

from reviewer.evidence.hazards.touched_file import TouchedFile


class Enclosing:
    """The touched nodes of some types, asked which of them lies closest around a node on touched lines."""

    def __init__(self, file: TouchedFile, *kinds: str) -> None:
        found = sorted(
            (one for one in file.nodes(*kinds) if one.is_named),
            key=lambda one: (one.start_byte, -one.end_byte),
        )
        self._nodes = found
        self._starts = [one.start_byte for one in found]
        self._above: list[int] = []
        open_nodes: list[int] = []
        for at, one in enumerate(found):
            while open_nodes and found[open_nodes[-1]].end_byte <= one.start_byte:
                open_nodes.pop()
            self._above.append(open_nodes[-1] if open_nodes else -1)
            open_nodes.append(at)

    def around(self, node: Node) -> Node | None:
        """The innermost one that holds `node` and is not `node` itself."""
        at = bisect_right(self._starts, node.start_byte) - 1
        while at >= 0:
            found = self._nodes[at]
            if found.end_byte >= node.end_byte and found.id != node.id:
                return found
            at = self._above[at]
        return None
