"""Actions of others: by commit, which nobody can move, or by a tag or branch, which its owner can."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.evidence.hazards.detector import Place, Spot
from reviewer.evidence.hazards.kinds.workflow_risk.workflow import Workflow
from reviewer.evidence.hazards.yaml_tree import child, scalar

_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_BRANCHES = frozenset({"main", "master", "develop", "dev", "trunk", "HEAD"})
_PRACTICE = 0.75
"""Share of a file's other actions that are taken by commit, from which on a tag stands out."""


@dataclass(frozen=True)
class Use:
    """`action@ref` at a line."""

    action: str
    ref: str
    line: int

    @property
    def is_pinned(self) -> bool:
        """True when it is taken by commit."""
        return _SHA.fullmatch(self.ref) is not None


def loosened_uses(before: Workflow | None, after: Workflow) -> Iterator[Spot]:
    """Actions at a branch, at less than a commit where a commit stood, or by tag against the file's own practice."""
    old = list(uses_in(before)) if before else []
    known = Counter((use.action, use.is_pinned) for use in old)
    branches = Counter((use.action, use.ref) for use in old)
    new = list(uses_in(after))
    kept = Counter(use.action for use in new if use.is_pinned)
    told: set[tuple[str, str]] = set()
    for use in new:
        if use.is_pinned or (use.action, use.ref) in told or not after.file.touches(use.line, use.line):
            continue
        told.add((use.action, use.ref))
        was = next((one for one in old if one.action == use.action and one.is_pinned), None)
        if was is not None and before and kept[use.action] < known[use.action, True]:
            place = Place(before.file.path, before.file.side, was.line, was.line)
            yield Spot("pin-loosened", use.line, use.line, (use.action, use.ref), (place,))
        elif use.ref in _BRANCHES and not branches[use.action, use.ref]:
            yield Spot("action-at-branch", use.line, use.line, (use.action, use.ref))
        elif use.ref not in _BRANCHES and not known[use.action, False] and _stands_out(use, new):
            yield Spot("tag-among-commits", use.line, use.line, (use.action, use.ref))


def _stands_out(use: Use, all_uses: list[Use]) -> bool:
    others = [one for one in all_uses if one.action != use.action]
    return len(others) > 1 and sum(one.is_pinned for one in others) >= _PRACTICE * len(others)


def uses_in(workflow: Workflow) -> Iterator[Use]:
    """Actions of other repositories in steps. Called workflows are left out: they mostly are the house's own."""
    for step in workflow.steps:
        action, _, ref = step.uses.partition("@")
        node = child(step.node, "uses")
        if node is None or not ref or step.uses.startswith((".", "docker:")) or "${{" in scalar(node):
            continue
        yield Use(action, ref, workflow.tree.line(node))
