"""The change as plain text, for readers that see no diff tool. No prose is in it."""

from collections.abc import Iterator

from reviewer.domain.change import DiffLine, FileChange, Hunk, LineKind, Side, Snapshot
from reviewer.evidence.tools.view import FileView
from reviewer.evidence.workspace import Workspace
from reviewer.screening.outgoing import screened

MARKS = {LineKind.CONTEXT: " ", LineKind.ADDED: "+", LineKind.DELETED: "-"}


def change_text(snapshot: Snapshot, workspace: Workspace) -> str:
    """Every change unit with its id; lines carry base and head numbers. Screened for models, by whole files."""
    view = FileView(workspace)
    lines = [f"{len(snapshot.files)} files, {len(snapshot.units)} change units"]
    for file in snapshot.files:
        lines += ["", *_file(file, view)]
    return "\n".join(lines)


def _file(file: FileChange, view: FileView) -> Iterator[str]:
    moved = f" (was {file.old_path})" if file.old_path else ""
    modes = "" if file.old_mode == file.new_mode else f", mode {file.old_mode} to {file.new_mode}"
    name = screened(f"{file.path}{moved}")
    yield f"FILE {name}: {file.status}, +{file.added_lines} -{file.deleted_lines} lines{modes}"
    for unit in file.units:
        yield screened(f"UNIT {unit.id} {unit.kind}: {unit.summary}")
        if unit.hunk:
            yield from _hunk(unit.hunk, file, view)


def _hunk(hunk: Hunk, file: FileChange, view: FileView) -> Iterator[str]:
    yield "  base  head"
    endings = {line.text.endswith("\r") for line in hunk.lines}
    for line in hunk.lines:
        old = "" if line.old_line is None else str(line.old_line)
        new = "" if line.new_line is None else str(line.new_line)
        text = _shown(line, file, view).removesuffix("\r")
        # A change of line endings alone would look like no change at all.
        carriage = "␍" if len(endings) > 1 and line.text.endswith("\r") else ""
        tail = "  (no line feed at the end of the file)" if line.ends_file_without_newline else ""
        yield f"{old:>6}{new:>6} {MARKS[line.kind]}{text}{carriage}{tail}"


def _shown(line: DiffLine, file: FileChange, view: FileView) -> str:
    """The line as a model may see it: taken from its whole file, since half a key does not look like one."""
    if line.new_line is not None:
        return view.lines(file.path, Side.HEAD)[line.new_line - 1]
    if line.old_line is None:
        raise ValueError(f"{file.path}: a line of a hunk that is at neither side")
    return view.lines(file.path_at_base, Side.BASE)[line.old_line - 1]
