import asyncio

import pytest

from reviewer.domain.change import AuthorKind, Change, CommitMessage, Prose
from reviewer.domain.coverage import RuleReport
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.finding import ProseSubject, Severity, VerificationOutcome
from reviewer.errors import ConfigError
from reviewer.evidence.workspace import Workspace
from reviewer.policy import parse_policy
from reviewer.stages import rules, verify
from reviewer.stages.rules.rule import Facts
from reviewer.testing.memory_git import MemoryGit
from reviewer.testing.values import a_snapshot

CONVENTIONAL = "commits: {standard: conventional}\n"


def some(*messages: str, title: str = "", body: str = "") -> Prose:
    commits = tuple(CommitMessage(sha=f"{at:040x}", text=text) for at, text in enumerate(messages))
    return Prose(title=title, body=body, commits=commits)


def said(policy: str, prose: Prose | None, author: AuthorKind = AuthorKind.UNKNOWN) -> RuleReport:
    change = a_snapshot()
    change = change.model_copy(update={"author": change.author.model_copy(update={"kind": author})})
    workspace = Workspace(MemoryGit(), change.revisions)
    reports = rules.run(change, EvidenceSet.of_nothing(), workspace, parse_policy(policy), prose=prose)
    return next(report for report in reports if report.rule == "commit-message")


@pytest.mark.parametrize(
    ("subject", "fault"),
    [
        ("Update stuff", "not of the form"),
        ("fix crash: on empty carts", "not of the form"),
        ("fix:", "not of the form"),
        (": what", "not of the form"),
        ("(cart): what", "not of the form"),
        ("fix:crash", "A space is missing"),
        ("fix(): crash", "scope of its subject is empty"),
        ("fix(cart: crash", "scope of its subject is empty or not closed"),
        ("feature: pay by card", "Its type is none of build,"),
        ("fixup! fix: crash", "folded into another commit"),
        ("squash! fix: crash", "folded into another commit"),
        ("amend! fix: crash", "folded into another commit"),
        ("fix: crash\nmore words", "No blank line"),
    ],
)
def test_a_message_beside_the_standard_is_told(subject: str, fault: str) -> None:
    report = said(CONVENTIONAL, some(subject))
    (finding,) = report.findings
    assert fault in finding.explanation
    assert (finding.severity, report.unable) == (Severity.LOW, None)
    assert isinstance(finding.subject, ProseSubject)
    assert finding.subject.quote == subject.split("\n", maxsplit=1)[0]


@pytest.mark.parametrize(
    "subject",
    [
        "fix: crash on empty carts",
        "Fix: crash",
        "feat(cart)!: pay by card",
        "feat!: pay: by card\n\nBody.",
        "docs(a b): say",
        "\nfix: begins with a blank line\n",
        "Merge branch 'main' into cart",
        "Merge pull request #4 from a/b",
        'Revert "Update stuff"\n\nThis reverts commit 1.',
        'Reapply "Update stuff"',
    ],
)
def test_a_message_that_follows_it_and_what_git_words_are_quiet(subject: str) -> None:
    report = said(CONVENTIONAL, some(subject))
    assert (report.findings, report.unable) == ((), None)


@pytest.mark.parametrize("subject", ["Merge stuff: by hand", "Revert the thing"])
def test_words_that_only_begin_like_those_of_git_are_held_to_it(subject: str) -> None:
    assert len(said(CONVENTIONAL, some(subject)).findings) == 1


def test_without_a_standard_nothing_is_said() -> None:
    report = said("", some("whatever", title="x" * 400))
    assert (report.findings, report.unable) == ((), None)
    assert said("", None).unable is None


def test_a_bot_s_change_is_left_alone_and_an_agent_s_is_not() -> None:
    assert said(CONVENTIONAL, some("Bump x from 1 to 2"), AuthorKind.BOT).findings == ()
    assert len(said(CONVENTIONAL, some("Bump x from 1 to 2"), AuthorKind.AGENT).findings) == 1


def test_the_length_of_a_subject_is_counted_without_the_host_s_number() -> None:
    policy = "commits: {max_subject: 10}\n"
    assert said(policy, some("0123456789 (#1234)", "0123456789\n\n" + "x" * 99)).findings == ()
    (finding,) = said(policy, some("0123456789a")).findings
    assert "has 11 characters, limit 10" in finding.explanation


@pytest.mark.parametrize(
    ("applies_to", "parts"),
    [("title", ["title"]), ("commits", ["commit"]), ("both", ["title", "commit"])],
)
def test_the_policy_says_whose_subject_counts(applies_to: str, parts: list[str]) -> None:
    policy = f"commits: {{standard: conventional, applies_to: {applies_to}}}\n"
    found = said(policy, some("bad", title="worse")).findings
    subjects = [finding.subject for finding in found]
    assert [one.part.split(":")[0] for one in subjects if isinstance(one, ProseSubject)] == parts


def test_a_title_that_repeats_a_commit_is_judged_once() -> None:
    assert len(said(CONVENTIONAL, some("bad", title="bad")).findings) == 1
    title_only = "commits: {standard: conventional, applies_to: title}\n"
    assert len(said(title_only, some("bad", title="bad")).findings) == 1


def test_an_issue_must_be_named_once_anywhere() -> None:
    policy = "commits: {issue_pattern: 'SHOP-[0-9]+'}\n"
    for prose in (
        some("a", "b SHOP-1", title="t"),
        some("a", title="t SHOP-2"),
        some("a", title="t", body="SHOP-3"),
    ):
        assert said(policy, prose).findings == ()
    (finding,) = said(policy, some("a", "b", title="t", body="SHOP-")).findings
    assert (finding.title, finding.subject.place) == ("No issue is named", "title[0:1]")
    assert said(policy, some('Revert "b"')).findings == ()


def test_many_bad_messages_are_told_up_to_a_limit_with_the_number_of_the_rest() -> None:
    report = said(CONVENTIONAL, some(*(f"bad {n}" for n in range(13))))
    assert len(report.findings) == 10
    assert report.findings[-1].explanation.endswith("3 more messages do not follow the standard.")


@pytest.mark.parametrize("prose", [None, some(), some("  \n", title=" ")])
def test_without_words_it_is_unable(prose: Prose | None) -> None:
    assert said(CONVENTIONAL, prose).unable == "there is no title and no commit message to look at"


def test_an_empty_message_among_others_is_said() -> None:
    report = said(CONVENTIONAL, some("fix: a", ""))
    assert report.unable == f"no words: commit:{1:040x}"


def test_its_finding_is_confirmed_by_its_quote() -> None:
    prose = some("\nbad words\n\nbad words again", title="bad")
    report = said(CONVENTIONAL, prose)
    change = Change(snapshot=a_snapshot(), prose=prose)
    workspace = Workspace(MemoryGit(), change.snapshot.revisions)
    checked, _ = asyncio.run(
        verify.confirm(report.findings, change=change, workspace=workspace, refuter=None)
    )
    assert [one.outcome for one in checked] == [VerificationOutcome.CONFIRMED] * 2


def test_rules_about_code_are_given_no_prose() -> None:
    assert not any("prose" in name for name in Facts.__dataclass_fields__)


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("issue_pattern: '('", "not an expression of RE2"),
        ("issue_pattern: '(?=a)'", "not an expression of RE2"),
        ("issue_pattern: '[0-9]*'", "fits an empty text"),
        ("types: []", "at least 1"),
        ("types: [Fix it]", "match pattern"),
        ("max_subject: -1", "greater than or equal to 0"),
        ("standard: angular", "none"),
    ],
)
def test_a_setting_that_cannot_hold_is_refused(setting: str, problem: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse_policy(f"commits: {{{setting}}}\n")
    assert problem in str(error.value)


def test_it_holds_for_the_whole_repository() -> None:
    with pytest.raises(ConfigError):
        parse_policy("folders: [{paths: [a/**], commits: {standard: conventional}}]\n")
