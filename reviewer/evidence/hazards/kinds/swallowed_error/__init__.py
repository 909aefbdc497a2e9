"""An error that is caught and dropped without a word, a file a language."""

from reviewer.evidence.hazards.by_language import ECMASCRIPT, ByLanguage
from reviewer.evidence.hazards.kinds.swallowed_error import ecmascript, go, java, python, ruby

SWALLOWED_ERROR = ByLanguage(
    {
        "python": python.find,
        **dict.fromkeys(ECMASCRIPT, ecmascript.find),
        "go": go.find,
        "java": java.find,
        "ruby": ruby.find,
    }
)
"""Handlers on touched lines. One with a comment, and one around a clean-up, are meant and not told."""
