"""Tests that a change takes out while it leaves alone all that tests could be about."""

from collections.abc import Iterator, Mapping

from reviewer.domain.change import Side
from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.weakened_test.case import Case
from reviewer.evidence.hazards.touched_file import TouchedFile, lines_of
from reviewer.evidence.literals.roles import FileKind, kind_of
from reviewer.evidence.workspace import Workspace


def spots(before: TouchedFile | None, old: Mapping[str, Case], new: Mapping[str, Case]) -> Iterator[Spot]:
    """Tests whose name stands nowhere at the head. Silent where the file has a new test, which may be the same"
    " one."""
    gone = [
        case
        for name, case in old.items()
        if name not in new and case.body is not None and not case.is_skipped
    ]
    if before is None or not gone or any(name not in old for name in new):
        return
    if not _all_else_stays(before):
        return
    for case in gone:
        word = case.name.rsplit(".", 1)[-1].strip()
        if word and "\n" not in word and not _is_anywhere(before.workspace, word):
            first = lines_of(case.node)[0]
            yield Spot("removed", first, first, (case.name,), is_gone=True)


def _is_anywhere(workspace: Workspace, word: str) -> bool:
    return bool(workspace.search_some([word], Side.HEAD, limit=1, whole_words=False).hits)


def _all_else_stays(file: TouchedFile) -> bool:
    """True when nothing but this file and documents differs between the two commits.

    Other code may have lost what the test was about, and another test file may have it under a new name.
    """
    base, head = file.workspace.entries(Side.BASE), file.workspace.entries(Side.HEAD)
    changed = (
        path
        for path in {**base, **head}
        if (one := base.get(path)) is None
        or (other := head.get(path)) is None
        or one.object_id != other.object_id
    )
    return all(path == file.path or kind_of(path) is FileKind.DOCUMENT for path in changed)
