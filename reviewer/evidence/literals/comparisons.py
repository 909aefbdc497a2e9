"""Reads the limits out of comparisons: `len(name) < MIN_NAME`."""

import re
from collections.abc import Iterator
from dataclasses import replace

from reviewer.domain.literals import BoundKind, Dimension
from reviewer.evidence.literals.bound import CodeBound, is_constant, measured_amount
from reviewer.evidence.literals.code_names import Meaning, meaning_of
from reviewer.evidence.literals.quantity import Amount, code_amount
from reviewer.evidence.literals.words import parts_of, subject_of
from reviewer.evidence.syntax.grammars.row import named

_READINGS: dict[str, tuple[tuple[BoundKind, int, bool], ...]] = {
    "<": ((BoundKind.MIN, 0, True), (BoundKind.MAX, -1, False)),
    "<=": ((BoundKind.MIN, 1, True), (BoundKind.MAX, 0, False)),
    ">": ((BoundKind.MAX, 0, True), (BoundKind.MIN, 1, False)),
    ">=": ((BoundKind.MAX, -1, True), (BoundKind.MIN, 0, False)),
    "!=": ((BoundKind.EXACT, 0, True),),
    "==": ((BoundKind.EXACT, 0, False),),
}
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "!=": "!=", "==": "=="}
_OP = re.compile(r"(?<![<>=\-!~?|&+*/%:])(<=|>=|!==?|===?|<(?![<!/=-])|>(?![>=]))(?!=)")
_LEFT = re.compile(
    r"(?:[\w$@!?]+(?:::|\?\.|\.|->|&\.))*[\w$@?]+(?:\((?:[^()]|\([^()]*\)){0,80}\))?"
    r"(?:(?:\?\.|\.|->|&\.)\w+[?!]?(?:\((?:[^()]|\([^()]*\)){0,40}\))?)*\s*$"
)
_RIGHT = re.compile(
    r"\s*((?:[\w$@]+(?:::|\?\.|\.|->))*[\w$@]+(?:\((?:[^()]|\([^()]*\)){0,80}\))?(?:\.\w+(?:\([^()]{0,40}\))?)*)"
)
_TRAILING_NUMBER = re.compile(r"(?<![\w.])(\d[\d_.]*(?:\s*\*\s*\d[\d_]*)*)\s*$")
_LENGTH_OF = re.compile(
    r"\b(?:len|strlen|mb_strlen|count|sizeof|RuneCountInString|utf8_length)\s*\(|(?:\.|->|&\.)(?:length|len|count|Length|size"
    r"|char_length|codePointCount|Count)\b"
)
_IGNORED = named(
    """
    i j k idx index offset pos position version status code depth level line row column
    """
)
_REF = re.compile(r"^(?:[\w$]+(?:\.|::|->))*([A-Za-z_$][\w$]*)(?:\(\))?$")


def comparisons(line: str) -> Iterator[CodeBound]:
    """Both readings of each comparison with a number or a constant: as a refusal and as an acceptance."""
    for match in _OP.finditer(line):
        operator = match.group()[:2] if match.group() in ("===", "!==") else match.group()
        spaced = line[match.start() - 1 : match.start()] == " "
        left, right = line[max(0, match.start() - 160) : match.start()], line[match.end() :][:160]
        if operator in "<>" and not spaced and not _LENGTH_OF.search(left[-12:]) and not left.endswith(")"):
            continue
        negated = _NEGATED.search(line[: match.start()]) is not None
        for bound in _compared(left, operator, right, match.start()):
            yield replace(bound, refuses=not bound.refuses) if negated else bound


_NEGATED = re.compile(r"(?:\bnot\s*|!\s*)\((?:[^()]|\([^()]*\))*$")


def _compared(left: str, operator: str, right: str, start: int) -> Iterator[CodeBound]:
    subject, ref = _LEFT.search(left), None
    amount = _leading_amount(right)
    if amount is None and (number := _TRAILING_NUMBER.search(left)):
        given = code_amount(number.group(1))
        amount, operator = (given[0] if given else None), _FLIPPED[operator]
        subject = _RIGHT.match(right)
    elif amount is None and subject is not None:
        other = _RIGHT.match(right)
        ref, expression, operator = _constant_of(subject.group(), other.group(1) if other else "", operator)
        if not ref:
            return
        yield from _bounds_of(expression, operator, None, ref, start)
        return
    if amount is None or subject is None:
        return
    yield from _bounds_of(subject.group().strip(), operator, amount, "", start)


def _leading_amount(text: str) -> Amount | None:
    found = code_amount(text.lstrip())
    return found[0] if found else None


def _constant_of(left: str, right: str, operator: str) -> tuple[str, str, str]:
    """Which of two names is the limit, and what it limits; empty when neither looks like one."""
    for name, other, op in ((right, left, operator), (left, right, _FLIPPED[operator])):
        match = _REF.match(name.strip())
        if match and not _LENGTH_OF.search(name) and is_constant(match.group(1)):
            return match.group(1), other.strip(), op
    return "", "", operator


def _bounds_of(
    expression: str, operator: str, amount: Amount | None, ref: str, start: int
) -> Iterator[CodeBound]:
    said = meaning_of(expression)
    words = set(parts_of(expression))
    if words & _IGNORED or expression[:1].isdigit():
        return
    measured = _LENGTH_OF.search(expression) is not None
    dimension = _measure(expression, said, measured=measured)
    number = next(iter(amount.values)) if amount else None
    if operator in ("==", "!=") and (not measured or number is None or number <= 1):
        return
    if number == 0 and operator in ("<", ">=", "<="):
        return
    for kind, shift, refuses in _READINGS[operator]:
        given = measured_amount(amount, dimension, said.unit)
        yield CodeBound(
            kind, shift, refuses, given, ref, dimension, said.subject | subject_of(ref), "", start
        )


def _measure(expression: str, said: Meaning, *, measured: bool) -> Dimension:
    stored = {"file", "image", "upload", "blob", "attachment", "avatar", "files"} & set(parts_of(expression))
    if measured and stored and re.search(r"\.(?:size|length)\b", expression, re.IGNORECASE):
        return Dimension.BYTES if "size" in expression.lower() else Dimension.LENGTH
    return Dimension.LENGTH if measured else said.dimension
