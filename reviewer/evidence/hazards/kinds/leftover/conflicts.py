"""Any text: the marks of a merge conflict that was not resolved."""

from collections.abc import Iterator

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.touched_file import TouchedFile
from reviewer.evidence.literals.roles import FileKind, is_foreign, is_test, kind_of

_OURS, _BETWEEN, _THEIRS = "<<<<<<< ", "=======", ">>>>>>> "


def applies(path: str) -> bool:
    """Documents in markdown count outside of their code, other documents underline headings the same way."""
    is_other_document = kind_of(path) is FileKind.DOCUMENT and not path.endswith((".md", ".mdx"))
    return not is_foreign(path) and not is_test(path) and not is_other_document


def find(file: TouchedFile) -> Iterator[Spot]:
    """The three marks in their order, each at the start of a touched line."""
    start, is_split, is_shown = 0, False, False
    for at, line in enumerate(file.text.splitlines(), 1):
        if line.startswith("```"):
            is_shown = not is_shown
        if is_shown or not file.touches(at, at):
            continue
        if line.startswith(_OURS):
            start, is_split = at, False
        elif start and line.rstrip() == _BETWEEN:
            is_split = True
        elif start and is_split and line.startswith(_THEIRS):
            yield Spot("conflict-marks", start, start, (line[len(_THEIRS) :].strip() or _THEIRS.strip(),))
            start, is_split = 0, False
