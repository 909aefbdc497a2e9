"""Where a result is: the path of its artifact, as far as the report tells it, and its lines."""

from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from reviewer.domain.text import path_text
from reviewer.evidence.scanner_reports.node import Node
from reviewer.evidence.scanner_reports.report import ToldPlace

_MAX_PLACES = 10
"""Of one result; more than one is rare."""
_MAX_BASES = 10
"""Bases of bases."""
_MAX_LINE = 10_000_000


def places_of(result: Node, run: Node, artifacts: list[Node]) -> Iterator[ToldPlace]:
    """The places of `result` that have a file and lines."""
    for at, location in enumerate(result.children("locations")):
        if at == _MAX_PLACES:
            return
        physical = location.inside("physicalLocation")
        region = physical.inside("region")
        first = region.number("startLine")
        path = _path(physical.inside("artifactLocation"), run, artifacts)
        if first is None or not path:
            continue
        last = region.number("endLine")
        last = first if last is None else last
        if not 1 <= first <= last <= _MAX_LINE:
            raise region.wrong("startLine", "line that a file has")
        # A region that ends before the first column of a line does not touch that line.
        ends_before = last > first and region.number("endColumn") == 1
        yield ToldPlace(path, first, last - ends_before)


def _path(location: Node, run: Node, artifacts: list[Node]) -> str:
    """Repository text of the path; empty where there is none, and for what cannot be a file of a checkout."""
    index = location.number("index")
    if not location.text("uri") and index is not None and 0 <= index < len(artifacts):
        location = artifacts[index].inside("location")
    uri = location.text("uri")
    base = location.text("uriBaseId")
    if uri and not _is_absolute(uri):
        uri = f"{_base(base, run)}{uri}"
    scheme, colon, rest = uri.partition("://")
    if colon and scheme.lower() != "file":
        return ""
    path = rest[rest.find("/") :] if colon else uri.removeprefix("file:")
    text = path_text(unquote_to_bytes(path))
    return "" if ".." in text.replace("\\", "/").split("/") else text


def _base(name: str, run: Node) -> str:
    """The folder that `name` stands for, with a slash at its end; empty when the report does not say."""
    bases = run.inside("originalUriBaseIds")
    found = ""
    for _ in range(_MAX_BASES):
        base = bases.child(name) if name else None
        if base is None:
            break
        uri = base.text("uri")
        found = f"{uri.rstrip('/')}/{found}" if uri else found
        if _is_absolute(uri):
            break
        name = base.text("uriBaseId")
    return found


def _is_absolute(uri: str) -> bool:
    return uri.startswith(("/", "file:")) or "://" in uri or (uri[1:2] == ":" and uri[:1].isalpha())
