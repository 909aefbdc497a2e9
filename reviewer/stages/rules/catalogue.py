"""Every rule, in the order in which they report. A rule that is not listed here does not exist."""

from reviewer.stages.rules import (
    access_narrowed,
    commit_message,
    copy_contradicts_code,
    dangling_reference,
    demand_unmet,
    dependency_risk,
    doubtful_migration,
    mutable_default,
    risky_migration,
    scanner_report,
    secret_added,
    signature_mismatch,
    symbol_removed,
    unowned_path,
    untested_change,
    workflow_risk,
)
from reviewer.stages.rules.prose_rule import ProseRule
from reviewer.stages.rules.rule import Rule

CATALOGUE: tuple[Rule | ProseRule, ...] = (
    secret_added.RULE,
    symbol_removed.RULE,
    access_narrowed.RULE,
    signature_mismatch.RULE,
    demand_unmet.RULE,
    copy_contradicts_code.RULE,
    dangling_reference.RULE,
    mutable_default.RULE,
    unowned_path.RULE,
    untested_change.RULE,
    risky_migration.RULE,
    doubtful_migration.RULE,
    dependency_risk.RULE,
    workflow_risk.RULE,
    scanner_report.RULE,
    commit_message.RULE,
)
