"""An asynchronous function that is called and not waited for, a file a language."""

from reviewer.evidence.hazards.by_language import ECMASCRIPT, ByLanguage
from reviewer.evidence.hazards.kinds.missing_await import ecmascript, python

MISSING_AWAIT = ByLanguage(
    {
        "python": python.find,
        **dict.fromkeys(ECMASCRIPT, ecmascript.find),
    }
)
"""Calls on touched lines of functions that are surely asynchronous."""
