"""Something that is opened and never closed, a file a language."""

from reviewer.evidence.hazards.by_language import ECMASCRIPT, ByLanguage
from reviewer.evidence.hazards.kinds.unclosed_resource import ecmascript, go, java, python, ruby

UNCLOSED_RESOURCE = ByLanguage(
    {
        "python": python.find,
        **dict.fromkeys(ECMASCRIPT, ecmascript.find),
        "go": go.find,
        "java": java.find,
        "ruby": ruby.find,
    }
)
"""Local variables set on touched lines that neither close what they hold nor hand it to anybody."""
