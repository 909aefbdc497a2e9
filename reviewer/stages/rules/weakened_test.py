"""A test catches less than it did."""

from reviewer.domain.finding import Confidence, Severity
from reviewer.stages.rules.hazards import Words, hazard_check
from reviewer.stages.rules.rule import Rule

FORMS = {
    "skipped": Words(
        title="The test {0} does not count any more",
        says="It is skipped, or expected to fail, since this change, without a reason. Say why, and until when.",
        severity=Severity.MEDIUM,
    ),
    "asserts-nothing-now": Words(
        title="The test {0} asserts nothing any more",
        says="It had an assertion before this change and has none now, so it passes whatever the code answers.",
        severity=Severity.MEDIUM,
    ),
    "vacuous": Words(
        title="The test {0} asserts what always holds",
        says="Its only assertion compares a constant with itself, so it passes whatever the code answers.",
        severity=Severity.MEDIUM,
    ),
    "removed": Words(
        title="The test {0} is gone, and what it tested stays",
        says=(
            "The change touches no other file, and nothing at its head has this name any more. Keep the test, or"
            " say in the description what tests the same."
        ),
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
    ),
}

RULE = Rule(name="weakened-test", version="1", check=hazard_check(FORMS))
