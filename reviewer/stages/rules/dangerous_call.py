"""A call runs, loads, trusts or opens what others can choose."""

from reviewer.domain.coverage import RuleFlag
from reviewer.domain.finding import Confidence, Severity
from reviewer.stages.rules.hazards import Words, hazard_check
from reviewer.stages.rules.rule import Rule

FORMS = {
    "shell-input": Words(
        title="A shell command is made from request input",
        says=(
            "`{1}` comes from the request and reaches the shell through {0}: whoever sends it can run commands."
            " Pass a list of arguments without a shell."
        ),
        severity=Severity.CRITICAL,
    ),
    "shell-text": Words(
        title="A shell command has {1} put into it",
        says=(
            "{0} hands the text to a shell, which reads blanks, quotes and `;` in `{1}` as syntax. Pass a list of"
            " arguments without a shell, or quote the value."
        ),
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
    ),
    "eval-input": Words(
        title="{0} runs request input",
        says="`{1}` comes from the request, and {0} lets it choose what runs. Map allowed names to functions.",
        severity=Severity.CRITICAL,
    ),
    "eval-text": Words(
        title="{0} runs text that is not constant",
        says="Whoever can choose `{1}` chooses what runs. Parse it, or look it up in a table of allowed values.",
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
    ),
    "unsafe-load": Words(
        title="{0} can run code while it reads",
        says=(
            "Data that {0} reads can name code to run. Unless nobody else can write it, use a format of values only,"
            " such as JSON, or a loader that allows named types only."
        ),
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
    ),
    "sql-input": Words(
        title="SQL is made from request input",
        says="`{1}` comes from the request and becomes part of the SQL of {0}. Pass it as a parameter of the query.",
        severity=Severity.CRITICAL,
    ),
    "sql-text": Words(
        title="SQL has the value {1} put into its text",
        says=(
            "A quote in `{1}` ends the value, and {0} reads the rest as SQL. Pass it as a parameter of the query."
        ),
        severity=Severity.HIGH,
        confidence=Confidence.MEDIUM,
    ),
    "tls-off": Words(
        title="{0} accepts every certificate",
        says=(
            "With {0} anyone between the two ends can read and change what is sent. Trust the certificate that is"
            " missing instead of all of them."
        ),
        severity=Severity.HIGH,
    ),
    "weak-hash": Words(
        title="{0} guards a password",
        says="{0} of `{1}` is fast to try out. Use a password hash such as Argon2, scrypt or bcrypt.",
        severity=Severity.HIGH,
        confidence=Confidence.MEDIUM,
    ),
    "broken-cipher": Words(
        title="{0} does not keep data secret",
        says="{0} is broken, or shows equal blocks as equal. Use AES-GCM or ChaCha20-Poly1305.",
        severity=Severity.HIGH,
        confidence=Confidence.MEDIUM,
    ),
    "guessable-random": Words(
        title="{1} is made by a generator that can be guessed",
        says="Some values of {0} tell the next ones. Make {1} with the language's cryptographic generator.",
        severity=Severity.HIGH,
        confidence=Confidence.MEDIUM,
    ),
    "path-input": Words(
        title="{0} takes a path from the request",
        says=(
            "`{1}` comes from the request, and `../` in it leads out of the folder that is meant. Look the file up"
            " by a key, or check that the resolved path is inside that folder."
        ),
        severity=Severity.HIGH,
        confidence=Confidence.MEDIUM,
    ),
    "unescaped-html": Words(
        title="{0} puts text into a page unescaped",
        says="What `{1}` holds is read as HTML, scripts included. Let the template escape it, or escape it here.",
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
    ),
}

RULE = Rule(name="dangerous-call", version="1", check=hazard_check(FORMS), ships=RuleFlag.SHADOW)
