"""Makes the plan: ties between units, groups that need each other, parts under the limits."""

from collections.abc import Iterable, Sequence
from itertools import chain

from reviewer.domain.change import Snapshot
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.split_plan import SplitFile, SplitPart, SplitPlan, SplitReason
from reviewer.evidence.workspace import Workspace
from reviewer.policy import Policy
from reviewer.stages.split import by_blocks, by_evidence, by_imports, by_names, by_paths
from reviewer.stages.split.advice import advice
from reviewer.stages.split.between import broken_between
from reviewer.stages.split.groups import Group, UnitWeight, grouped, weights_of
from reviewer.stages.split.pack import packed
from reviewer.stages.split.pieces import can_be_cut
from reviewer.stages.split.reading import ChangedCode
from reviewer.stages.split.tie import Tie
from reviewer.stages.split.titles import title

REASONS_SHOWN = 6
"""Of one part."""


def plan(snapshot: Snapshot, evidence: EvidenceSet, policy: Policy, workspace: Workspace) -> SplitPlan:
    """Parts in an order in which each can merge; together they are the change, unit by unit.

    1. Read the changed files, and tie units to each other by what they define, use, import and are called.
    2. Group what depends on each other in a circle; a file is one piece while its group fits the limits.
    3. Where a group does not, let the hunks of its files go one by one.
    4. Fill parts in order. A file that would not parse between two of them is one piece again, and 2. follows.

    A snapshot that is not complete lacks units: the plan is then of those that it has, and says so.
    """
    if not snapshot.files:
        raise ValueError("a change without files has nothing to split")
    code = ChangedCode(snapshot, workspace)  # 1.
    ties = _all_ties(snapshot, evidence, code)
    weights = weights_of(snapshot.files, policy)
    whole: set[str] = set()
    while True:
        groups, before = _groups(weights, ties, whole, policy)  # 2. and 3.
        parts = packed(groups, before, policy)  # 4.
        units = [[unit for number in part for unit in groups[number].units] for part in parts]
        broken = broken_between(units, _in_several(units, weights), code)
        if not broken:
            break
        whole |= broken
    return SplitPlan(
        base=snapshot.revisions.merge_base,
        head=snapshot.revisions.head,
        max_changed_lines=policy.size.max_changed_lines,
        max_files=policy.size.max_files,
        parts=tuple(_parts(parts, groups, before, ties, code, policy)),
        cuts=tuple(_cuts(snapshot, evidence, code)),
    )


def no_plan(snapshot: Snapshot, policy: Policy, reason: str) -> SplitPlan:
    """A plan that could not be made, and why."""
    return SplitPlan(
        base=snapshot.revisions.merge_base,
        head=snapshot.revisions.head,
        max_changed_lines=policy.size.max_changed_lines,
        max_files=policy.size.max_files,
        parts=(),
        cuts=(reason,),
    )


def _all_ties(snapshot: Snapshot, evidence: EvidenceSet, code: ChangedCode) -> list[Tie]:
    known = {unit.id for unit in snapshot.units}
    found = chain(
        by_evidence.ties(evidence, code),
        by_names.ties(code),
        by_imports.ties(code),
        by_paths.ties(snapshot.files),
        by_blocks.ties(code),
    )
    return [tie for tie in found if tie.first != tie.then and {tie.first, tie.then} <= known]


def _groups(
    weights: dict[str, UnitWeight], ties: Sequence[Tie], whole: set[str], policy: Policy
) -> tuple[list[Group], list[frozenset[int]]]:
    """Files are taken apart only where a group is above the limits."""
    cut: set[str] = set()
    while True:
        groups, before = grouped(weights, ties, cut)
        more = {
            weight.file.path
            for group in groups
            if not group.fits(policy)
            for weight in group.weights
            if can_be_cut(weight.file)
        }
        if more <= cut | whole:
            return groups, before
        cut |= more - whole


def _in_several(parts: Sequence[Sequence[str]], weights: dict[str, UnitWeight]) -> set[str]:
    """Paths of the files that have units in more than one part."""
    seen: dict[str, int] = {}
    several = set()
    for number, units in enumerate(parts):
        for unit in units:
            path = weights[unit].file.path
            if seen.setdefault(path, number) != number:
                several.add(path)
    return several


def _parts(
    parts: Sequence[Sequence[int]],
    groups: Sequence[Group],
    before: Sequence[frozenset[int]],
    ties: Sequence[Tie],
    code: ChangedCode,
    policy: Policy,
) -> Iterable[SplitPart]:
    part_of = {number: at for at, part in enumerate(parts, start=1) for number in part}
    part_of_unit = {unit: part_of[number] for number, group in enumerate(groups) for unit in group.units}
    reasons = _reasons(ties, part_of_unit)
    done: set[str] = set()
    for at, part in enumerate(parts, start=1):
        chosen = [groups[number] for number in part]
        needs = {part_of[other] for number in part for other in before[number]} - {at}
        why = reasons.get(at, [])
        large = next((group for group in chosen if not group.fits(policy)), None)
        done |= {unit for group in chosen for unit in group.units}
        yield SplitPart(
            title=title(chosen, code),
            files=tuple(_files(chosen, done)),
            depends_on=tuple(sorted(needs)),
            why=tuple(why[:REASONS_SHOWN]),
            indivisible=advice(large, why, code, policy) if large else None,
        )


def _reasons(ties: Sequence[Tie], part_of_unit: dict[str, int]) -> dict[int, list[SplitReason]]:
    """By part the reasons without doubles: what holds it together first, then what puts it after others."""
    inside: dict[int, dict[str, SplitReason]] = {}
    across: dict[int, dict[str, SplitReason]] = {}
    for tie in ties:
        part = part_of_unit[tie.then]
        kept = inside if part_of_unit[tie.first] == part else across
        kept.setdefault(part, {}).setdefault(tie.why.text, tie.why)
    return {
        part: [*inside.get(part, {}).values(), *across.get(part, {}).values()] for part in {*inside, *across}
    }


def _files(groups: Sequence[Group], done: set[str]) -> Iterable[SplitFile]:
    weights = {
        unit: weight for group in groups for unit, weight in zip(group.units, group.weights, strict=True)
    }
    by_path: dict[str, list[str]] = {}
    for unit in sorted(weights, key=lambda unit: weights[unit].position):
        by_path.setdefault(weights[unit].file.path, []).append(unit)
    for path, units in sorted(by_path.items()):
        file = weights[units[0]].file
        yield SplitFile(
            path=path,
            units=tuple(units),
            whole=all(unit.id in done for unit in file.units),
            changed_lines=sum(weights[unit].lines for unit in units),
            counted=weights[units[0]].counted,
        )


def _cuts(snapshot: Snapshot, evidence: EvidenceSet, code: ChangedCode) -> Iterable[str]:
    yield from snapshot.completeness.problems
    yield from code.cuts
    if evidence.cuts:
        yield f"uses were followed in part only, {len(evidence.cuts)} limits, first: {evidence.cuts[0]}"
    unread = [file.change.path for file in code.files if not file.family]
    if unread:
        yield f"{len(unread)} changed files have no grammar: only paths order them, first {unread[0]}"
