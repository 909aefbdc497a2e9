import pytest

from reviewer.evidence.coverage_reports import report
from reviewer.evidence.coverage_reports.read import read_report
from reviewer.evidence.given_report import UnreadableReport

COBERTURA = b"""<?xml version="1.0" ?>
<!DOCTYPE coverage SYSTEM 'http://cobertura.sourceforge.net/xml/coverage-04.dtd'>
<coverage line-rate="0.5"><sources><source>/home/ci/app/src</source></sources>
<packages><package name="shop"><classes>
<class name="a" filename="shop/a.py">
<methods><method name="f"><lines><line number="2" hits="0"/></lines></method></methods>
<lines><line number="1" hits="3"/><line number="2" hits="0"/></lines></class>
<class name="a.Inner" filename="shop/a.py">
<lines><line number="2" hits="1"/><line number="9" hits="0"/></lines></class>
</classes></package></packages></coverage>
"""
LCOV = b"TN:\nSF:./src/a.js\nFN:1,f\nDA:1,3\nDA:2,0,abc\nDA:2,1\nend_of_record\nSF:src/b.js\nDA:7,0\nend_of_record\n"
GO = b"mode: set\nx.org/m/a.go:3.20,5.2 2 1\nx.org/m/a.go:5.2,6.9 1 0\nx.org/m/a.go:8.1,8.2 0 0\n"


def test_cobertura_tells_lines_by_class_and_a_line_that_ran_anywhere_has_run() -> None:
    read = read_report(COBERTURA)
    assert (read.form, read.sources) == ("cobertura", ("/home/ci/app/src",))
    assert read.lines == {"shop/a.py": {1: True, 2: True, 9: False}}


def test_lcov_tells_lines_by_file() -> None:
    read = read_report(LCOV)
    assert (read.form, read.lines) == ("lcov", {"./src/a.js": {1: True, 2: True}, "src/b.js": {7: False}})


def test_a_go_profile_tells_the_lines_of_blocks_that_hold_statements() -> None:
    read = read_report(GO)
    assert read.form == "go"
    assert read.lines == {"x.org/m/a.go": {3: True, 4: True, 5: True, 6: False}}


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "neither Cobertura XML nor LCOV"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"<coverage><sources>", "not XML"),
        (b"<html></html>", "without `coverage` as its root"),
        (b"<!DOCTYPE coverage [<!ELEMENT coverage ANY>]><coverage/>", "declares a document type of its own"),
        (b'<!DOCTYPE c [<!ENTITY a "b"><!ENTITY d "&a;&a;">]><coverage>&d;</coverage>', "declares"),
        (b'<coverage><class filename="a"><line number="1" hits="x"/></class></coverage>', "'x' is no number"),
        (b'<coverage><class filename="a"><line number="0" hits="1"/></class></coverage>', "line 0 is none"),
        (b"SF:a.js\nDA:1,1\n", "ends within the record of a.js"),
        (b"TN:\nDA:1,1\n", "belongs to no file"),
        (b"SF:a.js\nDA:1\nend_of_record\n", "belongs to no file"),
        (b"mode: set\na.go:1,2 3\n", "is no block"),
    ],
)
def test_a_report_that_cannot_be_read_says_why(raw: bytes, problem: str) -> None:
    with pytest.raises(UnreadableReport, match=problem):
        read_report(raw)


def test_a_report_of_too_many_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MAX_LINES", 3)
    with pytest.raises(UnreadableReport, match="more than 3 lines"):
        read_report(b"mode: set\na.go:1.1,99999999.1 1 1\n")
