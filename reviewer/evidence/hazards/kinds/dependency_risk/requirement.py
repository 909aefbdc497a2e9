"""What a manifest asks for, whatever its language."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from reviewer.evidence.hazards.touched_file import TouchedFile
from reviewer.evidence.literals.piece import LineStarts

_VERSION = re.compile(r"\d{1,9}(?:\.\d{1,9}){0,5}")
_GOES_ON = frozenset("-_.<>=!~[")
_MAX_TRIES = 200
"""Places of one text in a file that are looked at."""
_COMMIT = re.compile(r"\b[0-9a-f]{7,40}\b")


class Scope(Enum):
    """Who gets it."""

    RUNTIME = "runtime"
    DEVELOPMENT = "development"
    OFFERED = "offered"
    """The user brings it: peer and optional dependencies."""


class Hold(Enum):
    """How firmly a version is held."""

    ANY = "any"
    RANGE = "range"
    SERIES = "series"
    """From one version on, within what is compatible with it: `^1.2`, `~> 1.2`."""
    PIN = "pin"


@dataclass(frozen=True)
class Requirement:
    """One dependency of a manifest."""

    name: str
    bound: str
    """As it is written; empty for none."""
    hold: Hold
    needles: tuple[str, ...]
    """Texts that stand on its line."""
    scope: Scope = Scope.RUNTIME
    source: str = ""
    """An address outside the registry: a git repository, an archive. Empty for the registry, and for paths."""
    is_local: bool = False
    """It is taken from this repository."""
    is_conditional: bool = False
    """It is asked for in some surroundings only."""

    @property
    def version(self) -> tuple[int, ...]:
        """The first version that the bound names; empty for none."""
        found = _VERSION.search(self.bound)
        return tuple(int(part) for part in found[0].split(".")) if found else ()

    @property
    def has_fixed_source(self) -> bool:
        """True when its source names a commit."""
        return _COMMIT.search(self.source) is not None


Reader = Callable[[str], list[Requirement]]
"""The requirements in a manifest's text; `ValueError` when it cannot be read."""


def line_of(file: TouchedFile, lines: LineStarts, requirement: Requirement) -> int | None:
    """The first touched line that has all its needles; None when none has, or too many have the first of them."""
    first, at = requirement.needles[0], -1
    for _ in range(_MAX_TRIES):
        at = file.text.find(first, at + 1)
        if at < 0:
            return None
        line = int(lines.line(at))
        if not file.touches(line, line):
            continue
        end = file.text.find("\n", at)
        text = file.text[lines.starts[line - 1] : end if end >= 0 else len(file.text)]
        if all(_stands_in(needle, text) for needle in requirement.needles):
            return line
    return None


def _stands_in(needle: str, line: str) -> bool:
    """True when `line` has `needle` and it does not go on as a longer name or with a bound."""
    at = line.find(needle)
    while needle and at >= 0:
        end = at + len(needle)
        before, after = line[at - 1 : at], line[end : end + 1]
        if not (before.isalnum() or before in _GOES_ON) and not (after.isalnum() or after in _GOES_ON):
            return True
        at = line.find(needle, end)
    return not needle
