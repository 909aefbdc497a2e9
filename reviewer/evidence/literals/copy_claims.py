"""Reads limits out of English copy: "at least 3 characters", "up to 10 MB", "between two and five tags"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from reviewer.domain.literals import BoundKind, Dimension
from reviewer.evidence.literals.quantity import NUMBER, Amount, number_in_words, with_unit
from reviewer.evidence.literals.words import subject_of
from reviewer.evidence.syntax.grammars.row import named

_MAX_TEXT = 2_000


@dataclass(frozen=True)
class Claim:
    """One limit that a text states. The number itself is allowed: "more than 3" is a minimum of 4."""

    kind: BoundKind
    amount: Amount
    subject: frozenset[str]
    """What the sentence is about, as far as it says."""
    noun: frozenset[str]
    """The things counted; empty for characters, time, bytes and plain values."""
    start: int
    """Characters from 0 in the text; `end` is not included."""
    end: int
    phrase: str


_NEGATED = r"(?:(?:can\s?|may\s+|should\s+)?not\s+be|can['’]t\s+be|must\s?n['o’]?t\s+be|no|not)"
_SMALLER = r"(?:less|fewer|shorter|smaller|lower|younger)"
_GREATER = r"(?:more|longer|greater|larger|bigger|higher|older)"
_OUGHT = (
    r"(?:must|should|has\s+to|have\s+to|needs?\s+to)(?:\s+\w+){0,2}?"
    r"\s+(?:be|have|contain|include)(?:\s+strictly)?"
)
_WHAT = r"(?:\s+(?:\w+\s+)?(?:length|size|age|value|number|amount|count|duration|time)(?:\s+of\s+\w+)?)?"
_IS = r"(?:\s*(?:is|are|of|[:=]|was)\s*|\s+)"
_PREFIXES: tuple[tuple[str, BoundKind, int], ...] = (
    (rf"{_NEGATED}\s+{_SMALLER}\s+than", BoundKind.MIN, 0),
    (rf"{_NEGATED}\s+(?:{_GREATER}\s+than|over|above)", BoundKind.MAX, 0),
    (rf"{_OUGHT}\s+(?:{_GREATER}\s+than|over|above)", BoundKind.MIN, 1),
    (rf"{_OUGHT}\s+(?:{_SMALLER}\s+than|under|below)", BoundKind.MAX, -1),
    (r"at\s+least|at\s+minimum|a\s+min(?:imum)?\s+of", BoundKind.MIN, 0),
    (rf"min(?:imum|\.)?{_WHAT}{_IS}", BoundKind.MIN, 0),
    (r"at\s+most|up\s+to(?:\s+a\s+maximum\s+of)?|a\s+max(?:imum)?\s+of", BoundKind.MAX, 0),
    (rf"max(?:imum|\.)?{_WHAT}{_IS}", BoundKind.MAX, 0),
    (r"exceed(?:s|ed|ing)?(?:\s+(?:the|its|a))?(?:\s+[a-z]+)?(?:\s+(?:limit|maximum|length|size))?(?:\s+of)?",
     BoundKind.MAX, 0),
    (r"limit(?:ed)?(?:\s+(?:of|to|is)|:)", BoundKind.MAX, 0),
    (r"within(?:\s+the\s+next)?", BoundKind.MAX, 0),
    (r"exactly", BoundKind.EXACT, 0),
    (r"expires?\s+(?:in|after)|expire\s+(?:in|after)|valid\s+for|lasts?(?:\s+for)?|timed?\s+out\s+after"
     r"|inactiv(?:e|ity)\s+(?:for|of)|locked\s+(?:out\s+)?for|wait(?:\s+for)?|wait\s+at\s+least", BoundKind.EXACT, 0),
)  # fmt: skip
_TIMED_ONLY = 12
_BARE = re.compile(rf"\b{_OUGHT}\s+(?:an?\s+)?(?P<number>{NUMBER})(?![\d./]*\d)", re.IGNORECASE)
_JOINED = re.compile(rf"(?<![\w.$-])(?P<number>{NUMBER})-(?:digits?|characters?|chars?)\b", re.IGNORECASE)
_PREFIX = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<p{at}>{pattern})" for at, (pattern, _, _) in enumerate(_PREFIXES))
    + rf")\s*(?P<number>{NUMBER})(?![\d./]*\d)",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    rf"(?<![\w.$€£#-])(?P<number>{NUMBER})(?:\s*(?P<unit>[a-zA-Z]+)(?:\s+(?P<unit2>[a-zA-Z]+))?)?\s*"
    r"(?:(?P<min>\+|(?:or\s+(?:more|older|longer|greater|above|higher)|and\s+(?:over|older|above)|min(?:imum)?)\b)"
    r"|(?P<max>(?:or\s+(?:less|fewer|shorter|younger|below|under|lower|smaller)|max(?:imum)?|at\s+most)\b))",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?P<word>\bbetween\s+|\bfrom\s+)?(?<![\w.$€£/-])(?P<low>{NUMBER})\s*(?P<lowunit>[KMG]B|characters)?\s*"
    rf"(?P<sep>-|–|—|\bto\b|\band\b)\s*(?P<number>{NUMBER})(?![\d./:-]*\d)",
    re.IGNORECASE,
)
_TRIES = re.compile(
    rf"(?P<lead>\b(?:have|has|allowed|allows?|after|only|get|given|than|of|made|make)\s+)(?P<number>{NUMBER})\s+(?:\w+\s+){{0,2}}?"
    r"(?:attempts|tries|retries|guesses)\b",
    re.IGNORECASE,
)
_FAILED = re.compile(
    rf"\bafter\s+(?P<number>{NUMBER})\s+(?:wrong|failed|incorrect|invalid|unsuccessful)\s+\w+", re.IGNORECASE
)
_AFTER = re.compile(r"(?P<percent>\s*(?:%|percent\b))|[\s-]*(?P<words>[A-Za-z]+(?:[ -][A-Za-z]+){0,3})?")
_COMPOSED = named(
    """
    special uppercase lowercase upper lower capital numeric unique different distinct letter letters
    symbol symbols punctuation number numbers alphabetic consecutive repeated identical whitespace
    """
)
"""Parts that a text must have; how many is another limit than its length."""
_STOP = named(
    """
    or and but to in on at for of if is are be per long with the a an as by from that which when before
    after until then else so each every must should can cannot may will was has have you your we it its
    this these those not than only more less older longer fewer minimum maximum min max required allowed
    please inclusive within between too short away ago left remaining into total
    """
)
_VERSION = re.compile(
    r"(?:\bversions?|\bv|\bpython|\bruby|\bnode(?:\.js)?|\bjava|\bjdk|\bgo|\bphp|\brails|\bdjango|\bpostgres(?:ql)?|\bmysql"
    r"|\bhttp|\bport|\bpage|\bstep|\bchapter|\bsection|\bline|\bissue|[$€£#])\s*$",
    re.IGNORECASE,
)  # fmt: skip
_EXAMPLE = re.compile(r"\be\.g\.|\bfor example\b|\bfor instance\b", re.IGNORECASE)
_SENTENCE = re.compile(
    r"(?<=[.!?;])(?<!\bmin\.)(?<!\bmax\.)(?<!\bMin\.)(?<!\bMax\.)\s+|\n\s*\n|\\n|<br\s*/?>"
)


def claims_in(text: str) -> list[Claim]:
    """The limits a text states, ordered by place. Where a reader would have to guess, there is none."""
    text = text[:_MAX_TEXT]
    if not _may_have_number(text):
        return []
    found = []
    at = 0
    for sentence in _SENTENCE.split(text):
        at = max(text.find(sentence, at), at)
        if not _EXAMPLE.search(sentence):
            found += list(_in_sentence(sentence, at))
        at += len(sentence)
    return found


_ANY_NUMBER = re.compile(rf"\b{NUMBER}", re.IGNORECASE)


def _may_have_number(text: str) -> bool:
    return _ANY_NUMBER.search(text) is not None


@dataclass(frozen=True)
class _Match:
    """A number in a sentence and which side it bounds."""

    kind: BoundKind
    number: Fraction
    shift: int
    span: tuple[int, int]
    number_span: tuple[int, int]
    unit_from: int
    """Where the unit is looked for."""
    timed: bool = False
    """Holds for times only."""
    bare: bool = False
    """Known by "must be" alone, which needs a unit of length."""
    failed: bool = False
    """Counts what was refused, "5 wrong passwords": attempts."""


def _in_sentence(sentence: str, offset: int) -> Iterator[Claim]:
    matches = sorted(_matches(sentence), key=lambda match: match.span)
    end = 0
    for at, match in enumerate(matches):
        later = [other.span[0] for other in matches[at + 1 :] if other.span[0] > match.span[0]]
        room = (end, later[0] if later else len(sentence))
        claim = _claim(sentence, match, offset, room)
        if claim is not None:
            yield claim
        if at + 1 < len(matches) and matches[at + 1].span != match.span:
            end = match.number_span[1]


def _matches(sentence: str) -> list[_Match]:
    """Of two readings of one number the first in this order counts."""
    found: list[_Match] = []
    for match in _RANGE.finditer(sentence):
        found += _range(sentence, match)
    for match in _PREFIX.finditer(sentence):
        at = next(at for at in range(len(_PREFIXES)) if match.group(f"p{at}") is not None)
        _, kind, shift = _PREFIXES[at]
        _add(found, match, kind, shift=shift, timed=at == _TIMED_ONLY)
    for match in _SUFFIX.finditer(sentence):
        if not _VERSION.search(sentence[: match.start()]):
            kind = BoundKind.MIN if match["min"] else BoundKind.MAX
            _add(found, match, kind, unit_from=match.end("number") if match["unit"] else match.end())
    for pattern in (_JOINED, _TRIES, _FAILED):
        for match in pattern.finditer(sentence):
            _add(found, match, BoundKind.EXACT, failed=pattern is _FAILED)
    for match in _BARE.finditer(sentence):
        _add(found, match, BoundKind.EXACT, bare=True)
    return found


def _add(  # noqa: PLR0913 - one thing each
    found: list[_Match], match: re.Match[str], kind: BoundKind, *,
    shift: int = 0, unit_from: int | None = None, timed: bool = False, bare: bool = False, failed: bool = False,
) -> None:  # fmt: skip
    numbers = match.span("number")
    if any(other.number_span[0] < numbers[1] and numbers[0] < other.number_span[1] for other in found):
        return
    unit_from = numbers[1] if unit_from is None else unit_from
    number = number_in_words(match["number"])
    found.append(_Match(kind, number, shift, match.span(), numbers, unit_from, timed, bare, failed))


def _range(sentence: str, match: re.Match[str]) -> list[_Match]:
    """A range needs a word before it, or a unit behind it; `and` needs `between`."""
    low, high = number_in_words(match["low"]), number_in_words(match["number"])
    word, sep = (match["word"] or "").strip().lower(), match["sep"].lower()
    if low >= high or (sep == "and") != (word == "between") or high > 10**9:
        return []
    unit = _AFTER.match(sentence, match.end())
    counted = (unit["words"] or "").lower().split(" ")[0] if unit else ""
    if word != "between" and counted.rstrip("s") not in {"character", "char", "digit", "word", "letter"}:
        return []
    numbers = (match.start("low"), match.end("number"))
    return [
        _Match(kind, number, 0, match.span(), numbers, match.end())
        for kind, number in ((BoundKind.MIN, low), (BoundKind.MAX, high))
    ]


def _claim(sentence: str, match: _Match, offset: int, room: tuple[int, int]) -> Claim | None:
    """`room`: from the end of the claim before to the start of the one behind."""
    start, number_start = match.span[0], match.number_span[0]
    if _VERSION.search(sentence[:number_start]) or sentence[match.number_span[1] :][:1] == "{":
        return None
    counted = _counted(sentence, match)
    if counted is None:
        return None
    amount, noun, end = counted
    if match.timed and amount.dimension is not Dimension.TIME:
        return None
    if amount.dimension is Dimension.DIGITS and match.kind is BoundKind.MIN and match.number <= 3:
        return None  # digits that a password must have, not its length
    if match.bare and amount.dimension not in (Dimension.CHARACTERS, Dimension.DIGITS):
        return None
    end = max(end, match.span[1])
    subject = subject_of(sentence[room[0] : number_start]) or subject_of(sentence[end : room[1]])
    return Claim(
        kind=match.kind,
        amount=amount.shifted(match.shift),
        subject=subject | noun,
        noun=noun,
        start=offset + start,
        end=offset + end,
        phrase=" ".join(sentence[start:end].split()),
    )


def _counted(sentence: str, match: _Match) -> tuple[Amount, frozenset[str], int] | None:
    """What the number counts; None where it counts a part of a composition, money, or cannot be told."""
    number, end = match.number, match.unit_from
    if match.failed:
        amount = Amount(frozenset({number}), Dimension.COUNT, True, f"{number} attempts")
        return amount, frozenset({"attempt"}), match.span[1]
    after = _AFTER.match(sentence, end)
    shown = sentence[match.number_span[0] : match.number_span[1]]
    if after and after["percent"]:
        amount = Amount(frozenset({number}), Dimension.PERCENT, True, f"{shown}%")
        return amount, frozenset(), after.end("percent")
    raw = re.split(r"[ -]", after["words"]) if after and after["words"] else []
    words = [word.lower() for word in raw]
    if _OLDER.search(sentence[match.number_span[1] : end + 10]) and words[:1] != ["year"]:
        return Amount(frozenset({number}), Dimension.AGE, True, f"{shown} years"), frozenset(), end
    kept = _before_stop(words)
    behind = after.start("words") + len(" ".join(raw[: len(kept)])) if kept and after else end
    return _measured(number, shown, words, kept, end=end, behind=behind)


_OLDER = re.compile(r"^\s*(?:or|and)\s+(?:older|over)\b", re.IGNORECASE)


def _before_stop(words: list[str]) -> list[str]:
    kept: list[str] = []
    for word in words[:3]:
        if word in _STOP:
            break
        kept.append(word)
    return kept


_CHARACTERS = frozenset({"character", "characters", "char", "chars"})


def _measured(  # noqa: PLR0911 - a list of cases, one return each
    number: Fraction, shown: str, words: list[str], kept: list[str], *, end: int, behind: int
) -> tuple[Amount, frozenset[str], int] | None:
    plain = frozenset({number})
    if any(word in _COMPOSED for word in kept):
        return None
    if any(word in _CHARACTERS for word in kept):
        return Amount(plain, Dimension.CHARACTERS, True, f"{shown} characters"), frozenset(), behind
    if kept and kept[0] in ("digit", "digits"):
        return Amount(plain, Dimension.DIGITS, True, f"{shown} digits"), frozenset(), behind
    if kept and kept[0] in ("word", "words"):
        return Amount(plain, Dimension.WORDS, True, f"{shown} words"), frozenset(), behind
    if kept and (measured := with_unit(number, kept[0], f"{shown} {kept[0]}")):
        return measured, frozenset(), behind
    if kept and kept[0].startswith("year"):
        is_age = bool({"old", "older", "age"} & set(words))
        return (Amount(plain, Dimension.AGE, True, f"{shown} years"), frozenset(), behind) if is_age else None
    noun = subject_of(" ".join(kept))
    if noun:
        return Amount(plain, Dimension.COUNT, True, f"{shown} {' '.join(kept)}"), noun, behind
    if kept and kept[0] in ("month", "months", "week", "weeks"):
        return None
    return Amount(plain, Dimension.NUMBER, True, shown), frozenset(), end
