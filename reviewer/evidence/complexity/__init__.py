"""Cognitive complexity, nesting and length of the functions that a change touches."""

from reviewer.evidence.complexity.collect import collect_complexity

__all__ = ["collect_complexity"]
