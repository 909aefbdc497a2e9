"""Strings and constants that a change touches: who reads them, and where copy and code give different numbers."""

from reviewer.evidence.literals.collect import collect_literals
from reviewer.evidence.literals.limits import LiteralLimits

__all__ = ["LiteralLimits", "collect_literals"]
