"""Collects what a change does to strings and constants, who reads them, and where copy and code part."""

from collections import defaultdict
from typing import TypeVar

from reviewer.domain.change import FileChange, FileStatus, Side, Snapshot
from reviewer.domain.evidence import Analysis
from reviewer.domain.literals import Hop, LiteralEvidence, LiteralFile
from reviewer.evidence.literals.by_mention import ByMention
from reviewer.evidence.literals.changed import ChangedLines, bound_starts, changed_texts, claim_starts
from reviewer.evidence.literals.document import Document
from reviewer.evidence.literals.judge import in_order, judge_bound, judge_claim
from reviewer.evidence.literals.library import Library
from reviewer.evidence.literals.limits import LiteralLimits
from reviewer.evidence.literals.roles import counts, is_foreign
from reviewer.evidence.literals.starts import BoundStart, ClaimStart
from reviewer.evidence.literals.to_code import ToCode
from reviewer.evidence.literals.to_copy import ToCopy
from reviewer.evidence.literals.traces import Literal, literals_of, traces_of
from reviewer.evidence.literals.twins import Twins
from reviewer.evidence.workspace import Workspace

_T = TypeVar("_T")


def collect_literals(
    snapshot: Snapshot, workspace: Workspace, *, limits: LiteralLimits | None = None
) -> LiteralEvidence:
    """Changed literals with their readers at the head, and contradictions between copy and code.

    1. Read the changed files on both sides, and find the texts and limits on changed lines.
    2. Follow limits in copy to code, and limits in code to copy.
    3. Compare what was found; search once for the readers of every changed literal.

    Numbers in tests, change logs, migrations and what others wrote contradict nothing. Copy is read as English.
    """
    return _Collection(Library(workspace, limits or LiteralLimits())).of(snapshot)


class _Collection:
    """The state of one run."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._files: list[LiteralFile] = []
        self._literals: list[Literal] = []
        self._claims: list[ClaimStart] = []
        self._bounds: list[BoundStart] = []

    def of(self, snapshot: Snapshot) -> LiteralEvidence:
        for change in snapshot.files:  # 1.
            self._read(change)
        limits = self._library.limits
        claims = self._within(self._claims, limits.max_starts, "changed limits in copy")
        bounds = self._within(self._bounds, limits.max_starts, "changed limits in code")
        to_code, to_copy = ToCode(self._library), ToCopy(self._library)  # 2.
        held, said = to_code.find(claims), to_copy.find(bounds)
        told = ByMention(self._library).find(bounds)
        parted = Twins(self._library).find(bounds)
        not_compared = self._cuts(counting=True)
        judged = [judge_claim(start, held.get(at, [])) for at, start in enumerate(claims)]  # 3.
        judged += [judge_bound(start, said.get(at, [])) for at, start in enumerate(bounds)]
        walked: dict[tuple[str, int], list[Hop]] = defaultdict(list)
        for at, start in enumerate(claims):
            walked[start.doc.path, start.line] += to_code.visited[at]
        for at, begun in enumerate(bounds):
            walked[begun.doc.path, begun.line] += to_copy.visited[at]
        literals = self._within(self._literals, limits.max_literals, "changed literals")
        traces = traces_of(literals, self._library, walked)
        return LiteralEvidence(
            traces=tuple(traces),
            contradictions=in_order([*(item for one in judged for item in one.contradictions), *told]),
            parted=tuple(parted),
            agreements=sum(one.agreements for one in judged),
            files=tuple(self._files),
            cuts=self._cuts(),
            not_compared=not_compared,
        )

    def _cuts(self, *, counting: bool = False) -> tuple[str, ...]:
        """`counting`: without files that contradict nothing, such as tests."""
        problems = self._library.problems.items()
        unread = (f"{path}: {why}" for path, why in problems if counts(path) or not counting)
        return (*self._library.cuts, *unread)

    def _read(self, change: FileChange) -> None:
        if is_foreign(change.path) or not any(unit.hunk for unit in change.units):
            return
        before = None if change.status is FileStatus.ADDED else self._open(change.path_at_base, Side.BASE)
        after = None if change.status is FileStatus.DELETED else self._open(change.path, Side.HEAD)
        lines = ChangedLines(change)
        texts = changed_texts(lines, before, after)
        starts: list[BoundStart] = []
        if after is not None and counts(change.path):
            starts = bound_starts(lines, before, after)
            self._claims += claim_starts(texts, after)
            self._bounds += starts
        self._literals += literals_of(texts, starts, before, after)
        doc = after or before
        problem = self._library.problems.get(change.path) or (doc.problem if doc else None)
        if doc is not None or problem is not None:
            self._files.append(
                LiteralFile(
                    path=change.path, analysis=doc.analysis if doc else Analysis.WORDS, problem=problem
                )
            )

    def _open(self, path: str, side: Side) -> Document | None:
        return self._library.document(path, side, changed=True)

    def _within(self, items: list[_T], limit: int, what: str) -> list[_T]:
        if len(items) > limit:
            self._library.cut(
                f"{len(items) - limit} of {len(items)} {what} were not followed: limit {limit} a change"
            )
        return items[:limit]
