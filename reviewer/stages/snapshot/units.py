"""Cuts one path that differs into change units, and numbers them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewer.domain.change import ChangeUnit, FileStatus, Hunk, LineKind, UnitKind
from reviewer.domain.text import path_text
from reviewer.domain.value import digest_bytes, digest_of
from reviewer.stages.snapshot.entry import Comparison, Entry, Sort
from reviewer.stages.snapshot.patch import RawHunk
from reviewer.stages.snapshot.texts import TextReader, Texts

_ID_DIGITS = 12
_PLAIN_FILE = "100644"


@dataclass(frozen=True)
class Draft:
    """A unit before it has an id."""

    kind: UnitKind
    path: str
    digest: str
    summary: str
    hunk: Hunk | None = None
    added: int = 0
    deleted: int = 0


def drafts(entry: Entry, texts: Texts, reader: TextReader) -> list[Draft]:
    """The units of `entry` in the order of reading: what became of the path, then of its content. Never empty."""
    found = [*_about_path(entry), *_about_files(entry, texts, reader), *_about_others(entry, reader)]
    if not found:
        raise RuntimeError(f"{entry.path}: differs and has no unit: {entry.raw}")
    return found


def numbered(all_drafts: Iterable[Draft]) -> Iterator[ChangeUnit]:
    """Units with ids. Equal drafts of a path differ by their ordinal, and so would two whose ids collide."""
    taken: set[str] = set()
    ordinals: dict[tuple[str, UnitKind, str], int] = {}
    for draft in all_drafts:
        same = (draft.path, draft.kind, draft.digest)
        while True:
            ordinal = ordinals.get(same, 0)
            ordinals[same] = ordinal + 1
            unit_id = "u-" + digest_of([draft.path, draft.kind, draft.digest, ordinal])[:_ID_DIGITS]
            if unit_id not in taken:
                break
        taken.add(unit_id)
        yield ChangeUnit(
            id=unit_id,
            kind=draft.kind,
            path=draft.path,
            digest=draft.digest,
            summary=draft.summary,
            hunk=draft.hunk,
        )


def _about_path(entry: Entry) -> Iterator[Draft]:
    old, new, path = entry.old, entry.new, entry.path
    if entry.status is FileStatus.RENAMED:
        yield _draft(entry, UnitKind.RENAME, [entry.old_path, path], f"{entry.old_path} renamed to {path}")
    if entry.status is FileStatus.TYPE_CHANGED:
        told = f"{path} from {_sort_name(old.sort)} to {_sort_name(new.sort)}"
        yield _draft(entry, UnitKind.TYPE, [old.mode, new.mode], told)
    elif old.sort is Sort.NOTHING:
        if new.sort is Sort.FILE and new.mode != _PLAIN_FILE:
            yield _draft(entry, UnitKind.MODE, [old.mode, new.mode], f"{path} added with mode {new.mode}")
    elif new.sort is not Sort.NOTHING and old.mode != new.mode:
        yield _draft(entry, UnitKind.MODE, [old.mode, new.mode], f"{path} mode {old.mode} to {new.mode}")


def _about_files(entry: Entry, texts: Texts, reader: TextReader) -> Iterator[Draft]:
    for pair in entry.comparisons:
        sizes = f"{reader.size(pair.old)} to {reader.size(pair.new)} bytes"
        section = texts.section(entry, pair)
        if reader.too_large(pair):
            yield _draft(
                entry, UnitKind.OVERSIZED, [pair.old, pair.new], f"{entry.path}, {sizes}: too large to read"
            )
        elif reader.size(pair.old) + reader.size(pair.new) == 0:
            gone = "added" if pair.old == entry.zeros else "deleted"
            yield _draft(entry, UnitKind.EMPTY_FILE, [gone], f"{entry.path}, an empty file, {gone}")
        elif section is None:
            why = (
                "the change as a whole is too large"
                if entry.can_be_named
                else "git cannot be asked for this name"
            )
            told = f"{entry.path}, {sizes}: not read, {why}"
            yield _draft(entry, UnitKind.OVERSIZED, [pair.old, pair.new], told)
        elif section.binary:
            yield _draft(entry, UnitKind.BINARY, [pair.old, pair.new], f"{entry.path}, binary, {sizes}")
        else:
            yield from (_hunk(entry, pair, raw) for raw in section.hunks)


def _about_others(entry: Entry, reader: TextReader) -> Iterator[Draft]:
    old, new = entry.old, entry.new
    if old.blob == new.blob and old.sort is new.sort:
        return
    if Sort.SYMLINK in (old.sort, new.sort):
        yield _symlink(entry, reader)
    if Sort.SUBMODULE in (old.sort, new.sort):
        was = old.blob if old.sort is Sort.SUBMODULE else None
        now = new.blob if new.sort is Sort.SUBMODULE else None
        told = f"{entry.path}, a submodule, from {was or 'nothing'} to {now or 'nothing'}"
        yield _draft(
            entry,
            UnitKind.SUBMODULE,
            [was, now],
            told,
            added=int(now is not None),
            deleted=int(was is not None),
        )


def _symlink(entry: Entry, reader: TextReader) -> Draft:
    old = entry.old.blob if entry.old.sort is Sort.SYMLINK else None
    new = entry.new.blob if entry.new.sort is Sort.SYMLINK else None
    told = []
    for word, blob in (("from", old), ("to", new)):
        target = reader.link(blob) if blob else None
        if blob and target is None:
            size = reader.size(blob)
            summary = f"{entry.path}, a symlink of {size} bytes: too large to read"
            return _draft(entry, UnitKind.OVERSIZED, [old, new], summary)
        told.append(f"{word} {path_text(target) if target is not None else 'nothing'}")
    summary = f"{entry.path}, a symlink, {' '.join(told)}"
    return _draft(
        entry, UnitKind.SYMLINK, [old, new], summary, added=int(new is not None), deleted=int(old is not None)
    )


def _hunk(entry: Entry, pair: Comparison, raw: RawHunk) -> Draft:
    added = [line.new_line for line in raw.hunk.lines if line.kind is LineKind.ADDED and line.new_line]
    deleted = [line.old_line for line in raw.hunk.lines if line.kind is LineKind.DELETED and line.old_line]
    told = f"{entry.path} {_lines(added)}" if added else f"{entry.old_path} {_lines(deleted)} deleted"
    # a file emptied and a file deleted have the same lines, and are not the same change
    sides = b"%d%d\n" % (pair.old != entry.zeros, pair.new != entry.zeros)
    return Draft(
        kind=UnitKind.HUNK,
        path=entry.path,
        digest=digest_bytes(sides + raw.body),
        summary=told,
        hunk=raw.hunk,
        added=len(added),
        deleted=len(deleted),
    )


def _draft(
    entry: Entry,
    kind: UnitKind,
    what: list[str | None] | list[str],
    summary: str,
    *,
    added: int = 0,
    deleted: int = 0,
) -> Draft:
    return Draft(kind, entry.path, digest_of(what), summary, added=added, deleted=deleted)


def _lines(numbers: list[int]) -> str:
    first, last = numbers[0], numbers[-1]
    return f"line {first}" if first == last else f"lines {first}-{last}"


def _sort_name(sort: Sort) -> str:
    return sort.name.lower()
