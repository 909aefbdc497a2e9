"""What a package.json says: programs, scripts, and the files that it offers to other packages."""

import json
from collections.abc import Iterator, Sequence
from posixpath import dirname, join, normpath

from reviewer.domain.entry_point import EntrySort
from reviewer.evidence.trace.declared.entry import DeclaredEntry, UnreadableError, declared

_MAX_DEPTH = 6
_OFFERED = (
    ("bin", EntrySort.COMMAND),
    ("main", EntrySort.EXPORT),
    ("module", EntrySort.EXPORT),
    ("exports", EntrySort.EXPORT),
)


def node_package(path: str, lines: Sequence[str]) -> Iterator[DeclaredEntry]:
    """Files named in `bin`, `main`, `module` and `exports`; patterns are left out."""
    package = _object(lines)
    folder = dirname(path)
    name = package["name"] if isinstance(package.get("name"), str) else folder
    for key, sort in _OFFERED:
        for label, file in _files(package.get(key), "", _MAX_DEPTH):
            line = next((at for at, text in enumerate(lines, start=1) if json.dumps(file) in text), None)
            if line is not None and "*" not in file:
                shown = label if sort is EntrySort.COMMAND and label else f"{name} {label}".strip()
                yield from declared(normpath(join(folder, file)), sort, shown, path, lines, line)


def _object(lines: Sequence[str]) -> dict[str, object]:
    try:
        package = json.loads("\n".join(lines))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"no JSON that can be read: {error}") from error
    if not isinstance(package, dict):
        raise UnreadableError("no JSON object")
    return package


def _files(value: object, label: str, depth: int) -> Iterator[tuple[str, str]]:
    """Files named in a value that may be one, or a mapping of names or conditions to more."""
    if isinstance(value, str):
        yield label, value
    elif isinstance(value, dict) and depth:
        for key, inner in value.items():
            yield from _files(inner, label or str(key), depth - 1)
