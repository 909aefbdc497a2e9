"""Finds the repository path that a report means: reports spell paths from where they were made.

A spelling leads to a path when one ends with the other. Which one is meant is told by all files of the report: what
was cut off in front, or is missing there, is the same for most of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_MAX_PARTS = 30
_MAX_HOLDERS = 300
"""Paths with one file name that are compared with a spelling; with more, none is taken for it."""


@dataclass(frozen=True)
class PathMap:
    """Repository paths by the spelling of a report."""

    found: Mapping[str, str]
    ambiguous: frozenset[str]
    """Repository paths that some spelling may mean, and nothing tells whether it does."""


@dataclass(frozen=True)
class _Option:
    path: str
    cut: str
    """What is in front of the repository's path in the report."""
    missing: str
    """What is in front of the report's path in the repository."""

    @property
    def root(self) -> tuple[str, str]:
        return self.cut, self.missing


def map_paths(spelled: Iterable[str], sources: Iterable[str], tree: Iterable[str]) -> PathMap:
    """The paths of `tree` that the spellings of one report mean; `sources` are folders that they may start from."""
    known = frozenset(tree)
    holders: dict[str, list[str]] = defaultdict(list)
    for path in known:
        holders[_name(path)].append(path)
    roots = [_parts(source) for source in sources]
    options = {each: _options(each, roots, known, holders) for each in spelled}
    files_of = Counter(root for found in options.values() for root in {option.root for option in found})
    chosen: dict[str, dict[str, int]] = defaultdict(dict)
    ambiguous: set[str] = set()
    for each, found in options.items():
        most = max((files_of[option.root] for option in found), default=0)
        best = {option.path for option in found if files_of[option.root] == most}
        ambiguous |= best
        if len(best) == 1:
            chosen[best.pop()][each] = most
    # A file of another place that happens to end alike shares its root with few others.
    sure = {
        each: path for path, files in chosen.items() for each in files if files[each] == max(files.values())
    }
    return PathMap(sure, frozenset(ambiguous - chosen.keys()))


def _options(
    spelled: str, roots: list[str], known: frozenset[str], holders: Mapping[str, list[str]]
) -> list[_Option]:
    """Paths that the spelling ends with; where there are none, those that end with the spelling."""
    own = _parts(spelled)
    fulls = dict.fromkeys([own, *(f"{root}/{own}" for root in roots)])
    cut = [_Option(end, full.removesuffix(end), "") for full in fulls for end in _ends(full) if end in known]
    same_name = holders.get(_name(own), [])
    if cut or len(same_name) > _MAX_HOLDERS:
        return cut
    return [_Option(path, "", path.removesuffix(own)) for path in same_name if path.endswith(f"/{own}")]


def _ends(path: str) -> Iterator[str]:
    """`path`, and what is left of it without its first folders; of a very deep one, the last parts."""
    parts = path.split("/")
    yield from ("/".join(parts[at:]) for at in range(max(len(parts) - _MAX_PARTS, 0), len(parts)))


def _parts(spelled: str) -> str:
    """With slashes, without empty parts and dots; a drive's letter stays a part like any other."""
    return "/".join(part for part in spelled.replace("\\", "/").split("/") if part not in ("", "."))


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1]
