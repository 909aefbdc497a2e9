"""Runs every detector over a change, and keeps what the change brings."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from reviewer.domain.change import FileChange, Side, Snapshot
from reviewer.domain.hazard import Hazard, HazardEvidence, HazardTopic, Unlooked
from reviewer.errors import RepositoryError
from reviewer.evidence.hazards.catalogue import COMPARISONS, DETECTORS
from reviewer.evidence.hazards.detector import Comparison, Detector, Spot
from reviewer.evidence.hazards.touched_file import TouchedFile
from reviewer.evidence.literals.changed import ChangedLines
from reviewer.evidence.workspace import SUBMODULE_MODE, SYMLINK_MODE, Workspace

MAX_SPOTS = 100
"""Of one topic in one file; the rest is counted."""
_NO_FILE = ("000000", SYMLINK_MODE, SUBMODULE_MODE)

_Key = tuple[HazardTopic, str, tuple[str, ...]]


def collect_hazards(
    snapshot: Snapshot,
    workspace: Workspace,
    *,
    detectors: Sequence[Detector] = DETECTORS,
    comparisons: Sequence[Comparison] = COMPARISONS,
) -> HazardEvidence:
    """Hazards on lines that the change writes.

    1. Each detector looks at both sides. What it finds on deleted lines of any file was there before: as many spots
       of the same form and names on added lines are no news, for code moves and lines are edited.
    2. Each comparison looks at both sides of a file together.
    """
    return _Search(workspace, detectors, comparisons).of(snapshot)


class _Search:
    """The state of one run."""

    def __init__(
        self, workspace: Workspace, detectors: Sequence[Detector], comparisons: Sequence[Comparison]
    ) -> None:
        self._workspace = workspace
        self._detectors = detectors
        self._comparisons = comparisons
        self._unlooked: dict[Unlooked, None] = {}
        self._before: Counter[_Key] = Counter()

    def of(self, snapshot: Snapshot) -> HazardEvidence:
        found: list[Hazard] = []
        news: list[tuple[Detector, TouchedFile, Spot]] = []
        for change in snapshot.files:
            paths = (change.path, change.path_at_base)
            fitting = [one for one in self._detectors if any(map(one.applies, paths))]
            compared = [one for one in self._comparisons if any(map(one.applies, paths))]
            if not fitting and not compared:
                continue
            before, after = self._sides(change, [*fitting, *compared])
            for detector in fitting:  # 1.
                for spot in self._spots(detector, before):
                    self._before[detector.topic, spot.form, spot.names] += 1
                news += [(detector, after, spot) for spot in self._spots(detector, after) if after]
            found += [hazard for one in compared for hazard in self._compared(one, before, after)]  # 2.
        found += [
            self._hazard(detector.topic, file, spot)
            for detector, file, spot in news
            if self._is_news((detector.topic, spot.form, spot.names))
        ]
        order = list(HazardTopic)
        found.sort(key=lambda one: (order.index(one.topic), one.quote.path, one.quote.first_line))
        return HazardEvidence(hazards=tuple(found), unlooked=tuple(self._unlooked))

    def _is_news(self, key: _Key) -> bool:
        if self._before[key] > 0:
            self._before[key] -= 1
            return False
        return True

    def _sides(
        self, change: FileChange, wanted: Sequence[Detector | Comparison]
    ) -> tuple[TouchedFile | None, TouchedFile | None]:
        lines = ChangedLines(change)
        limit = max(one.max_bytes for one in wanted)
        try:
            before = self._open(change.path_at_base, change.old_mode, Side.BASE, lines.deleted, limit)
            after = self._open(change.path, change.new_mode, Side.HEAD, lines.added, limit)
        except RepositoryError as error:
            self._cannot_look(wanted, str(error))
            return None, None
        return before, after

    def _open(
        self, path: str, mode: str, side: Side, units: dict[int, str], limit: int
    ) -> TouchedFile | None:
        if mode in _NO_FILE:
            return None
        raw = self._workspace.read(path, side)
        if b"\0" in raw[:8000]:
            return None
        if len(raw) > limit:
            raise RepositoryError(f"{path}: {len(raw)} bytes, limit {limit}")
        return TouchedFile(path, side, raw, units=units, workspace=self._workspace)

    def _spots(self, detector: Detector, file: TouchedFile | None) -> Sequence[Spot]:
        if file is None or not file.units or not detector.applies(file.path):
            return ()
        problem = file.not_understood if detector.by_syntax else None
        if problem and file.side is Side.HEAD:
            self._cannot_look([detector], problem)
        return self._some(detector, file, lambda: detector.find(file))

    def _compared(
        self, comparison: Comparison, before: TouchedFile | None, after: TouchedFile | None
    ) -> Iterator[Hazard]:
        before, after = (side if side and comparison.applies(side.path) else None for side in (before, after))
        sides = [side for side in (after, before) if side is not None]
        if not any(side.units for side in sides):
            return
        for side in sides if comparison.by_syntax else ():
            if side.not_understood:
                self._cannot_look([comparison], side.not_understood)
        touched = dict.fromkeys(unit for side in sides for unit in side.units.values())
        for spot in self._some(comparison, sides[0], lambda: comparison.find(before, after)):
            file = sides[-1] if spot.is_gone else sides[0]
            yield self._hazard(comparison.topic, file, spot, fallback=tuple(touched))

    def _some(
        self, wanted: Detector | Comparison, file: TouchedFile, find: Callable[[], Iterator[Spot]]
    ) -> Sequence[Spot]:
        spots: list[Spot] = []
        try:
            for spot in find():
                if len(spots) == MAX_SPOTS:
                    self._cannot_look(
                        [wanted], f"{file.path}: more than {MAX_SPOTS} places, the rest is not told"
                    )
                    break
                spots.append(spot)
        except ValueError as error:
            self._cannot_look([wanted], f"{file.path}: {error}")
        return spots

    def _cannot_look(self, wanted: Sequence[Detector | Comparison], reason: str) -> None:
        for one in wanted:
            self._unlooked[Unlooked(topic=one.topic, reason=reason)] = None

    def _hazard(
        self, topic: HazardTopic, file: TouchedFile, spot: Spot, *, fallback: tuple[str, ...] = ()
    ) -> Hazard:
        return Hazard(
            topic=topic,
            form=spot.form,
            names=spot.names,
            quote=self._workspace.quote(file.path, file.side, spot.first_line, spot.last_line),
            because=tuple(
                self._workspace.quote(place.path, place.side, place.first_line, place.last_line)
                for place in spot.because
            ),
            units=file.units_of(spot.first_line, spot.last_line) or fallback,
        )
