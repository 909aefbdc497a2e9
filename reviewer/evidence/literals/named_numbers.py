"""Reads limits out of names that are given a number: constants, options, attributes, entries of data files."""

import re
from collections.abc import Iterator
from dataclasses import replace

from reviewer.domain.literals import BoundKind, Dimension
from reviewer.evidence.literals.bound import NAME_REF, CodeBound, is_constant, measured_amount
from reviewer.evidence.literals.code_names import Meaning, meaning_of
from reviewer.evidence.literals.quantity import Amount, code_amount
from reviewer.evidence.literals.words import parts_of, subject_of

_NAMED = re.compile(
    r"(?P<name>[A-Za-z_$][\w$]*(?:[.-][\w$]+)*)[\"']?\]?\s*"
    r"(?P<type>:\s*[A-Za-z_][\w<>\[\]., |]*?\s*(?==)|\s(?:int|uint\d*|int\d*|float\d*|time\.Duration)\s+(?==))?"
    r"(?P<op>=>|:=|=(?![=>~])|:(?![:=]))\s*(?P<open>[\[{(]?\s*)"
)
_OWNER = re.compile(r"(?:@(\w+)\(|([\w-]+)[\"']?\s*:\s*\{)[^(){}]*$")
"""What `value` is the value of: `@Min(value = 18)`, `minLength: { value: 3 }`."""


def named_numbers(line: str, before: str) -> Iterator[CodeBound]:
    """Numbers and constants that a name is given; `before` is what the statement has on the lines above."""
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
            ref = NAME_REF.match(line, match.end())
            if ref and is_constant(ref.group(1)) and ref.group(1) != name:
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
    given = measured_amount(amount, dimension, said.unit)
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
