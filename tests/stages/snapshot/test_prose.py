from pathlib import Path

import pytest

from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import AuthorKind, Change, Origin
from reviewer.ports import CommitNote
from reviewer.stages.snapshot import Limits, take
from reviewer.stages.snapshot.prose import author_of
from reviewer.testing.git_builder import RepositoryBuilder

BOT = b"49699333+dependabot[bot]@users.noreply.github.com"


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "house")


def taken(builder: RepositoryBuilder, base: str, title: str | None = None, body: str | None = None) -> Change:
    with GitRepository.open(builder.path) as repo:
        limits = Limits(commits=3)
        return take(
            repo, base=base, head="main", origin=Origin.LOCAL_RANGE, title=title, body=body, limits=limits
        )


def test_title_and_body_are_those_of_the_newest_commit(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1"})
    builder.commit({"a": "2"}, message="first")
    builder.commit({"a": "3"}, message="two\nlines\n\nbody one\n\nbody two\n")
    prose = taken(builder, base).prose
    assert (prose.title, prose.body) == ("two lines", "body one\n\nbody two")
    assert [commit.text for commit in prose.commits] == ["first", "two\nlines\n\nbody one\n\nbody two\n"]


def test_title_and_body_that_are_given_win_even_when_empty(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1"})
    builder.commit({"a": "2"}, message="subject\n\nbody")
    prose = taken(builder, base, title="given", body="").prose
    assert (prose.title, prose.body) == ("given", "")


def test_a_message_that_is_not_utf8_is_kept(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "1"})
    builder.commit({"a": "2"}, message=b"caf\xe9")
    assert taken(builder, base).prose.title == "caf\\xe9"


def test_commits_past_the_limit_are_named_as_missing(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a": "0"})
    for number in range(1, 5):
        builder.commit({"a": str(number)}, message=str(number))
    change = taken(builder, base)
    assert [commit.text for commit in change.prose.commits] == ["2", "3", "4"]
    [problem] = change.snapshot.completeness.problems
    assert problem.startswith("more than 3 commits, limit 3")


def test_a_shallow_clone_without_all_messages_is_incomplete_and_not_an_error(
    builder: RepositoryBuilder,
) -> None:
    base = builder.commit({"a": "1"})
    side = builder.commit({"b": "1"}, parents=[base], branch="side")
    builder.commit({"c": "1"}, parents=[base, side])
    (builder.path / ".git/shallow").write_text(f"{side}\n")
    change = taken(builder, base)
    assert change.snapshot.units
    [problem] = change.snapshot.completeness.problems
    assert problem.startswith("commit messages were not read")


def note(message: str = "", email: bytes = b"") -> CommitNote:
    return CommitNote("1" * 40, message.encode(), email)


@pytest.mark.parametrize(
    ("notes", "kind"),
    [
        ([note("x\n\nCo-authored-by: Claude <noreply@anthropic.com>")], AuthorKind.AGENT),
        ([note("x\n\nCO-AUTHORED-BY: C <1+Copilot@users.noreply.github.com>"), note()], AuthorKind.AGENT),
        ([note("x", b"198982749+copilot-swe-agent[bot]@users.noreply.github.com")], AuthorKind.AGENT),
        ([note("x", BOT)], AuthorKind.BOT),
        ([note("x", BOT), note("y", b"person@example.org")], AuthorKind.UNKNOWN),
        ([note("x\n\nCo-authored-by: A Person <person@example.org>", b"a@example.org")], AuthorKind.UNKNOWN),
        ([note("we talk of noreply@anthropic.com", b"a@example.org")], AuthorKind.UNKNOWN),
        ([note("x", b"evil[bot]@users.noreply.github.com.example.org")], AuthorKind.UNKNOWN),
        ([note("x")], AuthorKind.UNKNOWN),
        ([], AuthorKind.UNKNOWN),
    ],
)
def test_the_authors_kind_is_told_by_marks_in_commits(notes: list[CommitNote], kind: AuthorKind) -> None:
    assert author_of(notes, Origin.LOCAL_RANGE).kind is kind
