"""An asynchronous function is called, and nobody waits for it."""

from reviewer.domain.finding import Confidence, Severity
from reviewer.stages.rules.hazards import Words, hazard_check
from reviewer.stages.rules.rule import Rule

FORMS = {
    "coroutine-dropped": Words(
        title="`{0}(…)` is never run",
        says=(
            "The call only makes a coroutine, and nothing awaits it, so nothing in the function happens. Write"
            " `await`, or hand it to a task that is kept."
        ),
        severity=Severity.HIGH,
    ),
    "coroutine-condition": Words(
        title="`{0}(…)` is asked for its truth before it ran",
        says="The call gives a coroutine, which is always true, so the condition asks nothing. Write `await`.",
        severity=Severity.HIGH,
    ),
    "promise-dropped": Words(
        title="Nobody waits for `{0}(…)`",
        says=(
            "The function is asynchronous and so is the one around, which goes on, or ends, before it is done,"
            " and does not hear of its failure. Write `await`, or `void` where that is meant."
        ),
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
    ),
    "promise-condition": Words(
        title="`{0}(…)` is asked for its truth before it is done",
        says="The call gives a promise, which is always true, so the condition asks nothing. Write `await`.",
        severity=Severity.HIGH,
    ),
    "async-for-each": Words(
        title="`{0}.forEach` does not wait for an asynchronous function",
        says=(
            "forEach drops the promises, so the code after it runs before any is done and hears of no failure."
            " Use `for (… of …)` with `await`, or `await Promise.all(….map(…))`."
        ),
        severity=Severity.MEDIUM,
    ),
    "expectation-dropped": Words(
        title="The test does not wait for its expectation",
        says=(
            "`{0}` gives a promise that nobody awaits: the test is over, and passes, before anything is compared."
            " Write `await` or `return`."
        ),
        severity=Severity.MEDIUM,
    ),
}

RULE = Rule(name="missing-await", version="1", check=hazard_check(FORMS))
