"""Rules about words: apart from rules about code, which never see what anybody says about the change."""

from collections.abc import Callable
from dataclasses import dataclass

from reviewer.domain.change import AuthorKind, Prose
from reviewer.domain.coverage import RuleFlag
from reviewer.domain.finding import ProseSubject
from reviewer.domain.value import digest_bytes
from reviewer.policy import Commits
from reviewer.stages.rules.rule import Explained, Outcome


@dataclass(frozen=True)
class ProseFacts:
    """Everything a rule about words may look at: no code, so that words cannot excuse it."""

    author: AuthorKind
    prose: Prose | None
    """None where it was not given."""
    commits: Commits
    """What the policy asks of it."""


@dataclass(frozen=True)
class ProseRule(Explained):
    """A deterministic check of title, body and commit messages."""

    name: str
    version: str
    check: Callable[["ProseRule", ProseFacts], Outcome]
    ships: RuleFlag = RuleFlag.ON
    """As for a rule about code."""


def prose_subject(prose: Prose, part: str, quote: str) -> ProseSubject:
    """The first place of `quote`, which stands in `part`."""
    text = prose.parts[part]
    start = text.index(quote)
    digest = digest_bytes(text.encode("utf-8", "surrogatepass"))
    return ProseSubject(part=part, part_digest=digest, start=start, end=start + len(quote), quote=quote)
