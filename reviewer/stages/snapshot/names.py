"""Finds names that only a forged tree can hold, and of which no checkout shows what the tree says."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from reviewer.domain.text import path_text
from reviewer.ports import TreeEntry
from reviewer.stages.snapshot.entry import Entry

_NAMED = 20


def forged_names(tree: Iterable[TreeEntry], changed: Sequence[Entry]) -> list[str]:
    """A problem for each forged name of the whole `tree` or of what `changed`: the first 20, then a count.

    All of the tree counts: a name that stands twice may have changed only once, and the other one be checked out.
    """
    names = Counter(entry.path for entry in tree)
    in_change = Counter(entry.raw.new_path for entry in changed)
    old = (entry.raw.old_path for entry in changed)
    problems = [*_doubled(names | in_change), *_file_and_folder(names), *_of_git({*names, *in_change, *old})]
    left = len(problems) - _NAMED
    return [*problems[:_NAMED], *([f"{left} more names that no checkout can show"] if left > 0 else [])]


def _doubled(names: Counter[bytes]) -> Iterator[str]:
    """Which of the two a checkout shows is anyone's guess."""
    for name, count in sorted(names.items()):
        if count > 1:
            yield f"{path_text(name)}: stands {count} times in a tree"


def _file_and_folder(names: Iterable[bytes]) -> Iterator[str]:
    known = set(names)
    folders: set[bytes] = set()
    for name in known:
        folder = name.rpartition(b"/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition(b"/")[0]
    for name in sorted(known & folders):
        yield f"{path_text(name)}: is a file and a folder in one tree"


def _of_git(names: Iterable[bytes]) -> Iterator[str]:
    """Such a file would be git's own configuration, or a hook that git runs."""
    for name in sorted(names):
        if b".git" in name.lower().split(b"/"):
            yield f"{path_text(name)}: lies in a folder of git's own, which no tree may hold"
