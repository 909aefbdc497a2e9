from collections.abc import Callable
from typing import Any

import pytest

from reviewer.domain.evidence import Certainty
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.evidence.dossier import evidence_text
from reviewer.evidence.dossier.parts import Part, fitted

TOKEN = "gh" + "p_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0fG3hJ6"
SERVICE = "def low():\n    return 1\n\n\ndef find(x):\n    return low(){}\n"
FILES = {
    "service.py": SERVICE.format(""),
    "app.py": (
        "from flask import Flask\nfrom service import find\n\napp = Flask(__name__)\n\n\n"
        '@app.get("/users")\ndef users():\n    return find(1)\n'
    ),
    "tests/test_service.py": "from service import find\n\n\ndef test_find():\n    assert find(1) == 1\n",
}


@pytest.fixture
def evidence(traced: Callable[..., Any]) -> EvidenceSet:
    found: EvidenceSet = traced(FILES, {**FILES, "service.py": SERVICE.format(" + 1")}).evidence
    return found


def test_it_tells_ways_in_tests_and_what_the_change_runs_each_with_its_line(evidence: EvidenceSet) -> None:
    text = evidence_text(evidence, max_tokens=10_000)
    head = evidence.traces[0].symbol.definition.commit[:12]
    start = text.index("1 entry points lead")
    assert text[start:].startswith(
        "1 entry points lead to the change\n"
        'route GET /users in app.py:7: @app.get("/users")\n'
        f"  app.py:9@{head} (head): return find(1) [resolved]\n"
        "\n"
        "1 tests lead to the change\n"
        "test test_find in tests/test_service.py:4: def test_find():, 1 hops, the last "
        f"tests/test_service.py:5@{head} (head): assert find(1) == 1 [resolved]\n"
        "\n"
        "1 places in the change and below it run other definitions\n"
        f"1 down: service.py:6@{head} (head): return low() + 1 [resolved] runs low\n"
    )


def test_what_was_not_followed_and_not_found_is_said(evidence: EvidenceSet) -> None:
    text = evidence_text(EvidenceSet.of_nothing("no time"), max_tokens=1000)
    assert "callers and callees of the change were not followed" in text
    assert "strings and constants of the change were not looked at" in text
    assert "left out: no time" in text
    assert evidence.reach is not None
    alone = evidence.reach.model_copy(update={"edges": (), "cuts": ("no room",)})
    text = evidence_text(evidence.model_copy(update={"reach": alone}), max_tokens=1000)
    assert "no entry points lead to the change, as far as was looked" in text
    assert "no tests lead to the change, as far as was looked" in text
    assert "left out: no room" in text


@pytest.mark.parametrize("max_tokens", [140, 200, 260])
def test_a_budget_is_kept_and_what_is_dropped_is_counted(evidence: EvidenceSet, max_tokens: int) -> None:
    text = evidence_text(evidence, max_tokens=max_tokens)
    assert len(text) <= max_tokens * 3 + 2
    assert text.rpartition("\n")[2].startswith(f"left out to stay within about {max_tokens} tokens")


def test_the_least_sure_and_farthest_goes_first_and_is_counted_by_topic() -> None:
    parts = [
        Part("", ("head",)),
        Part("guesses", ("g" * 60,), Certainty.BY_NAME, 1),
        Part("far", ("f" * 60,), Certainty.RESOLVED, 3),
        Part("near", ("n" * 60,), Certainty.RESOLVED, 1),
        Part("guesses", ("g" * 600,), Certainty.BY_NAME, 2),
    ]
    lines = fitted(parts, max_tokens=90).split("\n")
    assert lines == [
        "head",
        "f" * 60,
        "n" * 60,
        "left out to stay within about 90 tokens, the least sure and farthest first: guesses 2",
    ]


def test_no_credential_is_in_it(traced: Callable[..., Any]) -> None:
    made = traced({"a.py": "LIMIT = 'x'\n"}, {"a.py": f"LIMIT = '{TOKEN}'\n"})
    text = evidence_text(made.evidence, max_tokens=10_000)
    assert TOKEN not in text
    assert "[secret: GitHub token]" in text
