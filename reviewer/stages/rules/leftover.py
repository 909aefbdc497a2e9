"""Something that was put in to find a fault, or by a merge, is still there."""

from reviewer.domain.finding import Severity
from reviewer.stages.rules.hazards import Words, hazard_check
from reviewer.stages.rules.rule import Rule

FORMS = {
    "conflict-marks": Words(
        title="A merge conflict with {0} is not resolved",
        says="The marks of the conflict and both versions are in the file. Keep one of them, and take the marks out.",
        severity=Severity.HIGH,
    ),
    "debugger": Words(
        title="`{0}` is left in",
        says="It stops the program and waits for somebody at a terminal. Take it out.",
        severity=Severity.HIGH,
    ),
    "focused-test": Words(
        title="`{0}` keeps the other tests from running",
        says="Only {1} runs while it is focused, and the others count as passed. Take the focus out.",
        severity=Severity.HIGH,
    ),
    "printed": Words(
        title="`{0}` prints past the log",
        says="It writes to the process's error stream, where no log keeps it. Take it out, or hand it to the logger.",
        severity=Severity.LOW,
    ),
}

RULE = Rule(name="leftover", version="1", check=hazard_check(FORMS))
