"""An error that is caught and dropped without a word, a file a language."""

from collections.abc import Iterator

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.swallowed_error import ecmascript, go, java, python, ruby
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
    """Handlers on touched lines. One with a comment, and one around a clean-up, are meant and not told."""
    if file.language in _FINDERS and not file.is_packed:
        yield from _FINDERS[file.language](file)
