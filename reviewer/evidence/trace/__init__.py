"""Which definitions a change touches, who uses them, and what they reach."""

from reviewer.evidence.trace.collect import TracedChange, trace_change
from reviewer.evidence.trace.limits import Limits

__all__ = ["Limits", "TracedChange", "trace_change"]
