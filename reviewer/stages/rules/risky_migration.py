"""A Django migration fails on a table with rows, stops it, or cannot be taken back."""

from reviewer.domain.finding import Confidence, Severity
from reviewer.stages.rules.hazards import Words, hazard_check
from reviewer.stages.rules.rule import Rule

FORMS = {
    "runpython-without-reverse": Words(
        title="RunPython({0}) cannot be taken back",
        says=(
            "It has no reverse_code, so a release that goes wrong cannot be migrated back past this point."
            " Write the way back, or `migrations.RunPython.noop` where nothing is to be undone."
        ),
        severity=Severity.LOW,
    ),
    "runsql-without-reverse": Words(
        title="RunSQL cannot be taken back",
        says=(
            "It has no reverse_sql, so a release that goes wrong cannot be migrated back past this point."
            " Write the way back, or `migrations.RunSQL.noop` where nothing is to be undone."
        ),
        severity=Severity.LOW,
    ),
    "concurrent-in-transaction": Words(
        title="{0} stands in a transaction",
        says=(
            "PostgreSQL refuses {0} inside a transaction, and this migration is one: it fails when it runs."
            " Write `atomic = False` in the class."
        ),
        severity=Severity.HIGH,
    ),
    "index-stops-writes": Words(
        title="The new index stops writes to {0}",
        says=(
            "AddIndex locks {0} against writes until the index is built, and other migrations here use"
            " AddIndexConcurrently. Use it too, in a migration with `atomic = False`."
        ),
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
    ),
    "required-without-default": Words(
        title="Rows of {0} that exist have no {1}",
        says=(
            "The new {2} {1} of {0} may not be null and has no default, so the migration fails where the"
            " table has rows. Add it with null=True or a default, fill it, and forbid null in a later"
            " migration."
        ),
        severity=Severity.HIGH,
        confidence=Confidence.MEDIUM,
    ),
    "unique-default": Words(
        title="All rows of {0} get the same unique {1}",
        says=(
            "The default `{2}` is asked for once and given to every row that exists, and {1} is unique: the"
            " migration fails where {0} has two rows. Add it with null=True, fill it in a RunPython, and"
            " make it unique afterwards."
        ),
        severity=Severity.HIGH,
    ),
    "two-last-migrations": Words(
        title="{0} and {1} both come last",
        says=(
            "No migration of the app follows {0} or {1}, and Django refuses to migrate then. Let one depend"
            " on the other, or add a merge migration."
        ),
        severity=Severity.HIGH,
    ),
}

RULE = Rule(name="risky-migration", version="1", check=hazard_check(FORMS))
