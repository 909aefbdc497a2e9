import pytest

from reviewer.domain.change import Prose, Revisions, Side, Snapshot
from reviewer.domain.finding import (
    AbsenceSubject,
    ChangedPathSubject,
    CodeSubject,
    ProseSubject,
    Subject,
    VerificationOutcome,
)
from reviewer.domain.value import digest_bytes
from reviewer.evidence.workspace import Workspace
from reviewer.stages.verify.quote import QuoteCheck, check_subject
from reviewer.testing.memory_git import MemoryGit
from reviewer.testing.values import a_snapshot, some_prose

CONFIRMED = VerificationOutcome.CONFIRMED
REFUTED = VerificationOutcome.REFUTED
INCONCLUSIVE = VerificationOutcome.INCONCLUSIVE
OLD = "def f():\n    return 1\n"
NEW = "def f():\n    return 2\n\n\ndef g():\n    return f()\n\n\ndef h():\n    pass\n\n\ndef i():\n    pass\n"
GIT = MemoryGit()
BASE = GIT.commit({"a.py": OLD})
HEAD = GIT.commit({"a.py": NEW})
PROSE = some_prose(body="Fixes the thing. Fixes it well.")


def snapshot() -> Snapshot:
    return a_snapshot().model_copy(update={"revisions": Revisions(base=BASE, merge_base=BASE, head=HEAD)})


def checked(subject: Subject, *, prose: Prose = PROSE) -> QuoteCheck:
    shot = snapshot()
    return check_subject(subject, snapshot=shot, prose=prose, workspace=Workspace(GIT, shot.revisions))


def code(
    quote: str, line: int, *, last: int | None = None, side: Side = Side.HEAD, path: str = "a.py"
) -> CodeSubject:
    commit = HEAD if side is Side.HEAD else BASE
    return CodeSubject(
        path=path,
        side=side,
        commit=commit,
        first_line=line,
        last_line=last or line + quote.count("\n"),
        quote=quote,
    )


def test_a_quote_that_stands_where_it_says_is_confirmed() -> None:
    assert checked(code("def f():\n    return 2", 1)).outcome is CONFIRMED


def test_indentation_and_blank_ends_are_ignored() -> None:
    assert checked(code("return 2   ", 2)).outcome is CONFIRMED


def test_the_base_side_is_read_at_the_merge_base() -> None:
    assert checked(code("return 1", 2, side=Side.BASE)).outcome is CONFIRMED
    assert checked(code("return 1", 2)).outcome is INCONCLUSIVE


def test_a_quote_that_stands_once_elsewhere_in_its_file_is_moved_there() -> None:
    found = checked(code("return f()", 40))
    assert found.outcome is CONFIRMED
    assert isinstance(found.subject, CodeSubject)
    assert (found.subject.first_line, found.subject.last_line) == (6, 6)


@pytest.mark.parametrize(
    "subject",
    [
        pytest.param(code("return 3", 2), id="code that is not there"),
        pytest.param(code("pass", 1), id="code that stands twice, and not there"),
        pytest.param(code("", 3), id="an empty quote on an empty line"),
        pytest.param(code("  \n ", 3), id="a blank quote"),
        pytest.param(code("return 2", 2, path="b.py"), id="a file that is not there"),
        pytest.param(code("return 2", 2, path="../a.py"), id="a path that leaves the repository"),
        pytest.param(code("return", 2), id="part of a line"),
        pytest.param(
            code("return 2", 2).model_copy(update={"commit": "c" * 40}),
            id="another commit than those under review",
        ),
    ],
)
def test_a_quote_that_cannot_be_found_is_inconclusive_not_confirmed(subject: CodeSubject) -> None:
    assert checked(subject).outcome is INCONCLUSIVE


def words(quote: str, start: int, *, part: str = "body", text: str = PROSE.body) -> ProseSubject:
    return ProseSubject(
        part=part,
        part_digest=digest_bytes(text.encode()),
        start=start,
        end=start + max(1, len(quote)),
        quote=quote,
    )


def test_words_that_stand_at_their_span_are_confirmed_and_moved_when_they_stand_once_elsewhere() -> None:
    assert checked(words("Fixes", 0)).outcome is CONFIRMED
    moved = checked(words("well", 0))
    assert moved.outcome is CONFIRMED
    assert isinstance(moved.subject, ProseSubject)
    assert PROSE.body[moved.subject.start : moved.subject.end] == "well"


@pytest.mark.parametrize(
    "subject",
    [
        pytest.param(words("Breaks", 0), id="words that are not there"),
        pytest.param(words("Fixes", 3), id="words that stand twice, and not there"),
        pytest.param(words("", 0), id="no words"),
        pytest.param(words("Fixes", 0, part="commit:none"), id="a part that does not exist"),
        pytest.param(words("Fixes", 0, text="another body"), id="a part with another text"),
    ],
)
def test_words_that_cannot_be_found_are_inconclusive(subject: ProseSubject) -> None:
    assert checked(subject).outcome is INCONCLUSIVE


def absence(word: str, prefix: str = "", commit: str = HEAD) -> AbsenceSubject:
    return AbsenceSubject(searched_for=word, searched_in=prefix, commit=commit)


def test_an_absence_is_searched_again() -> None:
    assert checked(absence("unheard")).outcome is CONFIRMED
    assert checked(absence("return")).outcome is REFUTED


@pytest.mark.parametrize(
    "subject",
    [absence(""), absence("  "), absence("x", "no/such/folder"), absence("x", commit=BASE), absence("a\nb")],
)
def test_an_absence_that_cannot_be_searched_is_inconclusive(subject: AbsenceSubject) -> None:
    assert checked(subject).outcome is INCONCLUSIVE


def test_a_path_must_be_changed_by_the_unit_it_names() -> None:
    unit = snapshot().units[0]
    assert checked(ChangedPathSubject(path=unit.path, unit=unit.id)).outcome is CONFIRMED
    assert checked(ChangedPathSubject(path="other", unit=unit.id)).outcome is INCONCLUSIVE
