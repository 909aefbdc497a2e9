from collections.abc import Callable
from typing import Any

from reviewer.domain.finding import CodeSubject, Severity
from reviewer.domain.names import NameEvidence
from reviewer.stages.rules.dangling_reference import RULE, check_names

RULE_NAME = "dangling-reference"
BEFORE = {
    "compose.yml": "services:\n  web:\n    environment:\n      QUEUE_URL: amqp://queue\n",
    "a.py": 'import os\n\nURL = os.environ["QUEUE_URL"]\n',
    "b.py": 'import os\n\nURL = os.environ["QUEUE_URL"]\n',
}
AFTER = {"compose.yml": BEFORE["compose.yml"].replace("QUEUE", "BROKER")}


def test_the_finding_is_about_the_first_reader_and_cites_the_lost_line_and_the_others(
    ruled: Callable[..., Any],
) -> None:
    (finding,) = ruled(BEFORE, AFTER).findings(RULE_NAME)
    assert finding.title == "The environment variable QUEUE_URL is gone but still read"
    assert finding.severity is Severity.HIGH
    assert isinstance(finding.subject, CodeSubject)
    assert (finding.subject.path, finding.subject.first_line) == ("a.py", 3)
    assert [(one.path, one.side.value) for one in finding.evidence] == [
        ("compose.yml", "base"),
        ("b.py", "head"),
    ]
    assert finding.units


def test_a_rename_with_all_its_readers_is_silence(ruled: Callable[..., Any]) -> None:
    after = {path: text.replace("QUEUE", "BROKER") for path, text in BEFORE.items()}
    report = ruled(BEFORE, after).report(RULE_NAME)
    assert (report.findings, report.unable) == ((), None)


def test_what_a_limit_hides_makes_the_rule_unable() -> None:
    evidence = NameEvidence(
        dangling=(), gone=3, cuts=("one name was not searched for",), unread=("big.json",)
    )
    assert check_names(evidence, RULE.source).unable == "one name was not searched for; big.json was not read"
