"""Amounts: a number with what it counts, as copy and as code write it."""

import re
from dataclasses import dataclass
from fractions import Fraction

from reviewer.domain.literals import Dimension

_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "eighteen": 18, "twenty": 20, "twenty-one": 21, "twenty-four": 24, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "ninety": 90, "hundred": 100,
}  # fmt: skip
NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+(?:\.\d+)?|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
)
"""A number in copy: digits, with commas between thousands, or a word."""

_TIME: dict[str, int | Fraction] = {"second": 1, "sec": 1, "minute": 60, "min": 60, "hour": 3600, "hr": 3600,
         "day": 86400, "week": 604800,
         "millisecond": Fraction(1, 1000), "milli": Fraction(1, 1000), "ms": Fraction(1, 1000)}  # fmt: skip
_BYTES = {"byte": (1,), "kb": (10**3, 2**10), "kib": (2**10,), "kilobyte": (10**3, 2**10), "mb": (10**6, 2**20),
          "mib": (2**20,), "megabyte": (10**6, 2**20), "meg": (10**6, 2**20), "gb": (10**9, 2**30), "gib": (2**30,),
          "gigabyte": (10**9, 2**30), "tb": (10**12, 2**40), "terabyte": (10**12, 2**40)}  # fmt: skip


@dataclass(frozen=True)
class Amount:
    """What one number may mean. `10 MB` may mean two amounts of bytes."""

    values: frozenset[Fraction]
    """In seconds, bytes or plain."""
    dimension: Dimension
    unit_known: bool
    """False for a time or a size in a unit that the code does not name."""
    text: str
    """For people."""

    def shifted(self, by: int) -> "Amount":
        """The next amount up or down, for bounds that exclude their number; only plain numbers have one."""
        if by == 0 or self.dimension in (Dimension.TIME, Dimension.BYTES, Dimension.PERCENT):
            return self
        values = frozenset(value + by for value in self.values)
        return Amount(values, self.dimension, self.unit_known, str(min(values)))


def number_in_words(text: str) -> Fraction:
    """The number that `NUMBER` matched."""
    word = text.lower()
    return Fraction(_WORDS[word]) if word in _WORDS else Fraction(word.replace(",", ""))


def with_unit(number: Fraction, unit: str, text: str) -> Amount | None:
    """The amount that copy gives with a unit of time or storage; None when `unit` is neither."""
    key = unit.lower().rstrip("s") if unit.lower() != "ms" else "ms"
    if key in _TIME:
        return Amount(frozenset({number * _TIME[key]}), Dimension.TIME, True, text)
    if key in _BYTES:
        return Amount(frozenset(number * scale for scale in _BYTES[key]), Dimension.BYTES, True, text)
    return None


_PLAIN = r"\d[\d_]*(?:\.\d+)?"
_PRODUCT = re.compile(rf"({_PLAIN})((?:\s*(?:\*\*?|<<)\s*{_PLAIN})*)[LlFfuU]?")
_FACTOR = re.compile(rf"(\*\*|\*|<<)\s*({_PLAIN})")
_UNIT_AFTER = re.compile(
    r"\s*\*\s*(?:time|Duration|TimeUnit)\.(\w+)|\.(seconds?|minutes?|hours?|days?|weeks?|milliseconds?|bytes?|kilobytes?"
    r"|megabytes?|gigabytes?)\b|\s*\*\s*(KB|MB|GB|KiB|MiB|GiB|MINUTES?|HOURS?|SECONDS?|DAYS?|minutes?|hours?|days?)\b"
    r"|\s*(KB|MB|GB|KiB|MiB|GiB|ms|s|m|h|d)\b(?!\s*[(=:.])"
)
_UNIT_BEFORE = re.compile(
    r"(?:(?:Duration|Period|TimeSpan|DataSize|ChronoUnit)\s*\.\s*(?:of|From|from)(\w+)\(\s*"
    r"|TimeUnit\.(\w+)\.to\w+\(\s*"
    r"|(?:timedelta|Duration|relativedelta)\(\s*(\w+)\s*[=:]\s*)"
)
_SHORT = {"s": "second", "m": "minute", "h": "hour", "d": "day", "ms": "ms"}


def code_amount(text: str, start: int = 0) -> tuple[Amount, int] | None:
    """The constant amount that begins at `start`, with the place behind it; None when none does.

    Products, shifts and powers are worked out; durations and sizes of the usual libraries have their unit.
    """
    before = _UNIT_BEFORE.match(text, start)
    at = before.end() if before else start
    quoted = text[at : at + 1] in "\"'" and not before
    match = _PRODUCT.match(text, at + 1 if quoted else at)
    if match is None:
        return None
    number = _product(match)
    if number is None:
        return None
    end = match.end()
    shown = text[match.start() : end].strip()
    unit = next(filter(None, before.groups()), "") if before else ""
    after = None if before else _UNIT_AFTER.match(text, end)
    if after:
        unit, end = next(filter(None, after.groups()), ""), after.end()
        shown = text[match.start() : end].strip()
    elif re.match(r"\.\d|\.?[A-Za-z_]", text[end : end + 2]) and not quoted:
        return None
    amount = with_unit(number, _SHORT.get(unit, unit), shown) if unit else None
    if quoted:
        if text[end : end + 1] not in "\"'":
            return None
        end += 1
    return amount or Amount(frozenset({number}), Dimension.UNKNOWN, False, shown), end


def _product(match: re.Match[str]) -> Fraction | None:
    number = Fraction(match.group(1).replace("_", ""))
    for operator, raw in _FACTOR.findall(match.group(2)):
        factor = Fraction(raw.replace("_", ""))
        if operator == "*":
            number *= factor
        elif factor > 64 or factor.denominator != 1 or number.denominator != 1 or number > 10**6:
            return None
        else:
            number = number * 2 ** int(factor) if operator == "<<" else number ** int(factor)
    return number
