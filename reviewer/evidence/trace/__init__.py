"""Which definitions a change touches, and who uses them."""

from reviewer.evidence.trace.collect import collect
from reviewer.evidence.trace.limits import Limits

__all__ = ["Limits", "collect"]
