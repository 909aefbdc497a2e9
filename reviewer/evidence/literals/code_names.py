"""What the name of a constant, option or attribute says about the number it holds."""

import re
from dataclasses import dataclass

from reviewer.domain.literals import BoundKind, Dimension
from reviewer.evidence.literals.words import parts_of, subject_of
from reviewer.evidence.syntax.grammars.row import named

_JOINED = re.compile(
    r"\b(min|max)(?=(?:length|len|size|value|items|chars|count|age|date|word)s?\b)", re.IGNORECASE
)
_MIN = frozenset(["min", "minimum", "least", "lower", "mins"])
_MAX = named(
    """
    max maximum most limit upper cap quota allowed
    """
)
_LENGTH = named(
    """
    length len chars characters char strlen runes codepoints
    """
)
_BYTES = named(
    """
    bytes kb mb gb kib mib gib kilobytes megabytes gigabytes
    """
)
_STORED = named(
    """
    file files upload uploads image images photo avatar attachment attachments body payload blob request
    content memory document video
    """
)  # fmt: skip
_TIMES = {
    "ms": "ms", "millis": "ms", "milliseconds": "ms", "msec": "ms", "second": "second", "seconds": "second",
    "secs": "second", "sec": "second", "minute": "minute", "minutes": "minute", "mins": "minute", "hour": "hour",
    "hours": "hour", "hrs": "hour", "day": "day", "days": "day", "weeks": "week",
}  # fmt: skip
_TIMED = named(
    """
    timeout ttl expiry expires expire expiration duration lifetime lockout cooldown interval validity
    window delay within
    """
)
_TRIES = frozenset(["attempts", "attempt", "retries", "tries", "retry"])
_COUNTED = frozenset(["count", "num", "number", "quantity", "total"])
_PERCENT = frozenset(["percent", "pct", "percentage"])


@dataclass(frozen=True)
class Meaning:
    """What a name says."""

    kind: BoundKind | None
    """None where the name bounds nothing."""
    shift: int
    """1 where the number itself is excluded below, -1 where it is above."""
    dimension: Dimension
    unit: str
    """A unit of time or storage in the name; empty for none."""
    subject: frozenset[str]


def meaning_of(name: str) -> Meaning:
    """What `MAX_UPLOAD_MB`, `minlength` or `password.min_length` says of its number."""
    words = parts_of(_JOINED.sub(r"\1_", name))
    if "per" in words[1:-1]:  # a rate: what it counts within is a part of no comparison
        counted = subject_of(" ".join(words[: words.index("per")]))
        return Meaning(None, 0, Dimension.COUNT, "", counted)
    kind, shift = _kind(words)
    dimension, unit = _dimension(words)
    if kind is None and dimension is Dimension.TIME and _TIMED & set(words):
        kind = BoundKind.EXACT
    if kind is None and _TRIES & set(words):
        kind = BoundKind.MAX
    return Meaning(kind, shift, dimension, unit, subject_of(name, _JOINED.sub(r"\1_", name)))


def _kind(words: tuple[str, ...]) -> tuple[BoundKind | None, int]:  # noqa: PLR0911 - a list of cases, one return each
    joined = "_".join(words)
    if joined in ("greater_than_or_equal_to", "gte", "ge"):
        return BoundKind.MIN, 0
    if joined in ("greater_than", "gt"):
        return BoundKind.MIN, 1
    if joined in ("less_than_or_equal_to", "lte", "le"):
        return BoundKind.MAX, 0
    if joined in ("less_than", "lt"):
        return BoundKind.MAX, -1
    found = set(words)
    if found & _MIN and not found & (_MAX - {"allowed", "limit"}):
        return BoundKind.MIN, 0
    if found & _MAX and not found & _MIN:
        return BoundKind.MAX, 0
    return None, 0


def _dimension(words: tuple[str, ...]) -> tuple[Dimension, str]:  # noqa: PLR0911 - a list of cases, one return each
    found = set(words)
    unit = next((word for word in words if word in _BYTES), "")
    time = next((_TIMES[word] for word in reversed(words) if word in _TIMES), "")
    if unit:
        return Dimension.BYTES, unit
    if time:
        return Dimension.TIME, time
    if "words" in found or "word" in found:
        return Dimension.WORDS, ""
    if found & _LENGTH:
        return Dimension.LENGTH, ""
    if "size" in found or "weight" in found:
        return (Dimension.BYTES if found & _STORED else Dimension.LENGTH), ""
    if found & _TRIES or found & _COUNTED:
        return Dimension.COUNT, ""
    if found & _PERCENT:
        return Dimension.PERCENT, ""
    if "age" in found and not found & {"cache", "cookie", "session", "cors", "hsts", "token"}:
        return Dimension.AGE, ""
    if found & _TIMED:
        return Dimension.TIME, ""
    return Dimension.UNKNOWN, ""
