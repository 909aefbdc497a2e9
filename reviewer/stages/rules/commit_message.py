"""A title or commit message does not follow the standard that the policy sets."""

import re
from collections.abc import Iterator, Sequence

from reviewer.domain.change import AuthorKind, Prose
from reviewer.domain.finding import Confidence, Finding, Severity
from reviewer.policy import Commits, is_found
from reviewer.stages.rules.prose_rule import ProseFacts, ProseRule, prose_subject
from reviewer.stages.rules.rule import Outcome

MAX_TOLD = 10
"""Messages told one by one."""

_TO_BE_FOLDED = ("fixup! ", "squash! ", "amend! ")
_MADE_BY_GIT = ("Merge branch ", "Merge branches ", "Merge commit ", "Merge pull request ", "Merge tag ",
                "Merge remote-tracking branch ", 'Revert "', 'Reapply "')  # fmt: skip
"""How subjects begin that git or the code host words."""
_NUMBER = re.compile(r" \([#!][0-9]{1,9}\)$")


def check(rule: ProseRule, facts: ProseFacts) -> Outcome:
    """One finding a message, and one where no part names an issue. Silent where the policy asks for nothing."""
    if not facts.commits.asks_for_something or facts.author is AuthorKind.BOT:
        return Outcome((), None)
    prose = facts.prose
    if prose is None or not any(text.strip() for text in prose.parts.values()):
        return Outcome((), "there is no title and no commit message to look at")
    judged = [(part, _subject(prose.parts[part])) for part in _judged(prose, facts.commits)]
    wrong = [
        (part, subject, faults)
        for part, subject in judged
        if (faults := _faults(subject, prose.parts[part], facts.commits))
    ]
    findings = [_finding(rule, prose, part, subject, faults) for part, subject, faults in wrong[:MAX_TOLD]]
    if len(wrong) > MAX_TOLD:
        more = f" {len(wrong) - MAX_TOLD} more messages do not follow the standard."
        findings[-1] = findings[-1].model_copy(update={"explanation": findings[-1].explanation + more})
    findings += _without_issue(rule, prose, judged, facts.commits)
    empty = [part for part, subject in judged if not subject]
    return Outcome(tuple(findings), f"no words: {', '.join(empty)}" if empty else None)


def _judged(prose: Prose, commits: Commits) -> Iterator[str]:
    """Parts whose subject is held to the standard; a title that repeats a commit's subject is judged once."""
    messages = [part for part in prose.parts if part.startswith("commit:")]
    subjects = {_subject(prose.parts[part]) for part in messages}
    is_repeated = commits.applies_to == "both" and prose.title.strip() in subjects
    if commits.applies_to != "commits" and prose.title.strip() and not is_repeated:
        yield "title"
    if commits.applies_to != "title":
        yield from messages


def _subject(text: str) -> str:
    """The first line that is not blank."""
    return next((line.strip() for line in text.split("\n") if line.strip()), "")


def _faults(subject: str, text: str, commits: Commits) -> tuple[str, ...]:
    """What is wrong with one message, a sentence each."""
    if not subject or subject.startswith(_MADE_BY_GIT):
        return ()
    if subject.startswith(_TO_BE_FOLDED):
        return ("It is there to be folded into another commit before the change is merged.",)
    faults = []
    shown = _NUMBER.sub("", subject)
    if commits.standard == "conventional":
        faults += _unconventional(shown, commits.types)
        faults += _crowded(text)
    if commits.max_subject and len(shown) > commits.max_subject:
        faults.append(f"Its subject has {len(shown)} characters, limit {commits.max_subject}.")
    return tuple(faults)


def _unconventional(subject: str, types: Sequence[str]) -> list[str]:
    head, colon, what = subject.partition(":")
    name, bracket, scope = head.removesuffix("!").partition("(")
    if not colon or not what.strip() or " " in name.strip() or not name:
        return ["Its subject is not of the form `type: what it does` or `type(scope): what it does`."]
    if bracket and not (scope.endswith(")") and scope[:-1].strip()):
        return ["The scope of its subject is empty or not closed."]
    if name.lower() not in types:
        return [f"Its type is none of {', '.join(types)}."]
    return [] if what.startswith(" ") else ["A space is missing behind the colon of its subject."]


def _crowded(text: str) -> list[str]:
    """A body that is not parted from the subject is read as part of it by git."""
    lines = text.strip().split("\n")
    is_crowded = len(lines) > 1 and bool(lines[1].strip())
    return ["No blank line parts its subject from its body."] if is_crowded else []


def _finding(rule: ProseRule, prose: Prose, part: str, subject: str, faults: Sequence[str]) -> Finding:
    what = "title" if part == "title" else f"message of commit {part.partition(':')[2][:12]}"
    return Finding(
        source=rule.source,
        title=f"The {'title' if part == 'title' else 'commit message'} does not follow the standard",
        explanation=f"The {what}: {' '.join(faults)} The policy sets this under `commits`.",
        severity=Severity.LOW,
        confidence=Confidence.HIGH,
        subject=prose_subject(prose, part, subject),
        units=(),
    )


def _without_issue(
    rule: ProseRule, prose: Prose, judged: Sequence[tuple[str, str]], commits: Commits
) -> Iterator[Finding]:
    """One finding for the whole change, about its first subject; a change of reverts and merges needs no issue."""
    wanted = commits.issue_pattern
    own = [(part, subject) for part, subject in judged if subject and not subject.startswith(_MADE_BY_GIT)]
    if wanted is None or not own or any(is_found(wanted, text) for text in prose.parts.values()):
        return
    part, subject = own[0]
    yield Finding(
        source=rule.source,
        title="No issue is named",
        explanation=(
            f"Neither the title nor the body nor a commit message holds `{wanted}`, which the policy asks for in"
            " `commits.issue_pattern`."
        ),
        severity=Severity.LOW,
        confidence=Confidence.HIGH,
        subject=prose_subject(prose, part, subject),
        units=(),
    )


RULE = ProseRule("commit-message", "1", check)
