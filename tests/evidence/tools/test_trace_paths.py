import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from reviewer.domain.chat import ToolCall, ToolResult
from reviewer.evidence.tools.toolbox import EvidenceTools

FILES = {
    "low.py": "def low():\n    return 1\n",
    "service.py": "from low import low\n\n\ndef find(x):\n    return low()\n",
    "app.py": (
        "from flask import Flask\nfrom service import find\n\napp = Flask(__name__)\n\n\n"
        '@app.get("/users")\ndef users():\n    return find(1)\n'
    ),
    "a.rs": "fn rusty() -> i32 { 1 }\n",
}


@pytest.fixture
def made(traced: Callable[..., Any]) -> Any:
    return traced(FILES, {**FILES, "low.py": "def low():\n    return 2\n"})


def ask(made: Any, max_bytes: int = 24_000, **arguments: Any) -> ToolResult:
    tools = EvidenceTools(made.workspace, made.evidence, max_calls=9, max_result_bytes=max_bytes)
    call = ToolCall(id="c1", name="trace_paths", arguments=json.dumps(arguments))
    return asyncio.run(tools.run(call))


def places(made: Any, text: str) -> str:
    return text.replace(made.snapshot.revisions.head[:12], "SHA")


def test_callers_are_followed_up_to_the_entry_point(made: Any) -> None:
    text = places(made, ask(made, name="low", direction="callers", hops=2).content)
    assert text.split("\n") == [
        "1 definitions of low",
        "entered: route GET /users in app.py:7",
        "2 hops to callers",
        "1  find -> low [call, resolved] service.py:5@SHA (head): return low()",
        "2  users -> find [call, resolved] app.py:9@SHA (head): return find(1)",
    ]


def test_callees_are_followed_down_and_no_callers_are_among_them(made: Any) -> None:
    text = places(made, ask(made, name="users", direction="callees", hops=2).content)
    assert text.split("\n")[-3:] == [
        "2 hops to callees",
        "1  users -> find [call, resolved] app.py:9@SHA (head): return find(1)",
        "2  find -> low [call, resolved] service.py:5@SHA (head): return low()",
    ]


def test_hops_that_were_not_asked_for_are_named_as_left_out(made: Any) -> None:
    text = ask(made, name="low", direction="callers", hops=1).content
    assert "left out: callers more than 1 hops up were not looked for" in text
    assert "users" not in text
    assert "hops down" not in text


@pytest.mark.parametrize("wrong", [{"hops": 0}, {"hops": 5}, {"direction": "both"}, {"hops": "2"}])
def test_what_is_out_of_range_is_refused(made: Any, wrong: dict[str, Any]) -> None:
    assert ask(made, **{"name": "low", "direction": "callers", "hops": 1, **wrong}).is_error


def test_a_language_known_by_tags_is_said_not_to_be_followed(made: Any) -> None:
    text = ask(made, name="rusty", direction="callers", hops=1).content
    assert "1 of them are known by tags and not followed" in text


def test_an_answer_is_cut_at_its_limit_and_says_so(made: Any) -> None:
    text = ask(made, 300, name="low", direction="callers", hops=2).content
    assert len(text.encode()) <= 300
    assert "[cut at 300 bytes: " in text
