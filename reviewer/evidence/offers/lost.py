"""Offers that a change takes out of the files it touches."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.change import Side
from reviewer.evidence.literals.roles import is_test
from reviewer.evidence.offers.changed_files import ChangedFile
from reviewer.evidence.offers.mention import ANY_NAME, Kind, Mention, Role
from reviewer.evidence.offers.source import Source


@dataclass(frozen=True)
class Lost:
    """An offer that is gone, with the place that shows it."""

    kind: Kind
    offer: Mention
    path: str
    side: Side
    line: int
    unit: str


def lost_in(kind: Kind, file: ChangedFile) -> Iterator[Lost]:
    """What the file offered on deleted lines and offers no more, and what it takes away from other files.

    A file that goes away as a whole is passed over: its names mostly go on purpose, with all that was about them.
    """
    if file.after is None or is_test(file.path) or not kind.paths.search(file.path):
        return
    withdrawn = _withdrawn(kind, file, file.after) if kind.withdraws and kind.hint.search(file.added) else ()
    dropped = _dropped(kind, file, file.after) if kind.hint.search(file.deleted) else ()
    for lost in (*withdrawn, *dropped):
        if lost.offer.scopes or not kind.needs_scope:
            yield lost


def _withdrawn(kind: Kind, file: ChangedFile, after: Source) -> Iterator[Lost]:
    for mention, line in _on(file.lines.added, kind.find(after), after, Role.WITHDRAWS):
        yield Lost(kind, mention, after.path, Side.HEAD, line, file.lines.added[line])


def _dropped(kind: Kind, file: ChangedFile, after: Source) -> Iterator[Lost]:
    if file.before is None or file.before.is_out_of_force:
        return
    before = [mention for mention in kind.find(file.before) if mention.role is Role.OFFERS]
    deleted = list(_on(file.lines.deleted, before, file.before, Role.OFFERS))
    if not deleted:
        return
    known = _Offers(before)
    kept = _Offers(mention for mention in kind.find(after) if mention.role is Role.OFFERS)
    if kept.has_any:
        return
    new = [mention for mention in kept.all if not known.has(mention)]
    for mention, line in deleted:
        if not kept.has(mention) and (not kind.renamed_only or _lives_on(mention, new)):
            yield Lost(kind, mention, file.before.path, Side.BASE, line, file.lines.deleted[line])


def _on(
    lines: dict[int, str], mentions: Iterable[Mention], source: Source, role: Role
) -> Iterator[tuple[Mention, int]]:
    for mention in mentions:
        line = source.line(mention.at)
        if mention.role is role and line in lines:
            yield mention, line


class _Offers:
    """Offers of a file by name."""

    def __init__(self, offers: Iterable[Mention]) -> None:
        self.all = list(offers)
        self._by_name: dict[str, list[frozenset[str]]] = defaultdict(list)
        for offer in self.all:
            self._by_name[offer.name].append(offer.scopes)

    @property
    def has_any(self) -> bool:
        """True where the file makes names as it runs."""
        return ANY_NAME in self._by_name

    def has(self, offer: Mention) -> bool:
        """True for an offer of that name which may belong to the same."""
        return any(
            offer.scopes == other or offer.scopes & other for other in self._by_name.get(offer.name, ())
        )


def _lives_on(gone: Mention, new: Sequence[Mention]) -> bool:
    """True when the file offers a new name where the old one stood."""
    return any(not gone.scopes or gone.scopes & mention.scopes for mention in new)
