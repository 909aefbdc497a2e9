"""Reads the entry points that a package declares in a file of its own: scripts, binaries, exports, Rails routes."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from posixpath import basename, dirname, join, normpath

from reviewer.domain.entry_point import EntryPoint, EntrySort

_SECTION = re.compile(r"\s*\[+\s*(?P<name>[^\]]+?)\s*\]+\s*(?:#.*)?$")
_SCRIPT = re.compile(r"""["']?(?P<label>[\w.-]+)["']?\s*=\s*["']?(?P<module>[\w.]+):(?P<name>[\w.]+)""")
_SCRIPTS = re.compile(r"(?:project|tool\.poetry)\.(?:gui-)?scripts$")
_LISTED = re.compile(r"""\s*["']?(?:console|gui)_scripts["']?\s*[=:]""")
_ROUTE = re.compile(
    r"""\s*(?P<verb>get|post|put|patch|delete)\b[ (]+["'](?P<route>[^"']*)["']"""
    r""".*?(?:\bto:|=>)\s*["'](?P<target>[\w/]+#\w+)["']"""
)
_ROOT = re.compile(r"""\s*root\b[ (]+(?:to:\s*)?["'](?P<target>[\w/]+#\w+)["']""")
_SCRIPT_FILES = ("pyproject.toml", "setup.cfg", "setup.py")
_ROUTES_FILE = re.compile(r"(?:^|/)config/routes(?:\.rb|/.*\.rb)$")
_MAX_TEXT = 1_000_000
_MAX_DEPTH = 6


@dataclass(frozen=True)
class DeclaredEntry:
    """What a package says it can be entered by."""

    target: str
    """`package.module:function`, a path from the repository's top, or `controller#action`."""
    entry: EntryPoint


@dataclass(frozen=True)
class DeclaredEntries:
    """What one file declares."""

    entries: tuple[DeclaredEntry, ...] = ()
    problem: str | None = None
    """Why the file could not be understood; None when it could."""


def declared_entries(path: str, lines: Sequence[str]) -> DeclaredEntries:
    """Entry points that the file at `path` declares; none for a file that declares none in a known way.

    Known are pyproject.toml, setup.cfg, setup.py (scripts), package.json (bin, main, module, exports) and Rails
    routes that name their action. What a resource or a pattern stands for is not worked out.
    """
    name = basename(path)
    is_routes = _ROUTES_FILE.search(path) is not None
    if name not in (*_SCRIPT_FILES, "package.json") and not is_routes:
        return DeclaredEntries()
    if (size := sum(map(len, lines))) > _MAX_TEXT:
        return DeclaredEntries(problem=f"{path}: {size} characters, limit {_MAX_TEXT}")
    if is_routes:
        return DeclaredEntries(tuple(_routes(lines)))
    if name in _SCRIPT_FILES:
        return DeclaredEntries(tuple(_scripts(name, lines)))
    return _package(path, lines)


def _scripts(file: str, lines: Sequence[str]) -> Iterator[DeclaredEntry]:
    """`name = module:function` below a heading for scripts; plug-ins are declared alike, under other headings."""
    inside = False
    for number, line in enumerate(lines, start=1):
        section = _SECTION.match(line) if file != "setup.py" else None
        if section:
            inside = bool(_SCRIPTS.match(section["name"]))
        elif _LISTED.match(line):
            inside = True
        elif re.match(r"""\s*["']?[\w.]+["']?\s*[=:]\s*(?:\[|$)""", line) or line.strip() in ("]", "],", "}"):
            inside = False
        found = _SCRIPT.search(line) if inside else None
        if found:
            target = f"{found['module']}:{found['name']}"
            yield _declared(target, EntrySort.COMMAND, found["label"], number, line)


def _package(path: str, lines: Sequence[str]) -> DeclaredEntries:
    try:
        package = json.loads("\n".join(lines))
    except (ValueError, RecursionError) as error:
        return DeclaredEntries(problem=f"{path}: no JSON that can be read: {error}")
    if not isinstance(package, dict):
        return DeclaredEntries(problem=f"{path}: no JSON object")
    return DeclaredEntries(tuple(_offered(package, dirname(path), lines)))


def _offered(package: dict[str, object], folder: str, lines: Sequence[str]) -> Iterator[DeclaredEntry]:
    name = package["name"] if isinstance(package.get("name"), str) else folder
    for key, sort in (
        ("bin", EntrySort.COMMAND),
        ("main", EntrySort.EXPORT),
        ("module", EntrySort.EXPORT),
        ("exports", EntrySort.EXPORT),
    ):
        for label, file in _files(package.get(key), "", _MAX_DEPTH):
            line = next((at for at, text in enumerate(lines, start=1) if json.dumps(file) in text), None)
            if line is not None and "*" not in file:
                shown = label if sort is EntrySort.COMMAND and label else f"{name} {label}".strip()
                target = normpath(join(folder, file))
                yield _declared(target, sort, shown, line, lines[line - 1])


def _files(value: object, label: str, depth: int) -> Iterator[tuple[str, str]]:
    """Files named in a value that may be one, or a mapping of names or conditions to more."""
    if isinstance(value, str):
        yield label, value
    elif isinstance(value, dict) and depth:
        for key, inner in value.items():
            yield from _files(inner, label or str(key), depth - 1)


def _routes(lines: Sequence[str]) -> Iterator[DeclaredEntry]:
    for number, line in enumerate(lines, start=1):
        if found := _ROUTE.match(line[:2_000]):
            label = f"{found['verb'].upper()} /{found['route'].strip('/')}"
            yield _declared(found["target"], EntrySort.ROUTE, label, number, line)
        elif found := _ROOT.match(line[:2_000]):
            yield _declared(found["target"], EntrySort.ROUTE, "GET /", number, line)


def _declared(target: str, sort: EntrySort, label: str, line: int, quote: str) -> DeclaredEntry:
    return DeclaredEntry(target, EntryPoint(sort=sort, label=label[:120], line=line, quote=quote))
