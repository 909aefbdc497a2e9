from reviewer.domain.change import Origin
from reviewer.domain.finding import CodeSubject, Confidence
from reviewer.evidence.literals import LiteralLimits, collect_literals
from reviewer.evidence.workspace import Workspace
from reviewer.stages import snapshot
from reviewer.stages.rules.copy_contradicts_code import RULE, check_literals
from reviewer.stages.rules.rule import Outcome
from reviewer.testing.memory_git import MemoryGit

LIMIT, USE = "MIN_NAME = @@\n", (
    "from limits import MIN_NAME\n\n\ndef rename(name):\n    if len(name) < MIN_NAME:\n"
    '        raise ValueError("Name must be at least 3 characters")\n'
)  # fmt: skip


def outcome(before: dict[str, str], after: dict[str, str], limits: LiteralLimits | None = None) -> Outcome:
    repo = MemoryGit()
    base, head = repo.commit(before), repo.commit(after)
    change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
    return check_literals(
        collect_literals(change, Workspace(repo, change.revisions), limits=limits), RULE.source
    )


def test_the_finding_stands_on_the_changed_line_and_quotes_the_other_and_the_way() -> None:
    before = {"limits.py": LIMIT.replace("@@", "3"), "a.py": USE}
    made = outcome(before, {"limits.py": LIMIT.replace("@@", "5")})
    (finding,) = made.findings
    assert finding.title == "Copy says 3 characters, the code holds 5"
    assert finding.confidence is Confidence.HIGH
    assert isinstance(finding.subject, CodeSubject)
    assert (finding.subject.path, finding.subject.quote) == ("limits.py", "MIN_NAME = 5")
    assert [(one.path, one.first_line) for one in finding.evidence] == [("a.py", 6), ("a.py", 5)]
    assert "they agreed before the change" in finding.explanation
    assert finding.units
    assert made.unable is None


def test_agreement_is_silence() -> None:
    before = {"limits.py": LIMIT.replace("@@", "5"), "a.py": USE}
    made = outcome(before, {"limits.py": LIMIT.replace("@@", "3")})
    assert made == Outcome((), None)


def test_a_contradiction_of_low_confidence_is_no_finding() -> None:
    before = {"README.md": "Names must be at least 3 characters.\n", "a.py": "MIN_TEAM_NAME_LENGTH = 3\n"}
    assert outcome(before, {"a.py": "MIN_TEAM_NAME_LENGTH = 5\n"}).findings == ()


def test_a_way_that_was_not_followed_makes_it_unable() -> None:
    before = {"limits.py": LIMIT.replace("@@", "3"), "a.py": USE}
    made = outcome(before, {"limits.py": LIMIT.replace("@@", "5")}, LiteralLimits(max_files=0))
    assert "limit 0 files" in (made.unable or "")


def test_two_limits_of_one_field_that_part_are_a_finding_with_both_lines() -> None:
    page = '<form action="/gifts">\n<textarea name="note" maxlength="140"></textarea>\n</form>\n'
    before = {"server/gifts/max.js": "export const MAX_NOTE = 140;\n", "public/gift.html": page}
    (finding,) = outcome(before, {"server/gifts/max.js": "export const MAX_NOTE = 100;\n"}).findings
    assert finding.title == "The code and the page limit note differently"
    assert finding.confidence is Confidence.MEDIUM
    assert isinstance(finding.subject, CodeSubject)
    assert finding.subject.quote == "export const MAX_NOTE = 100;"
    assert [(one.path, one.first_line) for one in finding.evidence] == [("public/gift.html", 2)]
    assert "the page lets pass what the code refuses" in finding.explanation
