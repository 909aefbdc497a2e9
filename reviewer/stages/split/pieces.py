"""What a file is when only some of its units are merged: stretches of its two contents, in turns."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from reviewer.domain.change import FileChange, FileStatus, Hunk, Side, UnitKind

_ABOUT_PATH = (UnitKind.RENAME, UnitKind.MODE)


@dataclass(frozen=True)
class Piece:
    """Lines of one of the two contents."""

    side: Side
    first_line: int
    """From 1."""
    last_line: int | None
    """Included; None for all the rest."""


@dataclass(frozen=True)
class FileState:
    """A file between merge base and head."""

    path: str | None
    """None when it does not exist."""
    mode: str
    blob: str | None
    """The whole content, where it is that of a commit; None when it is made of `pieces`."""
    pieces: tuple[Piece, ...] = ()


def can_be_cut(file: FileChange) -> bool:
    """True when hunks of the file can be taken one by one: text before and after, and more than one hunk."""
    hunks = sum(unit.kind is UnitKind.HUNK for unit in file.units)
    plain = all(unit.kind is UnitKind.HUNK or unit.kind in _ABOUT_PATH for unit in file.units)
    return plain and hunks > 1 and file.status in (FileStatus.MODIFIED, FileStatus.RENAMED)


def state_with(file: FileChange, units: Collection[str]) -> FileState:
    """The file after `units` of it. Units of a file that cannot be cut are taken all or none: `ValueError`."""
    taken = [unit for unit in file.units if unit.id in units]
    if not taken:
        return FileState(file.path_at_base if file.old_blob else None, file.old_mode, file.old_blob)
    if len(taken) == len(file.units):
        return FileState(file.path if file.new_blob else None, file.new_mode, file.new_blob)
    if not can_be_cut(file):
        raise ValueError(f"{file.path}: {len(taken)} of {len(file.units)} units, and it cannot be cut")
    about_path = [unit for unit in file.units if unit.kind in _ABOUT_PATH]
    moved = all(unit.id in units for unit in about_path)
    path, mode = (file.path, file.new_mode) if moved else (file.path_at_base, file.old_mode)
    hunks = [unit.hunk for unit in file.units if unit.hunk is not None]
    hunks_taken = [unit.hunk for unit in taken if unit.hunk is not None]
    if len(hunks_taken) == len(hunks):
        return FileState(path, mode, file.new_blob)
    if not hunks_taken:
        return FileState(path, mode, file.old_blob)
    return FileState(path, mode, None, tuple(_pieces(hunks_taken)))


def _pieces(hunks: list[Hunk]) -> Iterator[Piece]:
    """Base lines up to each hunk, then the hunk's lines of the head, then the base's rest."""
    next_line = 1
    for hunk in hunks:
        start = hunk.old_start + (hunk.old_count == 0)  # an empty side is given by the line before it
        if start > next_line:
            yield Piece(Side.BASE, next_line, start - 1)
        if hunk.new_count:
            yield Piece(Side.HEAD, hunk.new_start, hunk.new_start + hunk.new_count - 1)
        next_line = start + hunk.old_count
    yield Piece(Side.BASE, next_line, None)


def joined(pieces: tuple[Piece, ...], *, base: bytes, head: bytes) -> bytes:
    """The content that `pieces` are of."""
    lines = {Side.BASE: base.split(b"\n"), Side.HEAD: head.split(b"\n")}
    return b"".join(_text(piece, lines[piece.side]) for piece in pieces)


def _text(piece: Piece, lines: list[bytes]) -> bytes:
    """Line feeds go with the lines they end, so a last line without one stays without."""
    chosen = lines[piece.first_line - 1 : piece.last_line]
    reaches_end = piece.last_line is None or piece.last_line >= len(lines)
    return b"\n".join(chosen) + (b"" if reaches_end or not chosen else b"\n")
