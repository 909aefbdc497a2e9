"""A comment says that work is left, and names no issue."""

from reviewer.domain.coverage import RuleFlag
from reviewer.domain.finding import Severity
from reviewer.stages.rules.hazards import Words, hazard_check
from reviewer.stages.rules.rule import Rule

FORMS = {
    "note": Words(
        title="{0} without an issue",
        says="`{1}` is known to whoever finds it here. Do it in this change, or name the issue that keeps it.",
        severity=Severity.LOW,
    )
}

RULE = Rule(name="open-todo", version="1", check=hazard_check(FORMS), ships=RuleFlag.SHADOW)
"""A matter of house style: many teams keep such notes on purpose."""
