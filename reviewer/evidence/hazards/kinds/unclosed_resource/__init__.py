"""Something that is opened and never closed, a file a language."""

from collections.abc import Iterator

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.unclosed_resource import ecmascript, go, java, python, ruby
from reviewer.evidence.hazards.touched_file import TouchedFile

_FINDERS = {
    "python": python.find,
    "javascript": ecmascript.find,
    "typescript": ecmascript.find,
    "tsx": ecmascript.find,
    "go": go.find,
    "java": java.find,
    "ruby": ruby.find,
}
LANGUAGES = tuple(_FINDERS)


def find(file: TouchedFile) -> Iterator[Spot]:
    """Local variables set on touched lines that neither close what they hold nor hand it to anybody."""
    if file.language in _FINDERS and not file.is_packed:
        yield from _FINDERS[file.language](file)
