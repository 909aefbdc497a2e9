"""Words of a report as they may be kept: screened, in one line, and not the ones that may hold a credential."""

from reviewer.evidence.scanner_reports.report import ToldResult
from reviewer.screening.outgoing import screened

_OF_SECRETS = (
    "secret",
    "credential",
    "password",
    "passwd",
    "token",
    "api-key",
    "apikey",
    "private-key",
    "gitleaks",
    "cwe-259",
    "cwe-321",
    "cwe-798",
    "trufflehog",
)
"""Words in the names of tools and rules that look for credentials; a rule too many only loses its quote."""


def one_line(text: str, most: int) -> str:
    """`text` screened, with single spaces, cut at `most` characters."""
    words = " ".join(screened(text).split())
    return words if len(words) <= most else f"{words[: most - 1]}…"


def is_about_secret(told: ToldResult) -> bool:
    """True when the result is about a credential, so that neither its message nor its line may be kept."""
    names = " ".join((told.tool, told.rule.id, *told.rule.tags)).lower().replace("_", "-")
    return any(word in names for word in _OF_SECRETS)
