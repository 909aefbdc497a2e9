"""A review on standard output: full, concise, json, markdown. Text from outside never becomes terminal control."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewer.cli.full_report import Line
    from reviewer.domain.review import Review


class ReviewFormat(StrEnum):
    """How a review is printed."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    MARKDOWN = "markdown"


def render(review: "Review", form: ReviewFormat) -> None:
    """Print `review` on standard output; styled only where that is a terminal."""
    from rich.text import Text

    from reviewer.cli.console import PipedConsole
    from reviewer.cli.full_report import full_report
    from reviewer.cli.streams import takes_all_of_unicode
    from reviewer.stages.publish import summary

    console = PipedConsole(markup=False, highlight=False, emoji=False, soft_wrap=True)
    if form is ReviewFormat.JSON:
        console.out(
            review.model_dump_json(indent=2, ensure_ascii=not takes_all_of_unicode()), highlight=False
        )
    elif form is ReviewFormat.MARKDOWN:
        console.out(summary(review), end="", highlight=False)
    else:
        for style, text in full_report(review) if form is ReviewFormat.FULL else _concise(review):
            console.print(Text(one_line(text), style=style))


def one_line(text: str) -> str:
    """`text` so that it stays on the line it is printed on; what would leave it is shown instead."""
    from reviewer.screening.outgoing import screened

    # The lines of a file with CRLF endings end with a carriage return, which says nothing there.
    return screened(text.removesuffix("\r")).replace("\r", "<U+000D>").replace("\n", "<U+000A>")


def _concise(review: "Review") -> "Iterator[Line]":
    from reviewer.cli.full_report import OUTCOME_STYLES, worst_first

    decision = review.decision
    yield OUTCOME_STYLES[decision.outcome], f"{decision.outcome}: {decision.headline}"
    for verification in worst_first(review):
        finding = verification.finding
        yield "", f"{finding.subject.place}: {finding.severity}: {finding.title} [{finding.source.name}]"
