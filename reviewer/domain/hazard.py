"""Places where a change writes the form of a known fault."""

from enum import StrEnum

from reviewer.domain.evidence import CodeQuote
from reviewer.domain.value import Value


class HazardTopic(StrEnum):
    """What is looked for; the rule of the same name judges it."""

    DANGEROUS_CALL = "dangerous-call"
    SWALLOWED_ERROR = "swallowed-error"
    UNCLOSED_RESOURCE = "unclosed-resource"
    MISSING_AWAIT = "missing-await"
    MUTABLE_DEFAULT = "mutable-default"
    LEFTOVER = "leftover"
    OPEN_TODO = "open-todo"
    WEAKENED_TEST = "weakened-test"
    RISKY_MIGRATION = "risky-migration"
    DOUBTFUL_MIGRATION = "doubtful-migration"
    DEPENDENCY_RISK = "dependency-risk"
    WORKFLOW_RISK = "workflow-risk"


class Hazard(Value):
    """A place that has the form of a known fault since the change, and had it nowhere before."""

    topic: HazardTopic
    form: str
    """Which of the topic's forms it has, as its rule knows it."""
    names: tuple[str, ...]
    """What the form is filled with, in the order that its rule's sentence needs."""
    quote: CodeQuote
    because: tuple[CodeQuote, ...]
    """Further lines that it stands on."""
    units: tuple[str, ...]


class Unlooked(Value):
    """Something in which a topic could not be looked for."""

    topic: HazardTopic
    reason: str
    """Names the path, or the limit."""


class HazardEvidence(Value):
    """Every hazard that a change brings, and where none could be looked for."""

    hazards: tuple[Hazard, ...]
    """Ordered by topic, then path, then line."""
    unlooked: tuple[Unlooked, ...]
