"""Something is opened and never closed."""

from reviewer.domain.finding import Confidence, Severity
from reviewer.stages.rules.hazards import Words, hazard_check
from reviewer.stages.rules.rule import Rule

FORMS = {
    "left-open": Words(
        title="`{0}` is never closed",
        says=(
            "`{1}` opens it, and the function neither closes it nor hands it to anybody, so it stays open for as"
            " long as the process wants. Close it on every way out: with `with`, `defer`, `finally` or a block."
        ),
        severity=Severity.MEDIUM,
    ),
    "unread-body": Words(
        title="The body of `{0}` is never closed",
        says=(
            "`{1}` gives an answer whose body holds a connection, and the function neither closes it nor hands it"
            " to anybody. Write `defer {0}.Body.Close()` after the check of the error."
        ),
        severity=Severity.MEDIUM,
    ),
    "dropped-cancel": Words(
        title="Nobody can cancel `{0}`",
        says=(
            "`{1}` gives a function that frees what the context holds, and it is thrown away. Keep it and defer"
            " its call."
        ),
        severity=Severity.MEDIUM,
    ),
    "opened-in-passing": Words(
        title="`{0}` is opened and left open",
        says="Nothing holds what is opened here, so nothing closes it when this is done. Use `with` or a block.",
        severity=Severity.LOW,
        confidence=Confidence.MEDIUM,
    ),
}

RULE = Rule(name="unclosed-resource", version="1", check=hazard_check(FORMS))
