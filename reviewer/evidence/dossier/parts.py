"""Text within a budget: what is least sure and farthest goes first, and whatever goes is counted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.evidence import Certainty, CodeQuote
from reviewer.domain.text import tokens_at_most
from reviewer.screening.outgoing import screened

_LINE = 600
"""Characters of a line that are shown."""
_ORDER = tuple(Certainty)


@dataclass(frozen=True)
class Part:
    """Lines that are shown together or not at all."""

    topic: str
    """How it is counted when it is left out: `uses`; empty for what is always shown."""
    lines: tuple[str, ...]
    certainty: Certainty = Certainty.RESOLVED
    distance: int = 0
    """Hops from the change."""

    @property
    def rank(self) -> tuple[int, int]:
        """The lower, the longer it is kept."""
        return _ORDER.index(self.certainty), self.distance


def fitted(parts: Iterable[Part], *, max_tokens: int) -> str:
    """The parts in their order, screened; what does not fit is counted in the last line.

    No part is shown while one of a lower rank is left out; of the same rank the earlier ones are kept. What is
    always shown, and that last line, may alone be more than `max_tokens`.
    """
    shown = [(part, "\n".join(map(_line, part.lines))) for part in parts]
    everything = "\n".join(text for _, text in shown)
    if tokens_at_most(len(everything)) <= max_tokens:
        return screened(everything)
    optional = sorted(
        (at for at, (part, _) in enumerate(shown) if part.topic), key=lambda at: shown[at][0].rank
    )
    worst = _statement([part for part, _ in shown if part.topic], max_tokens)
    size = len(worst) + sum(len(text) + 1 for part, text in shown if not part.topic)
    kept = 0
    for at in optional:
        size += len(shown[at][1]) + 1
        if tokens_at_most(size) > max_tokens:
            break
        kept += 1
    dropped = set(optional[kept:])
    lines = [text for at, (_, text) in enumerate(shown) if at not in dropped]
    return screened("\n".join([*lines, _statement([shown[at][0] for at in sorted(dropped)], max_tokens)]))


def quoted(quote: CodeQuote) -> str:
    """The place and its code in one line, screened while its lines are still apart."""
    return f"{quote.place} ({quote.side}): {flat(quote.text)}"


def flat(text: str) -> str:
    """Text in one line, screened as a whole: half a key does not look like one."""
    return " ⏎ ".join(line.strip() for line in screened(text).split("\n"))


def counted(topic: str, texts: Sequence[str], *, first: int) -> Iterator[Part]:
    """The first of `texts` as what is kept longest, the others as what goes first."""
    for at, text in enumerate(texts):
        if at < first:
            yield Part(topic, (text,), distance=-1)
        else:
            yield Part(topic, (text,), certainty=_ORDER[-1], distance=at)


def _line(text: str) -> str:
    shown = screened(text)
    return shown if len(shown) <= _LINE else f"{shown[:_LINE]}… and {len(shown) - _LINE} more characters"


def _statement(dropped: Sequence[Part], max_tokens: int) -> str:
    counts = Counter(part.topic for part in dropped)
    what = ", ".join(f"{topic} {number}" for topic, number in counts.items())
    return f"left out to stay within about {max_tokens} tokens, the least sure and farthest first: {what}"
