"""Puts groups into parts: in order, each as full as the limits allow, what belongs together side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reviewer.policy import Policy
from reviewer.stages.split.groups import Group


@dataclass
class Filling:
    """A part while it is being filled."""

    numbers: list[int] = field(default_factory=list)
    """Of its groups."""
    lines: int = 0
    counted_paths: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    phase: int = 1


def packed(groups: Sequence[Group], before: Sequence[frozenset[int]], policy: Policy) -> list[list[int]]:
    """Numbers of the groups of each part. A group above the limits is a part alone; every group is in one part."""
    parts: list[list[int]] = []
    placed: set[int] = set()
    while len(placed) < len(groups):
        part = Filling()
        while (chosen := _next(groups, before, placed, part, policy)) is not None:
            _add(part, chosen, groups[chosen])
            placed.add(chosen)
            if not groups[chosen].fits(policy):
                break
        if not part.numbers:
            raise RuntimeError("groups depend on each other in a circle")
        parts.append(part.numbers)
    return parts


def _add(part: Filling, number: int, group: Group) -> None:
    if not part.numbers:
        part.phase = group.kind.phase
    part.numbers.append(number)
    part.lines += group.lines
    part.counted_paths |= group.counted_paths
    part.paths |= group.paths
    part.folders |= group.folders


def _next(
    groups: Sequence[Group],
    before: Sequence[frozenset[int]],
    placed: set[int],
    part: Filling,
    policy: Policy,
) -> int | None:
    """The ready group that belongs most to the part and fits; the first in order for an empty part."""
    ready = [at for at in range(len(groups)) if at not in placed and before[at] <= placed]
    if not ready:
        return None
    phase = min(groups[at].kind.phase for at in ready)
    ready = [at for at in ready if groups[at].kind.phase == phase]
    if not part.numbers:
        return min(ready, key=lambda at: (tuple(groups[at].kind.__class__).index(groups[at].kind), at))
    if part.phase == 0 != phase:
        return None
    members = set(part.numbers)
    fitting = [at for at in ready if _has_room(part, groups[at], policy)]
    return min(fitting, key=lambda at: (_distance(part, members, groups[at], before[at]), at), default=None)


def _has_room(part: Filling, group: Group, policy: Policy) -> bool:
    size = policy.size
    return (
        group.fits(policy)
        and part.lines + group.lines <= size.max_changed_lines
        and len(part.counted_paths | group.counted_paths) <= size.max_files
    )


def _distance(part: Filling, members: set[int], group: Group, before: frozenset[int]) -> tuple[int, int]:
    """Smaller is nearer: a common file, then a tie, then the depth of the deepest common folder."""
    depth = max((folder.count("/") + 1 for folder in group.folders if folder in part.folders), default=0)
    near = 0 if group.paths & part.paths else 1 if before & members else 2
    return near, -depth
