"""Ties by imports: a new file before who imports it, a moved one with them, one that goes after them."""

from collections.abc import Iterator
from posixpath import dirname

from reviewer.domain.change import FileStatus, Side
from reviewer.domain.split_plan import SplitReason
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.stages.split.reading import ChangedCode, Reading
from reviewer.stages.split.tie import Tie


def ties(code: ChangedCode) -> Iterator[Tie]:
    """One tie for each changed import line that names a file which the change adds, moves or removes."""
    folders = _go_folders(code)
    for file in code.files:
        for side in (Side.HEAD, Side.BASE):
            for path, line in _changed_imports(code, file, side):
                known = code.by_path if side is Side.HEAD else code.by_path_at_base
                for other in folders.get((side, path), ()) or filter(None, [known.get(path)]):
                    if other is not file:
                        yield from _tie(code, file, other, side=side, line=line)


def _changed_imports(code: ChangedCode, file: Reading, side: Side) -> Iterator[tuple[str, int]]:
    """The path that an import of a changed line names, and the line."""
    parsed = file.parsed(side)
    if not isinstance(parsed, SourceFile):
        return
    modules = code.codebases[side].modules
    for taken in parsed.imports:
        line = parsed.line_of(taken.start)
        if (side, line) not in file.unit_at:
            continue
        names = [taken.module]
        if parsed.grammar.family == "python" and taken.name not in (None, "*"):
            joint = "" if taken.module.endswith(".") else "."
            names.append(f"{taken.module}{joint}{taken.name}")
        for name in names:
            if path := modules.find(parsed.path, name, parsed.grammar.family).path:
                yield path, line


def _go_folders(code: ChangedCode) -> dict[tuple[Side, str], list[Reading]]:
    """Go imports name folders: the new and moved files of each at the head, the ones that go at the base."""
    found: dict[tuple[Side, str], list[Reading]] = {}
    for file in code.files:
        change = file.change
        if file.family == "go" and change.status in (FileStatus.ADDED, FileStatus.RENAMED):
            if change.old_path is None or dirname(change.old_path) != dirname(change.path):
                found.setdefault((Side.HEAD, dirname(change.path)), []).append(file)
        elif file.family == "go" and change.status is FileStatus.DELETED:
            found.setdefault((Side.BASE, dirname(change.path)), []).append(file)
    return found


def _tie(code: ChangedCode, user: Reading, other: Reading, *, side: Side, line: int) -> Iterator[Tie]:
    unit, file = user.unit_at[side, line], other.change.units[0].id
    status, path = other.change.status, other.change.path
    quotes = code.quote(user, side, line)
    if side is Side.HEAD and status is FileStatus.ADDED:
        text = f"{user.change.path} imports the new file {path}"
        yield Tie(file, unit, SplitReason(text=text, quotes=quotes))
    elif side is Side.HEAD and status is FileStatus.RENAMED:
        text = f"{user.change.path} imports {path} by its new path"
        yield Tie(file, unit, SplitReason(text=text, quotes=quotes), together=True)
    elif side is Side.BASE and status is FileStatus.DELETED:
        text = f"{user.change.path} imports {path}, which goes, no more"
        yield Tie(unit, file, SplitReason(text=text, quotes=quotes))
