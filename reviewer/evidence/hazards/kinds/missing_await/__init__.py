"""An asynchronous function that is called and not waited for, a file a language."""

from collections.abc import Iterator

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.missing_await import ecmascript, python
from reviewer.evidence.hazards.touched_file import TouchedFile

_FINDERS = {
    "python": python.find,
    "javascript": ecmascript.find,
    "typescript": ecmascript.find,
    "tsx": ecmascript.find,
}
LANGUAGES = tuple(_FINDERS)


def find(file: TouchedFile) -> Iterator[Spot]:
    """Calls on touched lines of functions that are surely asynchronous."""
    if file.language in _FINDERS and not file.is_packed:
        yield from _FINDERS[file.language](file)
