"""What the base of a change says about the paths that it touches."""

from reviewer.evidence.base.attributes import marked_generated
from reviewer.evidence.base.facts import BaseLimits, base_facts

__all__ = ["BaseLimits", "base_facts", "marked_generated"]
