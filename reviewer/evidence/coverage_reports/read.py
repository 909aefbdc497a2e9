"""Tells a report's form by its first bytes and reads it."""

from reviewer.evidence.coverage_reports.cobertura import read_cobertura
from reviewer.evidence.coverage_reports.line_formats import GO_MODES, read_go_profile, read_lcov
from reviewer.evidence.coverage_reports.report import MAX_BYTES, Report
from reviewer.evidence.given_report import UnreadableReport

_BOM = b"\xef\xbb\xbf"


def read_report(raw: bytes) -> Report:
    """The report; `UnreadableReport` says why it cannot be read."""
    if len(raw) > MAX_BYTES:
        raise UnreadableReport(f"{len(raw)} bytes, limit {MAX_BYTES}")
    start = raw[:1_000].removeprefix(_BOM).lstrip()
    if start.startswith(b"<"):
        return read_cobertura(raw)
    try:
        text = raw.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        raise UnreadableReport(f"not UTF-8: {error.reason} at byte {error.start}") from error
    if text.startswith(GO_MODES):
        return read_go_profile(text)
    if start.startswith((b"TN:", b"SF:")):
        return read_lcov(text)
    raise UnreadableReport("neither Cobertura XML nor LCOV nor a profile of `go test`")
