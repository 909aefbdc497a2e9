"""An error is caught and dropped, so that nobody hears of it."""

from reviewer.domain.finding import Confidence, Severity
from reviewer.stages.rules.hazards import Words, hazard_check
from reviewer.stages.rules.rule import Rule

FORMS = {
    "caught-all": Words(
        title="Every error of `{0}` is dropped",
        says=(
            "The handler catches all exceptions and does nothing, so a misspelled name looks the same as the"
            " failure that was expected. Name the exceptions that may happen here, or log them, or say in a"
            " comment why none matters."
        ),
        severity=Severity.MEDIUM,
    ),
    "suppressed-all": Words(
        title="Every error of `{0}` is suppressed",
        says=(
            "`suppress` of all exceptions hides a misspelled name as well as the failure that was expected. Name"
            " the exceptions that may happen here, or say in a comment why none matters."
        ),
        severity=Severity.MEDIUM,
    ),
    "empty-catch": Words(
        title="Every error of `{0}` is dropped",
        says=(
            "The `catch` is empty, so when this fails nobody hears of it and the code after it runs as if it had"
            " not. Handle the error, pass it on, or say in a comment why it does not matter."
        ),
        severity=Severity.MEDIUM,
    ),
    "empty-rejection": Words(
        title="A rejection of `{0}` is dropped",
        says=(
            "`.catch` is given an empty function, so when this fails nobody hears of it. Handle the error, or say"
            " in a comment why it does not matter."
        ),
        severity=Severity.LOW,
        confidence=Confidence.MEDIUM,
    ),
    "empty-branch": Words(
        title="`{0}` is asked for and dropped",
        says=(
            "The branch for a failure of `{1}` is empty, so the code after it runs as if it had not failed."
            " Handle the error, return it, or say in a comment why it does not matter."
        ),
        severity=Severity.MEDIUM,
    ),
    "returned-nil": Words(
        title="`{0}` becomes nil",
        says=(
            "When `{1}` fails, the function returns nothing but nil, also as its error: the caller takes it for a"
            " success. Return `{0}`, or say in a comment why it does not matter."
        ),
        severity=Severity.HIGH,
        confidence=Confidence.MEDIUM,
    ),
    "ignored-result": Words(
        title="The error of `{0}` is ignored",
        says=(
            "`{1}` tells of a failure only by the error that it returns, and nobody takes it. Check it, or write"
            " `_ =` where it does not matter."
        ),
        severity=Severity.MEDIUM,
    ),
    "lost-interrupt": Words(
        title="An interruption is lost",
        says=(
            "Catching InterruptedException around `{0}` clears the thread's flag, and the handler neither leaves"
            " nor sets it again: who asked the thread to stop is not heard. Call"
            " `Thread.currentThread().interrupt()`, or pass the exception on."
        ),
        severity=Severity.MEDIUM,
    ),
    "empty-rescue": Words(
        title="Every error of `{0}` is dropped",
        says=(
            "The `rescue` is empty and takes every StandardError, so a misspelled name looks the same as the"
            " failure that was expected. Name the errors that may happen here, or log them, or say in a comment"
            " why none matters."
        ),
        severity=Severity.MEDIUM,
    ),
    "rescued-exception": Words(
        title="`rescue Exception` lets nothing through",
        says=(
            "Exception also holds SignalException, SystemExit and NoMemoryError, and the handler of `{0}` neither"
            " raises nor tells them: the process cannot be stopped here. Rescue StandardError, or raise again."
        ),
        severity=Severity.MEDIUM,
    ),
    "rescue-nil": Words(
        title="Every error of `{0}` is dropped",
        says=(
            "`rescue nil` takes every StandardError, so a misspelled name looks the same as the failure that was"
            " expected. Rescue the errors that may happen here, or say in a comment why none matters."
        ),
        severity=Severity.LOW,
    ),
}

RULE = Rule(name="swallowed-error", version="1", check=hazard_check(FORMS))
