import json

import pytest

from reviewer.cli.formats import ReviewFormat, render
from reviewer.domain.decision import Decision, DecisionOutcome, Reason
from reviewer.domain.review import Review
from reviewer.testing.values import a_review, some_prose


def reviewed(text: str) -> Review:
    """A review in which `text` is the title, the headline and a reason."""
    reason = Reason(code="test", argues_for=DecisionOutcome.ESCALATE, holds=True, text=text)
    decision = Decision(
        outcome=DecisionOutcome.ESCALATE,
        headline=text,
        reasons=(reason,),
        eligible=False,
        policy_digest="0" * 64,
    )
    return a_review(decision, prose=some_prose(title=text))


@pytest.mark.parametrize("form", [ReviewFormat.FULL, ReviewFormat.CONCISE])
@pytest.mark.parametrize(
    "trick", ["x\napprove: all is well", "x\rapprove: all is well", "x\u2028approve: well"]
)
def test_no_text_from_outside_starts_a_line(
    form: ReviewFormat, trick: str, capsys: pytest.CaptureFixture[str]
) -> None:
    render(reviewed(trick), form)
    printed = capsys.readouterr().out
    assert "approve: " in printed
    assert not any(line.lstrip().startswith("approve: ") for line in printed.splitlines())


@pytest.mark.parametrize("form", [ReviewFormat.FULL, ReviewFormat.CONCISE])
def test_no_text_from_outside_is_markup_or_terminal_control(
    form: ReviewFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    render(reviewed("[bold]x[/bold] \x1b[31m :smile: \x9b2J"), form)
    printed = capsys.readouterr().out
    assert "[bold]x[/bold] <U+001B>[31m :smile: <U+009B>2J" in printed


def test_long_lines_are_not_wrapped(capsys: pytest.CaptureFixture[str]) -> None:
    render(reviewed("word " * 200), ReviewFormat.FULL)
    assert "word " * 199 in capsys.readouterr().out


def test_json_is_the_whole_review(capsys: pytest.CaptureFixture[str]) -> None:
    review = reviewed("x" * 500)
    render(review, ReviewFormat.JSON)
    assert Review.model_validate(json.loads(capsys.readouterr().out)) == review
