import pytest

from reviewer.domain.change import Origin
from reviewer.domain.coverage import RuleFlag, RuleReport
from reviewer.evidence.collect import collect
from reviewer.evidence.workspace import Workspace
from reviewer.policy import ALWAYS_ON, Policy, parse_policy
from reviewer.stages import rules, snapshot
from reviewer.stages.rules import CATALOGUE
from reviewer.testing.memory_git import MemoryGit

SECTIONS = ("## What\n", "## Why\n", "## Fires\n", "## Quiet\n", "## Cannot see\n")


def report(policy: str, rule: str = "symbol-removed") -> RuleReport:
    """What `rule` says of a removed function that two files use."""
    git = MemoryGit()
    use = "from lib import total\n\ntotal(1)\n"
    base = git.commit({"lib.py": "def total(a):\n    return a\n", "app.py": use, "old/app.py": use})
    head = git.commit({"lib.py": "def sum_of(a):\n    return a\n"})
    change = snapshot.take(git, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
    workspace = Workspace(git, change.revisions)
    said = rules.run(change, collect(change, workspace), workspace, parse_policy(policy))
    return next(one for one in said if one.rule == rule)


def test_a_rule_in_shadow_says_nothing_that_weighs_and_its_words_are_kept() -> None:
    on, shadow = report(""), report("rules: {symbol-removed: shadow}\n")
    assert on.findings
    assert (shadow.flag, shadow.findings, shadow.shadowed) == (RuleFlag.SHADOW, (), on.findings)


def test_a_rule_that_is_off_is_not_run_and_says_so() -> None:
    off = report("rules: {symbol-removed: 'off'}\n")
    assert (off.flag, off.findings, off.shadowed, off.unable) == (RuleFlag.OFF, (), (), None)


def test_a_silenced_finding_is_kept_with_the_policy_s_reason_and_weighs_nothing() -> None:
    silenced = report(
        "silences: [{rule: symbol-removed, paths: [old/**, app.py], reason: kept until the move ends}]\n"
    )
    assert [one.reason for one in silenced.silenced] == ["kept until the move ends"]
    assert silenced.findings == ()


@pytest.mark.parametrize("paths", ["old/**", "app.py"])
def test_a_finding_that_cites_another_place_too_is_not_silenced(paths: str) -> None:
    said = report(
        f"silences: [{{rule: symbol-removed, paths: ['{paths}'], reason: kept until the move ends}}]\n"
    )
    assert (len(said.findings), said.silenced) == (1, ())


def test_a_silence_of_another_rule_silences_nothing() -> None:
    other = report("silences: [{rule: demand-unmet, paths: ['**'], reason: kept until the move ends}]\n")
    assert len(other.findings) == 1


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.name)
def test_every_rule_explains_itself(rule: rules.Rule) -> None:
    assert rule.page.startswith(f"# {rule.name}\n")
    assert all(section in rule.page for section in SECTIONS)
    assert len(rule.summary) > 20


def test_what_cannot_be_switched_off_exists() -> None:
    assert {rule.name for rule in CATALOGUE} >= ALWAYS_ON
    assert Policy().rules == {}
