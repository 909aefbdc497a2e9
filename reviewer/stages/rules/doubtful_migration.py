"""A migration takes away what running code may use, or does what its framework cannot take back."""

from reviewer.domain.coverage import RuleFlag
from reviewer.domain.finding import Confidence, Severity
from reviewer.stages.rules.hazards import Words, hazard_check
from reviewer.stages.rules.rule import Rule

_TWO_STEPS = (
    "Take the use out of the code in one release and this out of the database in the next, or say why that is"
    " not needed."
)


def _words(title: str, says: str, severity: Severity = Severity.MEDIUM) -> Words:
    return Words(title=title, says=says, severity=severity, confidence=Confidence.MEDIUM)


FORMS = {
    "column-dropped": _words(
        "Column {1} of {0} is dropped",
        f"What it holds is gone, and code of the release before fails while both run. {_TWO_STEPS}",
    ),
    "table-dropped": _words(
        "The table of {0} is dropped",
        f"What it holds is gone, and code of the release before fails while both run. {_TWO_STEPS}",
    ),
    "column-renamed": _words(
        "Column {1} of {0} is renamed to {2}",
        "Code of the release before asks for {1} and fails while both run. Add {2}, fill it, and take {1}"
        " away in a later release.",
    ),
    "table-renamed": _words(
        "Model {0} is renamed to {1}",
        "Code of the release before asks for the table of {0} and fails while both run. Keep the table's"
        " name with `db_table`.",
    ),
    "edited-after-merge": _words(
        "{0} was merged before and is another now",
        "Where it ran already it does not run again, so databases differ from here on. Write a new"
        " migration.",
    ),
    "rails-execute-in-change": _words(
        "`execute` in `change` cannot be taken back",
        "Rails does not know the way back of SQL and refuses to roll back. Write `up` and `down`, or"
        " `reversible`.",
        Severity.LOW,
    ),
    "rails-column-without-type": _words(
        "Removing {1} of {0} cannot be taken back",
        "Without the column's type Rails refuses to roll back. Give the type as the third argument.",
        Severity.LOW,
    ),
    "rails-index-stops-writes": _words(
        "The new index stops writes to {0}",
        "The table is locked against writes until the index is built, and other migrations here avoid"
        " that. Use `algorithm: :concurrently` with `disable_ddl_transaction!`.",
    ),
    "rails-concurrent-in-transaction": _words(
        "The concurrent index on {0} stands in a transaction",
        "PostgreSQL refuses it there, and Rails opens one. Write `disable_ddl_transaction!` in the class.",
        Severity.HIGH,
    ),
    "rails-required-without-default": _words(
        "Rows of {0} that exist have no {1}",
        "{1} may not be null and has no default, so the migration fails where the table has rows. Add it"
        " with null, fill it, then forbid null.",
    ),
    "rails-renamed": _words(
        "{1} of {0} is renamed",
        f"Code of the release before asks for the old name and fails while both run. {_TWO_STEPS}",
    ),
    "alembic-no-way-back": _words(
        "downgrade does nothing",
        "upgrade changes the database and downgrade does not change it back, so going back leaves it in"
        " between. Write the way back, or raise where there is none.",
        Severity.LOW,
    ),
    "alembic-required-without-default": _words(
        "Rows of {0} that exist have no {1}",
        "{1} may not be null and has no server_default, so the migration fails where the table has rows."
        " Add it with null, fill it, then forbid null.",
    ),
    "sql-index-stops-writes": _words(
        "The new index stops writes to {0}",
        "PostgreSQL locks {0} against writes until the index is built. Use CREATE INDEX CONCURRENTLY"
        " outside a transaction.",
    ),
    "sql-table-dropped": _words(
        "Table {0} is dropped",
        f"What it holds is gone, and code of the release before fails while both run. {_TWO_STEPS}",
    ),
    "sql-required-without-default": _words(
        "Rows of {0} that exist have no {1}",
        "{1} is NOT NULL and has no DEFAULT, so the statement fails where the table has rows. Add it with"
        " null, fill it, then forbid null.",
    ),
    "sql-foreign-key-locks": _words(
        "The new foreign key locks {0} while rows are checked",
        "PostgreSQL checks every row under a lock against writes. Add it NOT VALID, and VALIDATE"
        " CONSTRAINT in a later step.",
    ),
    "sql-no-way-back": _words(
        "{0} has no way back",
        "The other migrations of the folder have a `.down.sql` each. Write it, empty with a comment where"
        " nothing is to be undone.",
        Severity.LOW,
    ),
}

RULE = Rule(name="doubtful-migration", version="1", check=hazard_check(FORMS), ships=RuleFlag.SHADOW)
"""In shadow: no repository with enough such migrations was at hand to show how often it is right."""
