"""`--save` is checked before anything is recorded, and what it stands for is replaced whole."""

import os
from pathlib import Path

import pytest

from reviewer import compose
from reviewer.cli.running import run_review
from reviewer.domain.change import Origin
from reviewer.domain.decision import Decision, DecisionOutcome, Reason
from reviewer.domain.review import Review
from reviewer.errors import UsageError
from reviewer.settings import settings_from
from reviewer.testing.values import a_review


def save_to(path: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Save a review at `path`; tells whether a review was run."""
    ran = []
    reason = Reason(code="test", argues_for=DecisionOutcome.ESCALATE, holds=True, text="because")
    decision = Decision(
        outcome=DecisionOutcome.ESCALATE,
        headline="because",
        reasons=(reason,),
        eligible=False,
        policy_digest="0" * 64,
    )

    async def review(*_: object) -> Review:
        ran.append(True)
        return a_review(decision)

    monkeypatch.setattr(compose, "review", review)
    request = compose.Request(
        repo=Path(), base="a", head="b", diff=None, asked="x", origin=Origin.LOCAL_RANGE,
        title=None, body=None, ledger=None,
    )  # fmt: skip
    try:
        run_review(request, settings_from({}), save=path)
    except UsageError:
        assert not ran, "the review was run before the target was refused"
        return False
    return True


@pytest.mark.parametrize("name", ["", "/", ".", "..", "/dev/null"])
def test_what_is_no_file_is_refused_before_the_review(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not save_to(Path(name), monkeypatch)


def test_a_name_too_long_is_refused_before_the_review(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not save_to(tmp_path / ("n" * 256), monkeypatch)
    assert not save_to(tmp_path / ("\u00e4" * 252), monkeypatch)


def test_a_name_as_long_as_can_be_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert save_to(tmp_path / ("n" * 255), monkeypatch)
    assert [len(path.name) for path in tmp_path.iterdir()] == [255]


def test_a_pipe_a_folder_and_a_circle_of_links_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "link").symlink_to("pipe")
    for name in ("pipe", "circle", "link", ""):
        assert not save_to(tmp_path / name, monkeypatch), name


def test_a_link_stays_and_what_it_points_at_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("there/review.json")
    assert save_to(tmp_path / "link", monkeypatch)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there" / "review.json").read_text(encoding="utf-8").startswith("{")
    assert len(list((tmp_path / "there").iterdir())) == 1
