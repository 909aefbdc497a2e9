"""The CODEOWNERS file that counts on one side of a change, with the lines that decide for paths."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from reviewer.domain.change import Side
from reviewer.errors import RepositoryError
from reviewer.evidence.base.code_owners import MAX_BYTES, PLACES, OwnerLine, deciding_line, owner_lines
from reviewer.evidence.workspace import Workspace

MAX_COMPARISONS = 3_000_000
"""Paths times patterns; a few seconds."""

_PLACES = tuple(place.decode() for place in PLACES)


@dataclass(frozen=True)
class OwnersFile:
    """A CODEOWNERS file as it was read."""

    path: str
    text: str

    @cached_property
    def lines(self) -> tuple[OwnerLine, ...]:
        """Its lines that name a pattern, in order."""
        return owner_lines(self.text)

    @cached_property
    def has_sections(self) -> bool:
        """True when it has the sections of another dialect, in which a line may have the owners of its section."""
        return any(line.startswith(("[", "^[")) for line in self.text.split("\n"))

    def deciding(self, paths: Iterable[str]) -> dict[str, OwnerLine | None]:
        """The line that decides for each path, None where none does; `RepositoryError` when it takes too long."""
        wanted = list(paths)
        comparisons = len(wanted) * len(self.lines)
        if comparisons > MAX_COMPARISONS:
            raise RepositoryError(
                f"{self.path}: {len(wanted)} paths and {len(self.lines)} patterns are {comparisons} comparisons,"
                f" limit {MAX_COMPARISONS}"
            )
        return {path: deciding_line(path, self.lines) for path in wanted}


def owners_file(workspace: Workspace, side: Side) -> OwnersFile | None:
    """The file that counts; None when there is none. `RepositoryError` when it cannot be read."""
    tree = workspace.entries(side)
    path = next((place for place in _PLACES if place in tree), None)
    if path is None:
        return None
    if not tree[path].mode.startswith("100"):
        raise RepositoryError(f"{path} is no plain file")
    raw = workspace.read(path, side)
    if len(raw) > MAX_BYTES:
        raise RepositoryError(f"{path}: {len(raw)} bytes, limit {MAX_BYTES}")
    return OwnersFile(path, raw.decode("utf-8", "surrogateescape"))
