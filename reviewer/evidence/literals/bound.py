"""One limit of code, and what the names around its number say about it."""

import re
from dataclasses import dataclass

from reviewer.domain.literals import BoundKind, Dimension
from reviewer.evidence.literals.code_names import meaning_of
from reviewer.evidence.literals.quantity import Amount, with_unit


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


def measured_amount(amount: Amount | None, dimension: Dimension, unit: str) -> Amount | None:
    """The amount in the dimension that the names around give it, where it has none of its own."""
    if amount is None or amount.dimension is not Dimension.UNKNOWN:
        return amount
    if unit:
        return with_unit(next(iter(amount.values)), unit, f"{amount.text} {unit}") or amount
    known = dimension not in (Dimension.TIME, Dimension.UNKNOWN)
    return Amount(amount.values, dimension, known, amount.text)


def is_constant(name: str) -> bool:
    """True for a name in upper case, or one that says which side it bounds."""
    if len(name) < 3:
        return False
    upper = name.isupper() and any(character.isalpha() for character in name)
    return upper or meaning_of(name).kind is not None


NAME_REF = re.compile(r"(?:[A-Za-z_$][\w$]*(?:\.|::))*([A-Za-z_$][\w$]*)\s*(?=[,;)}\]\s\"]|$)")
