"""A kind of fault that is found in another way in each language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.touched_file import TouchedFile

ECMASCRIPT = ("javascript", "typescript", "tsx")


@dataclass(frozen=True)
class ByLanguage:
    """The finders of one kind; what a program put together is refused, and so is said not to have been looked at."""

    finders: Mapping[str, Callable[[TouchedFile], Iterator[Spot]]]

    @property
    def languages(self) -> tuple[str, ...]:
        """Those in which it is looked for."""
        return tuple(self.finders)

    def find(self, file: TouchedFile) -> Iterator[Spot]:
        """What the finder of the file's language finds; `ValueError` for a file that nobody wrote by hand."""
        file.refuse_packed()
        yield from self.finders[file.language or ""](file)
