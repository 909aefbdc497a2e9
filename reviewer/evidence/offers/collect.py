"""Finds names that a change takes away, and the places that still look them up."""

from collections.abc import Iterable, Iterator, Sequence

from reviewer.domain.change import FileStatus, Side, Snapshot
from reviewer.domain.evidence import CodeQuote
from reviewer.domain.names import DanglingName, NameEvidence
from reviewer.evidence.literals.roles import FileKind, is_foreign, is_test, kind_of
from reviewer.evidence.offers.catalogue import KINDS
from reviewer.evidence.offers.changed_files import Sources
from reviewer.evidence.offers.holders import Holders
from reviewer.evidence.offers.limits import NameLimits
from reviewer.evidence.offers.lost import Lost, lost_in
from reviewer.evidence.offers.mention import Kind, Mention, Role, may_fit, surely_fits
from reviewer.evidence.offers.source import Source
from reviewer.evidence.workspace import Workspace


def collect_names(
    snapshot: Snapshot, workspace: Workspace, *, limits: NameLimits | None = None
) -> NameEvidence:
    """Names that nothing at the head offers any more, with the places that still look them up.

    1. Read both sides of the changed files: which offers stand on deleted lines and are not made again?
    2. Search the head once for all of these names.
    3. A name that any place offers, or may offer, is not gone. Of its readers, those are told that stand on lines
       which the change does not write.

    Tests, what others wrote and what tells the past neither offer nor read. When unsure, nothing is told.
    """
    return _Search(workspace, limits or NameLimits()).of(snapshot)


class _Search:
    """The state of one run."""

    def __init__(self, workspace: Workspace, limits: NameLimits) -> None:
        self._workspace = workspace
        self._limits = limits
        self._sources = Sources(workspace, limits.max_file_bytes)
        self._holders = Holders(workspace, self._sources, limits)
        self._mentioned: dict[tuple[Kind, str], tuple[Mention, ...]] = {}
        self._cuts: list[str] = []

    def of(self, snapshot: Snapshot) -> NameEvidence:
        files = [  # 1.
            self._sources.changed(change)
            for change in snapshot.files
            if change.status is not FileStatus.DELETED
            and not (is_foreign(change.path) or _holds_no_names(change.path))
            and any(unit.hunk for unit in change.units)
        ]
        unread = tuple(sorted(self._sources.unread))
        gone = [lost for kind in KINDS for file in files for lost in lost_in(kind, file)]
        searched = gone[: self._limits.max_names]
        if len(gone) > len(searched):
            self._cuts.append(
                f"{len(gone) - len(searched)} names that are gone were not searched for: limit {len(searched)}"
            )
        dangling = tuple(self._dangling(searched, snapshot)) if searched else ()
        cuts = (*self._cuts, *self._holders.cuts)
        return NameEvidence(dangling=dangling, gone=len(gone), cuts=cuts, unread=unread)

    def _dangling(self, gone: Sequence[Lost], snapshot: Snapshot) -> Iterator[DanglingName]:
        added = {(change.path, line) for change in snapshot.files for line in change.added_at}
        bare = frozenset(_word(lost) for lost in gone if lost.kind.bare)
        holding = self._holders.find(sorted({_word(lost) for lost in gone}), bare=bare)  # 2.
        told: set[tuple[str, int]] = set()
        for lost in gone:  # 3.
            places = set(self._places_left(lost, holding.get(_word(lost), ()), added)) - told
            told |= places
            readers = [quote for place in sorted(places) if (quote := self._quote(*place, Side.HEAD))]
            shown = self._quote(lost.path, lost.line, lost.side)
            if readers and shown:
                yield _told(lost, shown, readers[: self._limits.max_readers])

    def _places_left(
        self, lost: Lost, sources: Sequence[Source], added: set[tuple[str, int]]
    ) -> Iterable[tuple[str, int]]:
        """Path and line of each reader that nothing serves; no line that the change adds."""
        kind = lost.kind
        found = [(source, mention) for source in sources for mention in self._mentions(kind, source)]
        offers = [
            mention
            for source, mention in found
            if mention.role is Role.OFFERS
            and (not source.is_out_of_force or (source.path, source.line(mention.at)) in added)
        ]
        for source, reader in found:
            place = (source.path, source.line(reader.at))
            if (
                reader.role is Role.READS
                and surely_fits(lost.offer, reader)
                and place not in added
                and _may_be_wrong(source, kind)
                and not any(may_fit(offer, reader) for offer in offers)
                and not _may_be_offered(lost, reader, sources)
            ):
                yield place

    def _mentions(self, kind: Kind, source: Source) -> tuple[Mention, ...]:
        key = (kind, source.path)
        if key not in self._mentioned:
            self._mentioned[key] = tuple(kind.find(source))
        return self._mentioned[key]

    def _quote(self, path: str, line: int, side: Side) -> CodeQuote | None:
        """None for a line that is too long to be quoted."""
        length = len(self._workspace.lines(path, side)[line - 1])
        if length > self._limits.max_line:
            self._cuts.append(
                f"{path}:{line}: {length} characters, limit {self._limits.max_line} for a quote"
            )
            return None
        return self._workspace.quote(path, side, line, line)


def _holds_no_names(path: str) -> bool:
    """True for prose, for tests, and for catalogues whose keys are the texts themselves."""
    return kind_of(path) is FileKind.DOCUMENT or is_test(path) or path.endswith((".po", ".pot"))


def _word(lost: Lost) -> str:
    return lost.kind.word(lost.offer.name)


def _may_be_wrong(source: Source, kind: Kind) -> bool:
    """False for a place that nobody runs, or that only remembers."""
    is_read = kind.reads_documents or source.kind is not FileKind.DOCUMENT
    return is_read and not source.is_out_of_force


def _may_be_offered(lost: Lost, reader: Mention, sources: Sequence[Source]) -> bool:
    may_offer = lost.kind.may_offer
    return may_offer is not None and any(
        may_offer(source, lost.offer, reader)
        for source in sources
        if source.kind is not FileKind.DOCUMENT and not source.is_out_of_force
    )


def _told(lost: Lost, shown: CodeQuote, readers: Sequence[CodeQuote]) -> DanglingName:
    return DanglingName(
        kind=lost.kind.kind,
        name=lost.offer.name,
        given_by=lost.kind.given_by,
        looked_up_as=lost.kind.looked_up_as,
        gone=shown,
        readers=tuple(readers),
        units=(lost.unit,),
    )
