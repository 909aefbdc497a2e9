"""A Python function changes the default value that all of its calls share."""

from reviewer.domain.finding import Severity
from reviewer.stages.rules.hazards import Words, hazard_check
from reviewer.stages.rules.rule import Rule

FORMS = {
    "changed-default": Words(
        title="Calls of this function share {0}={1}",
        says=(
            "The default of {0} is made once, when the function is defined, and `{2}` changes it: a later call starts"
            " with what earlier ones left. Take None as the default and make the value inside."
        ),
        severity=Severity.MEDIUM,
    )
}

RULE = Rule(name="mutable-default", version="1", check=hazard_check(FORMS))
