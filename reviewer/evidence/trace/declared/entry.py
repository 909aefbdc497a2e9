"""What a file declares, before anybody knows which code it means."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.entry_point import EntryPoint, EntrySort
from reviewer.evidence.trace.entry_labels import MAX_LABEL, MAX_LINE

Reader = Callable[[str, Sequence[str]], Iterator["DeclaredEntry"]]
"""From the path and the lines of a declaring file."""


class UnreadableError(ValueError):
    """A declaring file has not the form that its name promises."""


@dataclass(frozen=True)
class DeclaredEntry:
    """What a file says the code can be entered by."""

    target: str
    """`package.module:function`, `package.module:` for the module as a program, a path from the repository's top, or
    `controller#action`."""
    entry: EntryPoint


@dataclass(frozen=True)
class DeclaredEntries:
    """What one file declares."""

    entries: tuple[DeclaredEntry, ...] = ()
    problem: str | None = None
    """Why the file could not be understood; None when it could."""


def declared(
    target: str, sort: EntrySort, label: str, path: str, lines: Sequence[str], line: int
) -> Iterator[DeclaredEntry]:
    """The entry that `line` of the file declares; none where the line is too long to be quoted."""
    quote = lines[line - 1]
    if len(quote) <= MAX_LINE:
        entry = EntryPoint(sort=sort, label=label[:MAX_LABEL], path=path, line=line, quote=quote)
        yield DeclaredEntry(target, entry)
