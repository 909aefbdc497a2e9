import random
import string
from collections.abc import Callable
from typing import Any

import pytest

from reviewer.domain.finding import ChangedPathSubject, Severity

RULE = "secret-added"
LETTERS = string.ascii_letters + string.digits


def made_up(length: int, seed: int = 3) -> str:
    chosen = random.Random(seed)  # noqa: S311 - a made-up one
    return "".join(chosen.choice(LETTERS) for _ in range(length))


TOKEN = "gh" + "p_" + made_up(36)
KEY_LINES = [made_up(64, seed) for seed in range(4)]
KEY = "\n".join(
    ["-----BEGIN RSA PRIVATE" + " KEY-----", *KEY_LINES, "-----END RSA PRIVATE" + " KEY-----", ""]
)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (f'x = 1\ntoken = "{TOKEN}"\n', 2),
        (f"{TOKEN}\n", 1),
        (f"a\n{KEY}b\n", 2),
        (f'url = "https://u:{TOKEN}@host"  # password hunter2secret\n', 1),
    ],
)
def test_a_credential_in_an_added_line_is_found_and_never_shown(
    ruled: Callable[..., Any], content: str, line: int
) -> None:
    made = ruled({"a.py": "\n"}, {"a.py": content})
    (finding,) = made.findings(RULE)
    assert finding.severity is Severity.CRITICAL
    assert f"line {line} of the file" in finding.explanation
    assert isinstance(finding.subject, ChangedPathSubject)
    assert finding.subject.unit == made.change.snapshot.units[0].id
    stored = made.report(RULE).model_dump_json()
    for planted in (TOKEN, TOKEN[4:], TOKEN[:12], *KEY_LINES, "hunter2secret"):
        assert planted not in stored


def test_several_in_one_unit_are_one_finding_a_kind(ruled: Callable[..., Any]) -> None:
    made = ruled({"a.py": "\n"}, {"a.py": f"a = '{TOKEN}'\nb = '{TOKEN[::-1]}'\nc = '{TOKEN}'\n{KEY}"})
    assert [finding.title for finding in made.findings(RULE)] == [
        "A GitHub token is added",
        "A private key is added",
    ]
    assert "lines 1, 3 of the file" in made.findings(RULE)[0].explanation
    assert len({finding.id for finding in made.findings(RULE)}) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"t = '{TOKEN}'\n", "t = read()\n"),
        (f"t = '{TOKEN}'\nx = 1\n", f"t = '{TOKEN}'\nx = 2\n"),
        ("\n", "t = 'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'\n"),
        ("\n", "if '-----BEGIN RSA PRIVATE KEY-----' in t: pass\n"),
        ("kept\n", f"-----BEGIN RSA PRIVATE KEY-----\nkept\n{KEY_LINES[0]}\n"),
        ("\n", "AWS = 'AKIAIOSFODNN7EXAMPLE'\n"),
    ],
)
def test_what_is_removed_unchanged_or_a_placeholder_is_no_finding(
    ruled: Callable[..., Any], before: str, after: str
) -> None:
    made = ruled({"a.py": before}, {"a.py": after})
    assert made.findings(RULE) == []
    assert made.report(RULE).unable is None


def test_a_file_too_large_to_read_makes_it_unable(ruled: Callable[..., Any]) -> None:
    made = ruled({"a.txt": "\n"}, {"big.txt": "x\n" * 3_000_000})
    assert made.report(RULE).unable == "too large to search for secrets: big.txt"
