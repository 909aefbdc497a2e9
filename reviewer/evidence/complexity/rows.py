"""The rows by language. A language without one is not measured."""

from reviewer.evidence.complexity.row import Row
from reviewer.evidence.complexity.rows_full import ECMASCRIPT, GO, JAVA, PYTHON, RUBY
from reviewer.evidence.complexity.rows_tagged import CPP, CSHARP, KOTLIN, PHP, RUST, SCALA, SWIFT, C

ROWS = {
    "python": PYTHON,
    "javascript": ECMASCRIPT,
    "typescript": ECMASCRIPT,
    "tsx": ECMASCRIPT,
    "go": GO,
    "java": JAVA,
    "ruby": RUBY,
    "rust": RUST,
    "c": C,
    "c++": CPP,
    "c#": CSHARP,
    "php": PHP,
    "kotlin": KOTLIN,
    "scala": SCALA,
    "swift": SWIFT,
}
"""By the name that the grammar of a language has."""


def row_of(language: str) -> Row | None:
    """The row of `language`; None when it is not measured."""
    return ROWS.get(language)
