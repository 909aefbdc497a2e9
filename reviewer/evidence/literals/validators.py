"""Reads limits out of validators: calls such as `.min(3)`, ranges, and patterns of one repeated class."""

import re
from collections.abc import Iterator
from fractions import Fraction

from reviewer.domain.literals import BoundKind, Dimension
from reviewer.evidence.literals.bound import NAME_REF, CodeBound, is_constant, measured_amount
from reviewer.evidence.literals.code_names import meaning_of
from reviewer.evidence.literals.quantity import Amount, code_amount
from reviewer.evidence.literals.words import subject_of

_CALL = re.compile(r"(?P<dot>\.)?(?P<name>[A-Za-z_][\w]*)\(\s*")
_CALLS = re.compile(r"^(?:[a-z_]*(?:min|max)(?:imum)?(?:_?(?:length|len|size|value|items|chars|words))?"
                    r"(?:_?validator)?"
                    r"|(?:length|stringlength|gte|lte|gt|lt|greaterthan(?:orequalto)?|lessthan(?:orequalto)?"
                    r"|decimalmin|decimalmax))$",
                    re.IGNORECASE)  # fmt: skip


def calls(line: str, before: str) -> Iterator[CodeBound]:
    """Calls and annotations that take one limit: `.min(3)`, `@Max(10)`; `before` as in `bounds_in`."""
    for match in _CALL.finditer(line):
        name = match["name"]
        if not _CALLS.match(name) or (
            not match["dot"] and len(name) <= 3 and line[match.start() - 1 :][:1] != "@"
        ):
            continue
        ahead = line[: match.start()]
        if re.search(r"\b(?:Math|np|numpy|Collections|cmp|std)$", ahead):
            continue
        found = code_amount(line, match.end())
        if found and not re.match(r"\s*(?:\)|,\s*[\"'`{\w)]|,\s*$|$)", line[found[1] :][:20]):
            continue
        ref = None if found else NAME_REF.match(line, match.end())
        if not found and not (ref and is_constant(ref.group(1))):
            continue
        said = meaning_of(name)
        kind = said.kind or {"length": BoundKind.EXACT, "StringLength": BoundKind.MAX}.get(name)
        chain = before + ahead
        dimension = _chained(chain) if said.dimension is Dimension.UNKNOWN else said.dimension
        amount = measured_amount(found[0], dimension, "") if found else None
        ref_name = ref.group(1) if ref else ""
        yield CodeBound(
            kind, said.shift, None, amount, ref_name, dimension, subject_of(ref_name), name, match.end()
        )


def _chained(chain: str) -> Dimension:
    """What `.min(5)` measures, by what it hangs on."""
    if re.search(r"\b(?:string|array|str|text|email|Set|list)\(", chain):
        return Dimension.LENGTH
    if re.search(r"\b(?:number|int|integer|bigint|coerce)\b|@(?:Min|Max)$|@$", chain):
        return Dimension.NUMBER
    return Dimension.UNKNOWN


_PAIR = re.compile(
    r"(?:\b(?:in|within|range|between|size|digits_between)\s*(?:=>|[:=(])\s*[\[(]?"
    r"|\b(?:Length|LengthBetween|lengthBetween|Range)\(\s*|\b(?P<name>\w*(?:length|size|limit|range))\s*(?:=>|[:=])\s*(?=\d+\.\.))"
    r"(?P<low>\d+)\s*(?P<sep>\.\.\.?|,)\s*(?P<high>\d+)"
)


def ranges(line: str) -> Iterator[CodeBound]:
    """Both ends of a range: `in: 3..20`, `between:3,20`."""
    for match in _PAIR.finditer(line):
        low, high = Fraction(match["low"]), Fraction(match["high"])
        context = line[: match.start()] + match.group()
        dimension = (
            Dimension.LENGTH if re.search(r"length|size", context, re.IGNORECASE) else Dimension.UNKNOWN
        )
        if low >= high:
            continue
        for kind, number, shift in (
            (BoundKind.MIN, low, 0),
            (BoundKind.MAX, high, -1 if match["sep"] == "..." else 0),
        ):
            amount = Amount(frozenset({number}), dimension, True, str(number))
            subject = subject_of(match["name"] or "")
            yield CodeBound(
                kind, shift, None, amount, "", dimension, subject, match["name"] or "", match.start()
            )


_REPETITION = re.compile(
    r"(?:\^|\\A)(?:\(\?[=:!][^)]*\))*(?:\[[^\]\n]{1,80}\]|\.|\\[wSdD])\{(\d{1,4})(,?)(\d{0,4})\}(?:\$|\\z|\\Z)"
)


def repetitions(line: str) -> Iterator[CodeBound]:
    """A whole-text pattern of one repeated class: `^[a-z]{3,20}$`."""
    for match in _REPETITION.finditer(line):
        low, comma, high = match.groups()
        digits = "\\d{" in match.group() or "[0-9]{" in match.group()
        dimension = Dimension.DIGITS if digits else Dimension.LENGTH
        pairs = [(BoundKind.MIN, low), (BoundKind.MAX, high)] if comma else [(BoundKind.EXACT, low)]
        for kind, number in pairs:
            if number:
                amount = Amount(frozenset({Fraction(number)}), dimension, True, number)
                yield CodeBound(kind, 0, None, amount, "", dimension, frozenset(), "", match.start())
