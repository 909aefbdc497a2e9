"""Text as it may leave for a model: credentials taken out, hidden characters shown."""

from reviewer.screening.hidden import reveal
from reviewer.screening.secrets import redact


def screened(text: str) -> str:
    """`text` with each credential as `[secret: kind]` and each hidden character as `<U+202E>`."""
    return reveal(redact(text))
