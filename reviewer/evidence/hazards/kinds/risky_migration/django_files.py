"""Django: a migration that was changed after it ran somewhere, and two that both come last."""

import re
from collections.abc import Iterator
from posixpath import basename

from tree_sitter import Node

from reviewer.domain.change import Side
from reviewer.evidence.hazards.detector import Place, Spot
from reviewer.evidence.hazards.kinds.risky_migration.django_operations import sibling_text, siblings
from reviewer.evidence.hazards.touched_file import TouchedFile, lines_of, text_of
from reviewer.evidence.syntax.grammars.row import named

_UNSEEN_BY_THE_DATABASE = named(
    """
    verbose_name help_text choices validators upload_to storage related_name related_query_name blank editable
    error_messages managers options bases default limit_choices_to swappable preserve_default elidable hints
    """
)
_SCHEMA = named(
    """
    AddField AlterField RemoveField RenameField CreateModel DeleteModel RenameModel AddIndex RemoveIndex AddConstraint
    RemoveConstraint AlterModelTable AlterUniqueTogether AddIndexConcurrently
    """
)
_MAX_NODES = 20_000


def last_twice(before: TouchedFile | None, after: TouchedFile | None) -> Iterator[Spot]:
    """A new migration beside another one that nothing follows either."""
    if before is None and after is not None:
        yield from _second_leaf(after)


def edited(before: TouchedFile | None, after: TouchedFile | None) -> Iterator[Spot]:
    """A migration of the base whose operations on the schema are not what they were."""
    if (
        before is not None
        and after is not None
        and before.path == after.path
        and before.units
        and after.units
    ):
        yield from _edited(before, after)


def _edited(before: TouchedFile, after: TouchedFile) -> Iterator[Spot]:
    """An operation on the schema that is not what it was; what only Python sees may change."""
    old, new = _operations(before), _operations(after)
    known = {text for _, text in old}
    kept = {text for _, text in new}
    gone = [node for node, text in old if text not in kept and before.touches(*lines_of(node))]
    for node, text in new:
        if text not in known and gone and after.touches(*lines_of(node)):
            first, was = lines_of(node)[0], lines_of(gone[0])[0]
            place = Place(before.path, before.side, was, was)
            yield Spot("edited-after-merge", first, first, (basename(after.path),), (place,))
            return


def _operations(file: TouchedFile) -> list[tuple[Node, str]]:
    return [
        (node, _essence(node))
        for node in file.nodes("call")
        if text_of(node.children[0]).rsplit(".", 1)[-1] in _SCHEMA
    ]


def _essence(node: Node) -> str:
    """What the database sees of an operation: its leaves, without layout, comments and names for people."""
    parts: list[str] = []
    waiting, seen = [node], 0
    while waiting and seen < _MAX_NODES:
        one = waiting.pop()
        seen += 1
        if one.type in ("comment", ",") or _is_unseen(one):
            continue
        if one.type == "string" or not one.children:
            parts.append(text_of(one).replace('"', "'"))
        else:
            waiting += reversed(one.children)
    return " ".join(parts)


def _is_unseen(node: Node) -> bool:
    return node.type == "keyword_argument" and text_of(node.children[0]) in _UNSEEN_BY_THE_DATABASE


def _second_leaf(file: TouchedFile) -> Iterator[Spot]:
    """Another migration of the app that nothing follows either: Django refuses to go on."""
    texts = {path: sibling_text(file, path, Side.HEAD) for path in siblings(file, Side.HEAD)}
    if any("replaces" in text for text in texts.values()) or "Migration" not in file.text:
        return
    told = " ".join(_after(text) for text in texts.values())
    leaves = [path for path, text in texts.items() if "Migration" in text and f"'{_name(path)}'" not in told]
    others = [path for path in leaves if path != file.path]
    line = next(
        (at for at, text in enumerate(file.text.split("\n"), start=1) if "dependencies" in text), None
    )
    if len(leaves) == 2 and file.path in leaves and line and file.touches(line, line):
        yield Spot(
            "two-last-migrations",
            line,
            line,
            (_name(file.path), _name(others[0])),
            (Place(others[0], file.side, 1, 1),),
        )


def _name(path: str) -> str:
    return basename(path).removesuffix(".py")


def _after(text: str) -> str:
    """What stands under `dependencies`, in single quotes."""
    found = re.search(r"\bdependencies\s*=\s*\[([^\]]{0,5000})\]", text)
    return found[1].replace('"', "'") if found else ""
