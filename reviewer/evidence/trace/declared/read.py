"""Reads the entry points that a file declares which is not the code's own, by the kind of file."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reviewer.evidence.trace.declared.entry import DeclaredEntries, DeclaredEntry, UnreadableError
from reviewer.evidence.trace.declared.node_package import node_package
from reviewer.evidence.trace.declared.rails_routes import rails_routes
from reviewer.evidence.trace.declared.runs import RUNS, Runs, program_starts
from reviewer.evidence.trace.declared.scripts import python_scripts

_MAX_TEXT = 1_000_000
_TOP = re.compile(
    r"(?:(?P<top>.*?)/)?(?:config/routes(?:\.rb|/.*\.rb)|\.github/workflows/[^/]+|cron\.d/[^/]+)$"
)


@dataclass(frozen=True)
class _Kind:
    path: str
    """A part of the path."""
    read: Callable[[str, Sequence[str]], Iterator[DeclaredEntry]]


def _starts(runs: Runs) -> Callable[[str, Sequence[str]], Iterator[DeclaredEntry]]:
    return lambda path, lines: program_starts(path, lines, runs, folder_of(path))


_KINDS = (
    _Kind(r"(?:^|/)(?:pyproject\.toml|setup\.cfg|setup\.py)$", python_scripts),
    _Kind(r"(?:^|/)package\.json$", node_package),
    _Kind(r"(?:^|/)config/routes(?:\.rb|/.*\.rb)$", rails_routes),
    *(_Kind(runs.path, _starts(runs)) for runs in RUNS),
)
_DECLARING = re.compile("|".join(f"(?:{kind.path})" for kind in _KINDS))
_IN_PATHS = ("pyproject", "setup.", "package.json", "/routes", "workflows/", "file", "cron")
"""What stands in every such path: trees have many, so this is asked before the pattern."""


def declared_entries(path: str, lines: Sequence[str]) -> DeclaredEntries:
    """Entry points that the file at `path` declares; none for a file that declares none in a known way.

    Known are pyproject.toml, setup.cfg, setup.py (scripts), package.json (bin, main, module, exports), Rails routes,
    and what workflows, containers, process lists, make files and crontabs start.
    """
    kind = next((kind for kind in _KINDS if re.search(kind.path, path)), None)
    if kind is None:
        return DeclaredEntries()
    if (size := sum(map(len, lines))) > _MAX_TEXT:
        return DeclaredEntries(problem=f"{path}: {size} characters, limit {_MAX_TEXT}")
    try:
        return DeclaredEntries(tuple(kind.read(path, lines)))
    except UnreadableError as error:
        return DeclaredEntries(problem=f"{path}: {error}")


def may_declare(path: str) -> bool:
    """Whether the file at `path` is of a kind that may declare something."""
    return any(part in path for part in _IN_PATHS) and _DECLARING.search(path) is not None


def folder_of(path: str) -> str:
    """The folder for whose code the file at `path` speaks; empty for the repository's top."""
    found = _TOP.fullmatch(path)
    return (found["top"] or "") if found else path.rpartition("/")[0]
