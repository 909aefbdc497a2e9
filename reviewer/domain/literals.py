"""Strings and constants that a change touches, who reads them, and where copy and code give different numbers."""

from enum import StrEnum

from reviewer.domain.evidence import Analysis, Certainty, CodeQuote
from reviewer.domain.finding import Confidence
from reviewer.domain.text import RepoPath
from reviewer.domain.value import Value


class LiteralKind(StrEnum):
    """What a changed literal is."""

    COPY = "copy"
    """Words for people."""
    ENTRY = "entry"
    """A value under a key of a data file."""
    CONSTANT = "constant"
    """A name that is given a number or a string."""
    ENVIRONMENT = "environment"
    """The name of an environment variable."""
    CONFIG_KEY = "config_key"
    FLAG = "flag"
    """The name of a feature flag."""
    SQL_NAME = "sql_name"
    """A table or column."""
    URL = "url"
    """An address or a route."""
    STRING = "string"


class HopKind(StrEnum):
    """How one place leads to the next."""

    CHANGED = "changed"
    """Where a path starts: the line that the change touches."""
    KEY = "key"
    """Asks for the entry by its key, or holds the entry that is asked for."""
    NAME = "name"
    """Uses the name."""
    DEFINITION = "definition"
    """Gives the name its value or body."""
    FIELD = "field"
    """Is about the same field."""
    TEXT = "text"
    """Has the same words."""
    NEAR = "near"
    """Stands in the same statement, branch or function."""


class Hop(Value):
    """One place on the way from a literal to who reads it."""

    quote: CodeQuote
    kind: HopKind
    certainty: Certainty
    via: str
    """The word that led here: a key, a name, a field; empty at the start."""
    depth: int
    """0 at the literal itself."""


class LiteralTrace(Value):
    """One literal that the change touches, and who reads it at the head."""

    kind: LiteralKind
    known_by: str
    """How the kind is known: `upper-case name given a number`."""
    name: str
    """Key path, constant or variable; the literal itself where it has none."""
    before: str | None
    """The text at the merge base; None when it was added."""
    after: str | None
    place: CodeQuote
    """Where it stands at the head, or stood at the merge base when it is gone."""
    units: tuple[str, ...]
    readers: tuple[Hop, ...]
    """The surest first, then the nearest to the literal."""
    cut: str | None
    """What was left out and why; None when nothing was."""


class BoundKind(StrEnum):
    """Which side of a value is bounded."""

    MIN = "min"
    MAX = "max"
    EXACT = "exact"


class Dimension(StrEnum):
    """What a number counts."""

    CHARACTERS = "characters"
    DIGITS = "digits"
    WORDS = "words"
    LENGTH = "length"
    """Characters or items: the code asks for the length of something."""
    COUNT = "count"
    """Things that a noun names."""
    BYTES = "bytes"
    TIME = "time"
    """Seconds."""
    PERCENT = "percent"
    AGE = "age"
    """Years of a person."""
    NUMBER = "number"
    """A value without a unit."""
    UNKNOWN = "unknown"


class Bound(Value):
    """A limit, both ends allowed: a value equal to the number is accepted."""

    kind: BoundKind
    dimension: Dimension
    number: str
    """As people write it, with its unit: `3 characters`, `10 MB`."""


class Contradiction(Value):
    """Copy that tells people one number where the code holds them to another."""

    copy_quote: CodeQuote
    code_quote: CodeQuote
    """The line with the number."""
    path: tuple[Hop, ...]
    """From the changed line to the other one, both included."""
    said: Bound
    held: Bound
    agreed_before: bool
    """True when the two agreed at the merge base, so that this change parts them."""
    confidence: Confidence
    explanation: str
    """One sentence."""
    units: tuple[str, ...]


class PartedKind(StrEnum):
    """What two places said alike until the change."""

    LIMITS = "limits"
    """How much of one field two layers of a product let pass."""


class Parted(Value):
    """Two places that agreed at the merge base and do not at the head."""

    kind: PartedKind
    changed: CodeQuote
    other: CodeQuote
    path: tuple[Hop, ...]
    """From the changed line to the other one, both included."""
    title: str
    explanation: str
    """One sentence."""
    confidence: Confidence
    units: tuple[str, ...]


class LiteralFile(Value):
    """How one changed file was read."""

    path: RepoPath
    analysis: Analysis
    """`words` where strings and comments were told apart by a line scanner."""
    problem: str | None
    """Why it, or a side of it, could not be read; None when it was."""


class LiteralEvidence(Value):
    """What was found about the literals of a change, and what was not looked at."""

    traces: tuple[LiteralTrace, ...]
    contradictions: tuple[Contradiction, ...]
    """The surest first."""
    parted: tuple[Parted, ...]
    """Other places that a change of a string or constant left behind."""
    agreements: int
    """Pairs of copy and code that were compared and agree."""
    files: tuple[LiteralFile, ...]
    cuts: tuple[str, ...]
    """Every limit that left something out, a sentence each; empty means nothing was left out."""
    not_compared: tuple[str, ...]
    """Those of the cuts that may hide a contradiction: they ended the way from a changed number."""
