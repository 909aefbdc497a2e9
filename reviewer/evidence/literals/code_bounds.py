"""Reads limits out of a line of code: comparisons, validators, options, attributes, constants, repetitions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from reviewer.domain.literals import BoundKind, Dimension
from reviewer.evidence.literals.code_names import Meaning, meaning_of
from reviewer.evidence.literals.quantity import Amount, code_amount, with_unit
from reviewer.evidence.literals.words import parts_of, subject_of
from reviewer.evidence.syntax.grammars.row import named


@dataclass(frozen=True)
class CodeBound:
    """One limit that a line of code holds or could hold."""

    kind: BoundKind | None
    """None for a constant whose name does not say: its use decides."""
    shift: int
    """Added to the number: `x <= 3` refuses 3, so the least value is 4."""
    refuses: bool | None
    """True when it holds if the comparison being true means refusal, False if it means acceptance; None if both."""
    amount: Amount | None
    """As written, not shifted; None where a constant's name stands instead."""
    ref: str
    """The constant's name; empty where the number itself is written."""
    dimension: Dimension
    subject: frozenset[str]
    name: str
    """The constant, option or attribute given the number; empty for comparisons."""
    start: int
    """Characters from 0 in the line."""

    @property
    def effective(self) -> Amount | None:
        """The number that is still allowed."""
        return self.amount.shifted(self.shift) if self.amount else None


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
_LOOP = re.compile(r"^\s*(?:\}\s*)?(?:for|while|until|loop)\b")
_IGNORED = named(
    """
    i j k idx index offset pos position version status code depth level line row column
    """
)
_REF = re.compile(r"^(?:[\w$]+(?:\.|::|->))*([A-Za-z_$][\w$]*)(?:\(\))?$")


def bounds_in(line: str, *, before: str = "") -> list[CodeBound]:
    """Every limit on a line of code without comments. `before` is what the statement has on the lines above."""
    if _LOOP.match(line):
        return []
    found = [
        *_named(line, before),
        *_comparisons(line),
        *_calls(line, before),
        *_pairs(line),
        *_repetitions(line),
    ]
    return sorted(found, key=lambda bound: bound.start)


def _comparisons(line: str) -> Iterator[CodeBound]:
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
        if match and not _LENGTH_OF.search(name) and _is_constant(match.group(1)):
            return match.group(1), other.strip(), op
    return "", "", operator


def _is_constant(name: str) -> bool:
    if len(name) < 3:
        return False
    upper = name.isupper() and any(character.isalpha() for character in name)
    return upper or meaning_of(name).kind is not None


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
        given = _measured_amount(amount, dimension, said.unit)
        yield CodeBound(
            kind, shift, refuses, given, ref, dimension, said.subject | subject_of(ref), "", start
        )


def _measure(expression: str, said: Meaning, *, measured: bool) -> Dimension:
    stored = {"file", "image", "upload", "blob", "attachment", "avatar", "files"} & set(parts_of(expression))
    if measured and stored and re.search(r"\.(?:size|length)\b", expression, re.IGNORECASE):
        return Dimension.BYTES if "size" in expression.lower() else Dimension.LENGTH
    return Dimension.LENGTH if measured else said.dimension


def _measured_amount(amount: Amount | None, dimension: Dimension, unit: str) -> Amount | None:
    """The amount in the dimension that the names around give it, where it has none of its own."""
    if amount is None or amount.dimension is not Dimension.UNKNOWN:
        return amount
    if unit:
        return with_unit(next(iter(amount.values)), unit, f"{amount.text} {unit}") or amount
    known = dimension not in (Dimension.TIME, Dimension.UNKNOWN)
    return Amount(amount.values, dimension, known, amount.text)


_NAMED = re.compile(
    r"(?P<name>[A-Za-z_$][\w$]*(?:[.-][\w$]+)*)[\"']?\]?\s*"
    r"(?P<type>:\s*[A-Za-z_][\w<>\[\]., |]*?\s*(?==)|\s(?:int|uint\d*|int\d*|float\d*|time\.Duration)\s+(?==))?"
    r"(?P<op>=>|:=|=(?![=>~])|:(?![:=]))\s*(?P<open>[\[{(]?\s*)"
)
_OWNER = re.compile(r"(?:@(\w+)\(|([\w-]+)[\"']?\s*:\s*\{)[^(){}]*$")
"""What `value` is the value of: `@Min(value = 18)`, `minLength: { value: 3 }`."""
_NAME_REF = re.compile(r"(?:[A-Za-z_$][\w$]*(?:\.|::))*([A-Za-z_$][\w$]*)\s*(?=[,;)}\]\s\"]|$)")


def _named(line: str, before: str) -> Iterator[CodeBound]:
    for match in _NAMED.finditer(line):
        name = match["name"]
        if name == "value" and (owner := _OWNER.search(before + " " + line[: match.start()])):
            name = owner.group(1) or owner.group(2)
        said = meaning_of(name)
        if said.dimension is Dimension.UNKNOWN and said.kind is not None:
            said = replace(said, dimension=_option_of(before + line[: match.start()]))
        found = code_amount(line, match.end())
        if found is not None and _ends_a_value(line, found[1]):
            yield from _given(name, said, found[0], "", match.end())
        elif said.kind is not None and match["op"] != ":=":
            ref = _NAME_REF.match(line, match.end())
            if ref and _is_constant(ref.group(1)) and ref.group(1) != name:
                yield from _given(name, said, None, ref.group(1), match.start())


def _option_of(context: str) -> Dimension:
    """What `minimum: 5` measures, by what it is an option of."""
    if re.search(
        r"(?:\blength\b\s*(?:=>|[:=])\s*\{?|\b(?:Size|Length|isLength|validates_length_of|validates_size_of)\b[^)]*\(?"
        r"|\b(?:string|String|CharField|TextField)\b)[^}]*$",
        context,
    ):
        return Dimension.LENGTH
    if re.search(
        r"\b(?:numericality|NumberRange|IntegerField|Range|isInt|Min|Max|DecimalMin|DecimalMax)\b[^}]*$",
        context,
    ):
        return Dimension.NUMBER
    return Dimension.UNKNOWN


def _ends_a_value(line: str, end: int) -> bool:
    return (
        re.match(r"\s*(?:$|[,;)}\]>/\"'|#]|\.freeze|if\b|unless\b|as\b|[a-z-]+=|\w+:)", line[end : end + 12])
        is not None
    )


def _given(name: str, said: Meaning, amount: Amount | None, ref: str, start: int) -> Iterator[CodeBound]:
    """A named number. One whose name bounds nothing is kept without a kind: a constant that a use may turn to."""
    dimension = said.dimension
    if amount and amount.dimension is not Dimension.UNKNOWN:
        dimension = amount.dimension
    kind = said.kind
    if (
        kind is None
        and parts_of(name)[-1:] in (("length",), ("is",))
        and dimension is Dimension.LENGTH
        and len(parts_of(name)) == 1
    ):
        kind = BoundKind.EXACT
    given = _measured_amount(amount, dimension, said.unit)
    yield CodeBound(
        kind, said.shift, None, given, ref, dimension, said.subject | subject_of(ref), name, start
    )


def entry_bounds(key: str, value: str, start: int) -> Iterator[CodeBound]:
    """The limit that an entry of a data file holds: `password.min_length: 5`. Its key path tells what it is about."""
    found = code_amount(value.strip()) if len(value) < 40 else None
    if found is None or found[1] < len(value.strip()):
        return
    parts = [part for part in key.split(".") if not part.isdigit()]
    name = parts[-1] if parts else ""
    said = meaning_of(name)
    if said.kind is None and len(parts) > 1 and meaning_of(f"{parts[-2]}_{name}").kind is not None:
        said = meaning_of(f"{parts[-2]}_{name}")
    if said.dimension is Dimension.UNKNOWN and {"length", "size"} & {part.lower() for part in parts[-3:]}:
        said = replace(said, dimension=Dimension.LENGTH)
    subject = said.subject or subject_of(*parts[-3:])
    for bound in _given(name, said, found[0], "", start):
        yield replace(bound, subject=subject)


_CALL = re.compile(r"(?P<dot>\.)?(?P<name>[A-Za-z_][\w]*)\(\s*")
_CALLS = re.compile(r"^(?:[a-z_]*(?:min|max)(?:imum)?(?:_?(?:length|len|size|value|items|chars|words))?"
                    r"(?:_?validator)?"
                    r"|(?:length|stringlength|gte|lte|gt|lt|greaterthan(?:orequalto)?|lessthan(?:orequalto)?"
                    r"|decimalmin|decimalmax))$",
                    re.IGNORECASE)  # fmt: skip


def _calls(line: str, before: str) -> Iterator[CodeBound]:
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
        ref = None if found else _NAME_REF.match(line, match.end())
        if not found and not (ref and _is_constant(ref.group(1))):
            continue
        said = meaning_of(name)
        kind = said.kind or {"length": BoundKind.EXACT, "StringLength": BoundKind.MAX}.get(name)
        chain = before + ahead
        dimension = _chained(chain) if said.dimension is Dimension.UNKNOWN else said.dimension
        amount = _measured_amount(found[0], dimension, "") if found else None
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


def _pairs(line: str) -> Iterator[CodeBound]:
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


def _repetitions(line: str) -> Iterator[CodeBound]:
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
