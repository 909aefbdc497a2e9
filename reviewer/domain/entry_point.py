"""Where code is entered from outside: a route, a command, a job, a test, an event, a program's start."""

from enum import StrEnum

from reviewer.domain.text import RepoPath
from reviewer.domain.value import Value


class EntrySort(StrEnum):
    """What makes the code run."""

    ROUTE = "route"
    """A request."""
    COMMAND = "command"
    """Somebody types it."""
    JOB = "job"
    """A queue or a clock."""
    TEST = "test"
    """A test runner: a test, or what is set up for it."""
    EVENT = "event"
    """A framework, when something happens: a signal, a message, a start-up, a bean that is needed."""
    MAIN = "main"
    """The start of a program or package."""
    EXPORT = "export"
    """Other projects: what a package says it offers."""


class EntryPoint(Value):
    """One way into the code, and the line that says so."""

    sort: EntrySort
    label: str
    """For people: `GET /users/{id}`, `test_login`, `manage.py send_mail`. Words of the code, not screened."""
    path: RepoPath
    """The file that says so: that of the code, or one that registers it, as a file of routes does."""
    line: int
    """Where it is said, from 1."""
    quote: str
    """That line word for word."""

    @property
    def place(self) -> str:
        """`path:line` for people."""
        return f"{self.path}:{self.line}"
