"""Names that are looked up by a literal, and who still looks up one that is gone."""

from enum import StrEnum

from reviewer.domain.evidence import CodeQuote
from reviewer.domain.text import RepoPath
from reviewer.domain.value import Value


class NameKind(StrEnum):
    """What a name names; the value is the noun that people read."""

    MESSAGE = "message key"
    PLACEHOLDER = "placeholder"
    SETTING = "configuration key"
    ENVIRONMENT = "environment variable"
    FLAG = "feature flag"
    OPTION = "option"
    COLUMN = "column"
    TABLE = "table"
    ROUTE = "route"
    ENDPOINT = "endpoint"
    EVENT = "event"
    DOTTED_PATH = "dotted path"
    METHOD = "method"
    TASK = "task"
    BEAN = "bean"
    SCRIPT = "package script"


class DanglingName(Value):
    """A name that the change takes away while places that it leaves alone still look it up."""

    kind: NameKind
    name: str
    given_by: str
    """What gave the name its meaning: `defined`, `set`, `read`, `emitted`."""
    looked_up_as: str
    """What the places that are left do with it: `read`, `set`, `listened to`."""
    gone: CodeQuote
    """The line that gave it at the merge base, or the line at the head that takes it away."""
    readers: tuple[CodeQuote, ...]
    """Ordered by path, then line; never empty, and none of them is a line that the change adds."""
    units: tuple[str, ...]


class NameEvidence(Value):
    """Names that disappear with a change, and those of them that are still looked up."""

    dangling: tuple[DanglingName, ...]
    gone: int
    """How many names the change takes away from the files it touches."""
    cuts: tuple[str, ...]
    """Every limit that may hide a name or one of its readers, a sentence each."""
    unread: tuple[RepoPath, ...]
    """Changed files that were too large to be read or are no text."""
