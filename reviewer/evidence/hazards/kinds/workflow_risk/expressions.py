"""Expressions of a workflow whose value a stranger chooses.

Source: GitHub's list of untrusted input in "Secure use reference" of the Actions documentation.
"""

import re
from collections.abc import Iterator, Mapping

_EXPRESSION = re.compile(r"\$\{\{(.{1,2000}?)\}\}", re.DOTALL)
_UNTRUSTED = re.compile(
    r"github\.head_ref"
    r"|github\.event\.(?:issue|pull_request|discussion)\.(?:title|body)"
    r"|github\.event\.(?:comment|review|review_comment)\.body"
    r"|github\.event\.pull_request\.head\.(?:ref|label|repo\.(?:default_branch|description|homepage))"
    r"|github\.event\.workflow_run\.(?:head_branch|display_title|head_commit\.(?:message|author\.(?:name|email))"
    r"|pull_requests(?:\.\*|\[\d+\])\.head\.ref)"
    r"|github\.event\.(?:head_commit|commits(?:\.\*|\[\d+\]))\.(?:message|author\.(?:name|email))"
    r"|github\.event\.pages(?:\.\*|\[\d+\])\.page_name"
)
_WHOLE = re.compile(r"github(?:\.event(?:\.(?:issue|pull_request|discussion|comment|review))?)?")
_CALL = re.compile(r"(format|join|tojson)\((.*)\)", re.IGNORECASE | re.DOTALL)
_EVENTS = {
    "issue": ("issues", "issue_comment"),
    "discussion": ("discussion", "discussion_comment"),
    "comment": ("issue_comment", "discussion_comment", "commit_comment", "pull_request_review_comment"),
    "review": ("pull_request_review",),
    "pull_request": (
        "pull_request",
        "pull_request_target",
        "pull_request_review",
        "pull_request_review_comment",
    ),
    "workflow_run": ("workflow_run",),
    "head_commit": ("push",),
    "commits": ("push",),
    "pages": ("gollum",),
}
"""Part of an event to the events that have it."""
_ANYWHERE = frozenset({"workflow_call"})


def untrusted_in(text: str, env: Mapping[str, str], triggers: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Each expression in `text` that a stranger fills, as it is written, and the value of his that it gives.

    One that only compares or asks (`contains(…)`) gives a truth value and is none. No `triggers`: any event.
    """
    for match in _EXPRESSION.finditer(text):
        source = _source(match[1], env, 3)
        if source is not None and _can_be(source, triggers):
            yield match[0], source


def _source(expression: str, env: Mapping[str, str], depth: int) -> str | None:
    for part in expression.split("||"):
        value = (
            part.rsplit("&&", 1)[-1]
            .strip()
            .removeprefix("(")
            .removesuffix(")" * part.strip().startswith("("))
        )
        found = _value(value.strip(), env, depth)
        if found is not None:
            return found
    return None


def _value(value: str, env: Mapping[str, str], depth: int) -> str | None:
    if _UNTRUSTED.fullmatch(value):
        return value
    if value.startswith("env.") and depth:
        inner = _EXPRESSION.search(env.get(value.removeprefix("env."), ""))
        return _source(inner[1], env, depth - 1) if inner else None
    call = _CALL.fullmatch(value)
    if call is None:
        return None
    if call[1].lower() == "tojson" and _WHOLE.fullmatch(call[2].strip()):
        return call[2].strip()
    parts = (part.strip() for part in call[2].split(","))
    return next((part for part in parts if _UNTRUSTED.fullmatch(part)), None)


def _can_be(source: str, triggers: frozenset[str]) -> bool:
    if not triggers or triggers & _ANYWHERE:
        return True
    parts = source.split(".")
    if source == "github.head_ref":
        return bool(triggers & {"pull_request", "pull_request_target"})
    if len(parts) < 3:
        return bool(triggers - {"schedule", "workflow_dispatch", "push", "repository_dispatch", "release"})
    return bool(triggers & set(_EVENTS[parts[2].split("[")[0]]))
