"""Breadth: a change about many things is hard to judge and hard to take back, so it is refused like a large one."""

from collections.abc import Iterable, Sequence

from reviewer.domain.base_facts import BaseFacts
from reviewer.domain.change import Snapshot
from reviewer.domain.fact import Unknown
from reviewer.domain.gate import GateAnswer, GateEffect, GateResult
from reviewer.evidence.syntax.languages import language_of
from reviewer.policy import Policy
from reviewer.stages.gates.answer import not_told

NO_CODE = frozenset({"markdown", "restructuredtext", "text", "json", "yaml", "toml", "ini", "xml"})
"""Documents and data."""

_SAME = {"tsx": "typescript", "scss": "css"}
"""Dialects that nobody would call another language."""

SHOWN = 5


def areas(snapshot: Snapshot, policy: Policy) -> GateResult:
    """Stop, when the change touches more top folders than allowed; files at the root belong to none.

    Effect: refuse. Settings: `breadth.max_areas`, `breadth.area_depth`.
    """
    depth = policy.breadth.area_depth
    folders = (path.split("/")[:-1] for path in counted_paths(snapshot, policy))
    found = sorted({"/".join(folder[:depth]) for folder in folders if folder})
    return compared("areas", found, policy.breadth.max_areas, "areas")


def languages(snapshot: Snapshot, policy: Policy) -> GateResult:
    """Stop, when the changed code is in more languages than allowed; documents and data are none.

    Effect: refuse. Setting: `breadth.max_languages`.
    """
    found = {code_language(path) for path in counted_paths(snapshot, policy)} - {None}
    return compared("languages", sorted(map(str, found)), policy.breadth.max_languages, "languages")


def owners(snapshot: Snapshot, policy: Policy, base: BaseFacts) -> GateResult:
    """Stop, when the changed paths belong to more groups of owners than allowed, by the base's CODEOWNERS.

    Paths with the same owners are one group, and any of them can speak for it. Names are not shown.

    Effect: refuse. Setting: `breadth.max_owners`.
    """
    if isinstance(base.owners, Unknown):
        return not_told("owners", "who owns the paths", base.owners.why, effect=GateEffect.REFUSE)
    counted = set(counted_paths(snapshot, policy))
    groups: dict[frozenset[str], str] = {}
    for owned in base.owners.value:
        if owned.path in counted and owned.owners:
            groups.setdefault(owned.owners, owned.path)
    found = [f"that of {path}" for path in groups.values()]
    return compared("owners", found, policy.breadth.max_owners, "groups of owners")


def counted_paths(snapshot: Snapshot, policy: Policy) -> list[str]:
    """The paths that count towards breadth: where each file is, or was when it is gone."""
    return [file.path for file in snapshot.files if not policy.is_uncounted(file)]


def code_language(path: str) -> str | None:
    """The language of code in `path`; None for documents, data, and what is not known."""
    language = _SAME.get(found, found) if (found := language_of(path)) else None
    return None if language in NO_CODE else language


def compared(gate: str, found: Sequence[str], limit: int, what: str) -> GateResult:
    """Stop above `limit`."""
    over = len(found) > limit
    return GateResult(
        gate=gate,
        answer=GateAnswer.STOP if over else GateAnswer.PASS,
        effect=GateEffect.REFUSE,
        value=f"{len(found)} {what}",
        limit=f"{limit} {what}",
        reason=f"{len(found)} {what}, limit {limit}" + (f": {_some(found)}" if over else ""),
    )


def _some(found: Iterable[str]) -> str:
    named = list(found)
    return ", ".join(named[:SHOWN]) + (f" and {len(named) - SHOWN} more" if len(named) > SHOWN else "")
