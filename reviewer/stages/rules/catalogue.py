"""Every rule, in the order in which they report. A rule that is not listed here does not exist."""

from reviewer.stages.rules import (
    access_narrowed,
    copy_contradicts_code,
    dangling_reference,
    demand_unmet,
    mutable_default,
    secret_added,
    signature_mismatch,
    symbol_removed,
)
from reviewer.stages.rules.rule import Rule

CATALOGUE: tuple[Rule, ...] = (
    secret_added.RULE,
    symbol_removed.RULE,
    access_narrowed.RULE,
    signature_mismatch.RULE,
    demand_unmet.RULE,
    copy_contradicts_code.RULE,
    dangling_reference.RULE,
    mutable_default.RULE,
)
