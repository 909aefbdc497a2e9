"""Kind of change: what its paths are."""

from reviewer.domain.triage import KindOfChange, RiskFactor, RiskTier
from reviewer.evidence.base import UNUSUAL
from reviewer.stages.triage.subject import Subject, argues, first_and_more, quiet

ASKS_FOR = {
    KindOfChange.CONFIGURATION: RiskTier.MEDIUM,
    KindOfChange.DEPENDENCIES: RiskTier.MEDIUM,
    KindOfChange.GENERATED: RiskTier.MEDIUM,
    KindOfChange.OPAQUE: RiskTier.MEDIUM,
    KindOfChange.MIGRATION: RiskTier.HIGH,
}
"""What a kind argues for by itself; code and the rest are as risky as their other facts say."""


def weightiest_kind(subject: Subject) -> KindOfChange:
    """The weightiest kind among the files; documentation where there is none."""
    kinds = (kind for _, kind in subject.kinds)
    return max(kinds, key=lambda kind: kind.rank, default=KindOfChange.DOCUMENTATION)


def kind_of_change(subject: Subject) -> RiskFactor:
    """Argue for `high` where a migration is changed, and for `medium` where no code says what will happen.

    Also where a file gets another mode or type: what it does changes with none of its lines.
    """
    asked = [(tier, kind) for _, kind in subject.kinds if (tier := ASKS_FOR.get(kind))]
    if asked:
        tier, kind = max(asked, key=lambda each: (each[0].rank, each[1].rank))
        paths = first_and_more([file.path for file in subject.of(kind)])
        return argues("kind_of_change", tier, f"{kind}: {paths}, limit 0")
    unusual = [
        unit.summary for file in subject.of(KindOfChange.CODE) for unit in file.units if unit.kind in UNUSUAL
    ]
    if unusual:
        said = f"no change of lines: {first_and_more(unusual)}, limit 0"
        return argues("kind_of_change", RiskTier.MEDIUM, said)
    return quiet("kind_of_change", f"{weightiest_kind(subject)}, of which no kind is a concern by itself")
