"""How risky a change is by facts alone: a tier, and every factor with what it argues for and why."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from reviewer.domain.value import Value


class RiskTier(StrEnum):
    """How much a wrong change here could hurt, the least first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for the least risk."""
        return tuple(RiskTier).index(self)

    @property
    def above(self) -> "RiskTier":
        """The next one; the highest has none above it and gives itself."""
        return tuple(RiskTier)[min(self.rank + 1, len(RiskTier) - 1)]


class KindOfChange(StrEnum):
    """What the paths of a change are. A change is of the last of these kinds that is among its files."""

    DOCUMENTATION = "documentation"
    TESTS = "tests"
    TRANSLATION = "translation"
    """Catalogues of messages, and texts in another language than English."""
    GENERATED = "generated"
    """Generated and vendored files, which hardly anybody reads."""
    OPAQUE = "opaque"
    """No text: binaries, links, submodules, modes, and what is too large to read."""
    CONFIGURATION = "configuration"
    DEPENDENCIES = "dependencies"
    """What is installed, and lock files."""
    CODE = "code"
    MIGRATION = "migration"
    """What changes a database that is in use."""

    @property
    def rank(self) -> int:
        """0 for the kind that any other one outweighs."""
        return tuple(KindOfChange).index(self)

    @property
    def runs_nowhere(self) -> bool:
        """True for what no user of the software runs."""
        return self in _RUNS_NOWHERE


_RUNS_NOWHERE = frozenset({KindOfChange.DOCUMENTATION, KindOfChange.TESTS, KindOfChange.TRANSLATION})


class RiskFactor(Value):
    """One fact about a change, weighed."""

    name: str
    argues_for: RiskTier | None
    """The tier that it asks for at least; None where it raises no concern."""
    known: bool
    """False where the fact could not be told, which counts as risk and never as safety."""
    reason: str
    """One sentence that names thing, value and limit."""

    @model_validator(mode="after")
    def _unknown_is_risk(self) -> Self:
        if not self.known and self.argues_for is None:
            raise ValueError(f"{self.name}: what is not known argues for a tier")
        return self


class Triage(Value):
    """The risk of one change."""

    tier: RiskTier
    kind: KindOfChange
    factors: tuple[RiskFactor, ...] = Field(min_length=1)
    """All that were weighed, those that raise no concern as well."""
    raised: bool
    """So many factors argue that the tier is one above the highest that any of them argues for."""

    @property
    def arguing(self) -> tuple[RiskFactor, ...]:
        """Factors that raise a concern, the gravest first."""
        found = (factor for factor in self.factors if factor.argues_for is not None)
        return tuple(sorted(found, key=lambda factor: -(factor.argues_for or RiskTier.LOW).rank))

    @property
    def headline(self) -> str:
        """One sentence for people: the tier and what argues for it."""
        because = ", ".join(factor.name for factor in self.arguing) or "nothing argues for more"
        raised = f"; raised by one, because {len(self.arguing)} factors argue" if self.raised else ""
        return f"{self.tier} risk, {self.kind}: {because}{raised}"


def weighed(kind: KindOfChange, factors: tuple[RiskFactor, ...], *, raise_at: int) -> Triage:
    """The highest tier that a factor argues for, and one more where at least `raise_at` of them argue; else low."""
    asked = [factor.argues_for for factor in factors if factor.argues_for is not None]
    highest = max(asked, key=lambda tier: tier.rank, default=RiskTier.LOW)
    raised = len(asked) >= raise_at and highest is not RiskTier.CRITICAL
    return Triage(tier=highest.above if raised else highest, kind=kind, factors=factors, raised=raised)
