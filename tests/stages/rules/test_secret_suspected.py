import random
import string
from collections.abc import Callable
from typing import Any

import pytest

from reviewer.domain.finding import ChangedPathSubject, Finding, Severity

RULE = "secret-suspected"
_CHOSEN = random.Random(5)  # noqa: S311 - a made-up one
VALUE = "".join(_CHOSEN.choice(string.ascii_letters + string.digits) for _ in range(32))
LINE = f'client_secret = "{VALUE}"\n'


def suspected(made: Any) -> list[Finding]:
    """What it finds; as it ships, in shadow."""
    report = made.report(RULE)
    assert report.findings == ()
    return list(report.shadowed)


def test_a_likely_credential_in_an_added_line_is_found_and_never_shown(ruled: Callable[..., Any]) -> None:
    made = ruled({"a.py": "\n"}, {"a.py": f"x = 1\n{LINE}"})
    (finding,) = suspected(made)
    assert finding.severity is Severity.HIGH
    assert "line 2 of the file" in finding.explanation
    assert isinstance(finding.subject, ChangedPathSubject)
    assert VALUE[:12] not in made.report(RULE).model_dump_json()
    assert made.findings("secret-added") == []


@pytest.mark.parametrize("path", ["config/app.yml", ".env", "settings.json"])
def test_any_text_file_is_looked_at(ruled: Callable[..., Any], path: str) -> None:
    assert len(suspected(ruled({}, {"a.py": "\n", path: f"api_key: {VALUE}\n"}))) == 1


@pytest.mark.parametrize("path", ["tests/a.py", "docs/a.py", "app.lock", "vendor/a.py", "locales/de.yml"])
def test_files_of_examples_hashes_and_words_are_exempt(ruled: Callable[..., Any], path: str) -> None:
    assert suspected(ruled({}, {"a.py": "\n", path: LINE})) == []


def test_a_value_that_moves_is_no_news(ruled: Callable[..., Any]) -> None:
    made = ruled({"a.py": LINE + "x = 1\n"}, {"a.py": "x = 1\n", "b.py": LINE})
    assert suspected(made) == []


def test_a_credential_of_a_known_issuer_is_told_once(ruled: Callable[..., Any]) -> None:
    token = "gh" + "p_" + VALUE + VALUE[:4]
    made = ruled({"a.py": "\n"}, {"a.py": f'token = "{token}"\n'})
    assert len(made.findings("secret-added")) == 1
    assert suspected(made) == []


def test_a_file_too_large_to_read_makes_it_unable(ruled: Callable[..., Any]) -> None:
    made = ruled({"a.txt": "\n"}, {"big.txt": "x\n" * 3_000_000})
    assert made.report(RULE).unable == "too large to search for secrets: big.txt"
