"""Numbers that a text tells people without saying which side they bound: "kept for 90 days", "three times"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.literals import Dimension
from reviewer.evidence.literals.quantity import NUMBER, Amount, number_in_words, with_unit
from reviewer.evidence.literals.topics import Topic, spoken
from reviewer.evidence.literals.words import SAME, stem

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\s*\n|\\n|<br\s*/?>|</p>")
_TOLD = re.compile(
    rf"(?<![\w.$€£#:/-])(?P<number>{NUMBER})(?![\d./:%]*\d)(?:[\s-]+|(?=[A-Z]{{2}}\b))"
    r"(?P<words>[A-Za-z]+(?:[ -][A-Za-z]+){0,2})",
    re.IGNORECASE,
)
_NOT_NOW = re.compile(
    r"\be\.g\.|\bfor (?:example|instance)\b|\bpreviously\b|\bformerly\b|\bused to\b|\bwas\b|\bwere\b|\bsince\b"
    r"|\bversions?\b|\babout\b|\baround\b|\broughly\b|\bsome\b",
    re.IGNORECASE,
)
_COUNTERS = frozenset({"people", "person", "item", "entry", "thing", "piece"})
"""Nouns that count what another word of the sentence names: "parties of 12 people"."""
_UNITLESS = frozenset({Dimension.COUNT, Dimension.UNKNOWN, Dimension.NUMBER, Dimension.LENGTH, Dimension.AGE})


@dataclass(frozen=True)
class Mention:
    """One number in a sentence."""

    amount: Amount
    nouns: tuple[str, ...]
    """Up to three words behind the number, without plural."""
    sentence: str
    start: int
    """Characters from 0 in the sentence; `end` is not included."""
    end: int

    @property
    def phrase(self) -> str:
        """The number with what it counts."""
        return " ".join(self.sentence[self.start : self.end].split())


def mentions_in(text: str) -> Iterator[Mention]:
    """Numbers with a word behind them, sentence by sentence; none of sentences that tell history or an example."""
    for sentence in _SENTENCE.split(text[:2_000]):
        for match in _TOLD.finditer(sentence) if not _NOT_NOW.search(sentence) else ():
            words = [word.lower() for word in re.split(r"[ -]", match["words"])]
            number = number_in_words(match["number"])
            shown = f"{match['number']} {words[0]}"
            plain = Amount(frozenset({number}), Dimension.COUNT, True, shown)
            amount = with_unit(number, words[0], shown) or plain
            end = match.start("words") + len(words[0])
            yield Mention(amount, tuple(map(_noun, words)), sentence, match.start(), end)


def _noun(word: str) -> str:
    return SAME.get(stem(word), stem(word))


def tells(mention: Mention, amount: Amount, dimension: Dimension, topic: Topic) -> bool:
    """True when the sentence gives `amount` for something that can be the topic."""
    if not mention.amount.values & amount.values:
        return False
    if dimension in (Dimension.TIME, Dimension.BYTES):
        return amount.unit_known and mention.amount.dimension is dimension and not topic.period
    if dimension not in _UNITLESS or mention.amount.dimension is not Dimension.COUNT:
        return False
    if topic.period and topic.period not in spoken(mention.sentence[mention.end :]):
        return False
    return _counts(mention, dimension, topic)


def _counts(mention: Mention, dimension: Dimension, topic: Topic) -> bool:
    said, first = spoken(mention.sentence), mention.nouns[0]
    if dimension is Dimension.AGE:
        return first == "year" and bool({"old", "older", "age", "younger"} & said)
    if dimension is Dimension.LENGTH:
        return first in ("character", "char")
    if topic.is_tries:
        return "attempt" in mention.nouns or (first in ("time", "times") and "attempt" in said)
    if topic.words & set(mention.nouns):
        return True
    return bool(topic.words) and first in _COUNTERS


def phrases_for(amount: Amount, dimension: Dimension, topic: Topic) -> frozenset[str]:
    """What is searched for: the number with each word that may stand behind it."""
    if dimension in (Dimension.TIME, Dimension.BYTES):
        return frozenset(_with_units(amount, dimension))
    if dimension is Dimension.AGE:
        nouns = {"year", "years"}
    elif dimension is Dimension.LENGTH:
        nouns = {"characters", "character"}
    elif topic.is_tries:
        nouns = {"times", "attempts", "tries", "retries", "attempt", "time"}
    else:
        nouns = {form for word in topic.words for form in (word, plural(word))} | {
            "people",
            "items",
            "entries",
        }
    values = (int(value) for value in amount.values if value.denominator == 1)
    return frozenset(f"{form} {noun}" for value in values for form in spellings(value) for noun in nouns)


_SCALES = {
    Dimension.TIME: (("second", 1), ("minute", 60), ("hour", 3600), ("day", 86400), ("week", 604800)),
    Dimension.BYTES: (("KB", 1024), ("MB", 2**20), ("GB", 2**30), ("KB", 1000), ("MB", 10**6), ("GB", 10**9)),
}


def _with_units(amount: Amount, dimension: Dimension) -> Iterator[str]:
    for unit, scale in _SCALES[dimension]:
        for value in amount.values:
            if value >= scale and value % scale == 0:
                for form in spellings(int(value // scale)):
                    yield from (f"{form} {unit}", f"{form}-{unit}", f"{form}{unit}")
                    yield from (f"{form} {unit}s",) if dimension is Dimension.TIME else ()


_IN_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def spellings(value: int) -> tuple[str, ...]:
    """How people write a whole number."""
    forms = [str(value)]
    if 0 <= value < len(_IN_WORDS):
        forms += [_IN_WORDS[value], _IN_WORDS[value].capitalize()]
    return (*forms, f"{value:,}") if value >= 1000 else tuple(forms)


def plural(word: str) -> str:
    """The plural of a regular noun."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
