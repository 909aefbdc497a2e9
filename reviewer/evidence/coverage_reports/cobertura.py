"""Cobertura XML, as coverage.py, JaCoCo converters, Istanbul and gcovr write it."""

from xml.parsers import expat

from reviewer.evidence.coverage_reports.report import Report, Tally, number
from reviewer.evidence.given_report import UnreadableReport

_CHUNK = 1_000_000
_MAX_SOURCES = 1_000
_MAX_TEXT = 10_000


def read_cobertura(raw: bytes) -> Report:
    """The lines of every class; `UnreadableReport` for what is no Cobertura report.

    A document type may be named, as many writers do: it is never fetched. Whatever declares entities is refused.
    """
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.EntityDeclHandler = reader.entity
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        for start in range(0, len(raw), _CHUNK):
            parser.Parse(raw[start : start + _CHUNK], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableReport(f"not XML: {error}") from error
    if not reader.is_cobertura:
        raise UnreadableReport("XML, but without `coverage` as its root")
    return Report("cobertura", reader.tally.lines, tuple(reader.sources))


class _Reader:
    """What the parser calls. Of the document only the place within it is kept."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.sources: list[str] = []
        self.is_cobertura = False
        self._depth = 0
        self._file: str | None = None
        self._source: str | None = None

    def doctype(self, name: str, system: str | None, public: str | None, has_subset: int) -> None:  # noqa: ARG002
        """A document type that declares anything itself could declare entities."""
        if has_subset:
            raise UnreadableReport("declares a document type of its own")

    def entity(self, *declared: object) -> None:  # noqa: ARG002
        """No report needs one."""
        raise UnreadableReport("declares an entity")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take what an element says."""
        self._depth += 1
        if self._depth == 1:
            self.is_cobertura = name == "coverage"
        elif name == "class":
            self._file = attributes.get("filename")
        elif name == "source":
            self._source = ""
        elif name == "line" and self._file:
            ran = number(attributes.get("hits", "")) > 0
            self.tally.add(self._file, number(attributes.get("number", "")), ran=ran)

    def end(self, name: str) -> None:
        """Leave an element."""
        self._depth -= 1
        if name == "class":
            self._file = None
        elif name == "source" and self._source is not None:
            if self._source.strip():
                self.sources.append(self._source.strip())
            self._source = None
            if len(self.sources) > _MAX_SOURCES:
                raise UnreadableReport(f"more than {_MAX_SOURCES} sources, the limit")

    def text(self, text: str) -> None:
        """Only a source has text that matters."""
        if self._source is not None:
            self._source = (self._source + text)[:_MAX_TEXT]
