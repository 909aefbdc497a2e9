"""What the base of a change says about the paths that it touches."""

from reviewer.evidence.base.attributes import marked_generated
from reviewer.evidence.base.facts import BaseLimits, base_facts
from reviewer.evidence.base.familiarity import FamiliarityLimits
from reviewer.evidence.base.kinds import UNUSUAL, is_tested_code, kind_at, kind_of_file

__all__ = [
    "UNUSUAL",
    "BaseLimits",
    "FamiliarityLimits",
    "base_facts",
    "is_tested_code",
    "kind_at",
    "kind_of_file",
    "marked_generated",
]
