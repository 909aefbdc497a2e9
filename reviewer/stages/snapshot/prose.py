"""What people say about a change, and what git tells about who wrote it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.change import Author, AuthorKind, CommitMessage, Origin, Prose
from reviewer.domain.text import source_text
from reviewer.errors import ObjectTooLargeError, ShallowHistoryError
from reviewer.ports import CommitNote, GitObjects
from reviewer.screening.secrets import redact

_BOT = re.compile(r"\[bot\]@users\.noreply\.github\.com$", re.IGNORECASE)
_AGENT = re.compile(
    r"^(?:noreply@anthropic\.com|cursoragent@cursor\.com|noreply@aider\.chat|codex@openai\.com"
    r"|(?:\d+\+)?(?:copilot|copilot-swe-agent\[bot\]|claude\[bot\]|devin-ai-integration\[bot\]"
    r"|google-labs-jules\[bot\]|cursor\[bot\]|chatgpt-codex-connector\[bot\])@users\.noreply\.github\.com)$",
    re.IGNORECASE,
)
_CO_AUTHOR = re.compile(r"^co-authored-by:.*<([^<>\s]+)>\s*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Commits:
    """The commits of a change, as far as they could be read."""

    notes: tuple[CommitNote, ...]
    """Oldest first."""
    problems: tuple[str, ...]
    """What is missing, a sentence each."""


def read_commits(repo: GitObjects, *, base: str, head: str, limit: int) -> Commits:
    """The newest `limit` commits of `head` that `base` lacks. A clone that lacks some is a problem, no error."""
    try:
        notes = tuple(repo.commits(base, head, limit=limit + 1))
    except (ShallowHistoryError, ObjectTooLargeError) as error:
        return Commits((), (f"commit messages were not read: {error}",))
    if len(notes) <= limit:
        return Commits(notes, ())
    problem = f"more than {limit} commits, limit {limit}: the messages of the oldest were not read"
    return Commits(notes[-limit:], (problem,))


def prose_of(commits: Commits, origin: Origin, *, title: str | None, body: str | None) -> Prose:
    """Title and body as given, else subject and rest of the newest commit's message.

    A diff has no prose: the commit that holds it is the engine's own. Credentials are taken out here, before anything
    can record or send them, and what no encoding can hold is shown.
    """
    title = None if title is None else _storable(title)
    body = None if body is None else _storable(body)
    if origin is Origin.LOCAL_DIFF:
        return Prose(title=title or "", body=body or "", commits=())
    messages = tuple(
        CommitMessage(sha=note.sha, text=_storable(source_text(note.message))) for note in commits.notes
    )
    subject, rest = _parts(messages[-1].text) if messages else ("", "")
    return Prose(
        title=subject if title is None else title,
        body=rest if body is None else body,
        commits=messages,
    )


def _storable(text: str) -> str:
    return redact(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def author_of(notes: Sequence[CommitNote], origin: Origin) -> Author:
    """The author's kind. Anyone can write these marks into a commit: they are a hint, no proof."""
    if origin is Origin.LOCAL_DIFF or not notes:
        return Author(kind=AuthorKind.UNKNOWN, known_by="not determined")
    trailers = [match for note in notes for match in _CO_AUTHOR.findall(source_text(note.message))]
    if any(_AGENT.search(address) for address in trailers):
        return Author(kind=AuthorKind.AGENT, known_by="commit trailer")
    authors = [source_text(note.author_email) for note in notes]
    if any(_AGENT.search(address) for address in authors):
        return Author(kind=AuthorKind.AGENT, known_by="commit author address")
    if all(_BOT.search(address) for address in authors):
        return Author(kind=AuthorKind.BOT, known_by="commit author address")
    return Author(kind=AuthorKind.UNKNOWN, known_by="not determined")


def _parts(message: str) -> tuple[str, str]:
    """Subject and body as git cuts them: the first paragraph on one line, and the rest."""
    first, _, rest = re.sub(r"\r\n", "\n", message).strip("\n").partition("\n\n")
    return " ".join(first.split("\n")).strip(), rest.strip("\n")
