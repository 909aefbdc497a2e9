import json

import pytest

from reviewer.audit.sql import QueryResult
from reviewer.cli import audit

RESULT = QueryResult(("x\x1b[2J",), (("\x9b31m\u202e",),), truncated=False)
HOSTILE = {"\x1b", "\x9b", "\u202e"}


@pytest.mark.parametrize("form", audit.TableFormat)
def test_on_a_terminal_no_answer_controls_it(
    form: audit.TableFormat, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    audit._print(RESULT, form)
    printed = capsys.readouterr().out
    assert "<U+009B>" in printed
    assert not set(printed) & HOSTILE


def test_elsewhere_bytes_stay_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    audit._print(RESULT, audit.TableFormat.CSV)
    assert capsys.readouterr().out == "x\x1b[2J\n\x9b31m\u202e\n"
    audit._print(RESULT, audit.TableFormat.JSON)
    assert json.loads(capsys.readouterr().out) == [{"x\x1b[2J": "\x9b31m\u202e"}]


def test_an_answer_too_wide_for_the_terminal_keeps_its_values_whole(
    capsys: pytest.CaptureFixture[str],
) -> None:
    digest = "a1b2c3d4" * 8
    audit._print(QueryResult(("one", "two"), ((digest, digest),), truncated=False), audit.TableFormat.TABLE)
    printed = capsys.readouterr().out
    assert printed.startswith("row 1\n")
    assert printed.count(digest) == 2
