"""Reads YAML that nobody can be trusted to have written well, with the line of each part."""

from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reviewer.evidence.literals.piece import LineStarts

MAX_CHARACTERS = 60_000
"""The parser reads about 250,000 a second."""
_MAX_DEPTH = 30


class YamlTree:
    """One document. `ValueError` when it is none, too large or too deep; aliases are the nodes they name."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_CHARACTERS:
            raise ValueError(f"{len(text)} characters of YAML, limit {MAX_CHARACTERS}")
        _refuse_depth(text)
        try:
            self.root: Node | None = YAML(typ="safe", pure=True).compose(text)
        except (YAMLError, RecursionError) as error:
            raise ValueError(f"no YAML that can be read: {str(error).splitlines()[0]}") from error
        self._lines = LineStarts(text)

    def line(self, node: Node) -> int:
        """The line, from 1, that `node` begins on."""
        return int(self._lines.line(node.start_mark.index))

    def last_line(self, node: Node) -> int:
        """The last line of `node`; that of the next token for a block, whose end is not marked."""
        return int(self._lines.line(max(node.start_mark.index, node.end_mark.index - 1)))


def _refuse_depth(text: str) -> None:
    """The parser's time grows with the square of what stands in brackets in brackets."""
    depth = 0
    for character in text:
        depth = max(0, depth + (character in "[{") - (character in "]}"))
        if depth > _MAX_DEPTH:
            raise ValueError(f"more than {_MAX_DEPTH} brackets inside each other")
    if "- " * _MAX_DEPTH in text or "? " * _MAX_DEPTH in text:
        raise ValueError(f"more than {_MAX_DEPTH} lists inside each other")


def pairs(node: Node | None) -> Iterator[tuple[str, Node, Node]]:
    """Name, key and value of each pair; nothing for what is no mapping."""
    for key, value in node.value if isinstance(node, MappingNode) else ():
        if isinstance(key, ScalarNode):
            yield str(key.value), key, value


def child(node: Node | None, name: str) -> Node | None:
    """The value under `name`; None where there is none."""
    return next((value for key, _, value in pairs(node) if key == name), None)


def items(node: Node | None) -> list[Node]:
    """The parts of a list; nothing for what is no list."""
    return list(node.value) if isinstance(node, SequenceNode) else []


def scalar(node: Node | None) -> str:
    """A plain value as it is written; empty for anything else."""
    return str(node.value) if isinstance(node, ScalarNode) else ""


def words(node: Node | None) -> list[str]:
    """A value, the values of a list, or the names of a mapping."""
    if isinstance(node, MappingNode):
        return [name for name, _, _ in pairs(node)]
    return [scalar(node)] if isinstance(node, ScalarNode) else [scalar(part) for part in items(node)]
