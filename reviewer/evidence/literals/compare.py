"""Compares a limit that copy states with one that code holds."""

from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from reviewer.domain.literals import BoundKind, Dimension
from reviewer.evidence.literals.bound import CodeBound
from reviewer.evidence.literals.copy_claims import Claim
from reviewer.evidence.literals.quantity import Amount


class Verdict(Enum):
    """What a comparison gives."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Held:
    """A limit as the code holds it, every name resolved."""

    kind: BoundKind
    amount: Amount
    dimension: Dimension
    subject: frozenset[str]
    written: Amount
    """The number as the code has it, also where it is refused itself."""


_FITTING = {
    Dimension.CHARACTERS: {Dimension.LENGTH, Dimension.UNKNOWN},
    Dimension.DIGITS: {Dimension.LENGTH, Dimension.DIGITS},
    Dimension.WORDS: {Dimension.WORDS},
    Dimension.COUNT: {Dimension.LENGTH, Dimension.COUNT, Dimension.UNKNOWN, Dimension.NUMBER},
    Dimension.BYTES: {Dimension.BYTES, Dimension.LENGTH, Dimension.UNKNOWN},
    Dimension.TIME: {Dimension.TIME},
    Dimension.PERCENT: {Dimension.PERCENT, Dimension.UNKNOWN, Dimension.NUMBER},
    Dimension.AGE: {Dimension.AGE, Dimension.UNKNOWN, Dimension.NUMBER},
    Dimension.NUMBER: {
        Dimension.NUMBER,
        Dimension.UNKNOWN,
        Dimension.COUNT,
        Dimension.AGE,
        Dimension.PERCENT,
    },
}


def fits(claim: Claim, held: Held) -> bool:
    """True when both bound the same side of the same sort of thing."""
    kinds = {claim.kind, held.kind}
    soft = claim.noun & {"attempt"} or claim.amount.dimension in (Dimension.TIME, Dimension.DIGITS)
    waits = claim.kind is BoundKind.EXACT and claim.amount.dimension is Dimension.TIME
    if len(kinds) > 1 and not (BoundKind.EXACT in kinds and soft and (waits or BoundKind.MIN not in kinds)):
        return False
    if held.dimension not in _FITTING.get(claim.amount.dimension, set()):
        return False
    if claim.amount.dimension is Dimension.COUNT:
        return bool(claim.noun & held.subject)
    return True


def compare(claim: Claim, held: Held) -> Verdict:
    """Agree, contradict, or unclear where the unit of the code is not known."""
    if not fits(claim, held):
        return Verdict.UNCLEAR
    said, is_held = claim.amount.values, held.amount.values
    if claim.noun & {"attempt"}:  # "after 3 attempts" may mean that the third is refused
        is_held = held.written.values
    if said & is_held or (
        not held.amount.unit_known and said & _in_other_units(is_held, claim.amount.dimension)
    ):
        return Verdict.AGREES
    if claim.amount.dimension in (Dimension.TIME, Dimension.BYTES) and not held.amount.unit_known:
        return Verdict.CONTRADICTS if _is_plain_unit(held, claim) else Verdict.UNCLEAR
    return Verdict.CONTRADICTS


def _in_other_units(values: frozenset[Fraction], dimension: Dimension) -> set[Fraction]:
    scales: tuple[Fraction, ...] = (Fraction(1),)
    if dimension is Dimension.TIME:
        scales = (Fraction(1), Fraction(1, 1000), Fraction(60), Fraction(3600), Fraction(86400))
    elif dimension is Dimension.BYTES:
        scales = tuple(Fraction(scale) for scale in (1, 10**3, 2**10, 10**6, 2**20, 10**9, 2**30))
    return {value * scale for value in values for scale in scales}


def _is_plain_unit(held: Held, claim: Claim) -> bool:
    """Bytes that a product of 1,024 or 1,000 gives need no unit; a time written as a product of 60 is in seconds."""
    value = next(iter(held.amount.values))
    if claim.amount.dimension is Dimension.BYTES:
        return value >= 1024 and (value % 1024 == 0 or value % 1000 == 0)
    return "*" in held.amount.text and "60" in held.amount.text


def subjects_agree(claim: Claim, held: Held) -> bool | None:
    """True when both name the same thing, False when they name different ones, None when one names nothing."""
    if not claim.subject or not held.subject:
        return None
    return bool(claim.subject & held.subject)


def with_constant(bound: CodeBound, given: CodeBound, subject: frozenset[str]) -> Held | None:
    """The limit that a comparison or option with a constant's name holds, once the constant is known."""
    if given.amount is None or bound.kind is None:
        return None
    dimension = bound.dimension if bound.dimension is not Dimension.UNKNOWN else given.dimension
    amount = given.amount
    if amount.dimension is Dimension.UNKNOWN:
        amount = replace(
            amount, dimension=dimension, unit_known=dimension not in (Dimension.TIME, Dimension.UNKNOWN)
        )
    if amount.dimension in (Dimension.TIME, Dimension.BYTES):
        dimension = amount.dimension
    return Held(bound.kind, amount.shifted(bound.shift), dimension, subject | given.subject, amount)
