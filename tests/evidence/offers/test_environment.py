from collections.abc import Callable
from typing import Any

import pytest

COMPOSE = "services:\n  web:\n    environment:\n      {}: amqp://queue\n"
BEFORE, AFTER = COMPOSE.format("QUEUE_URL"), COMPOSE.format("BROKER_URL")

READS = [
    pytest.param("a.py", 'import os\nURL = os.environ["QUEUE_URL"]\n', id="python-subscript"),
    pytest.param("a.py", 'import os\nURL = os.getenv("QUEUE_URL")\n', id="python-getenv"),
    pytest.param("a.js", "\nconst url = process.env.QUEUE_URL;\n", id="javascript-member"),
    pytest.param("a.ts", "\nconst url = `${process.env.QUEUE_URL}/x`;\n", id="typescript-in-a-template"),
    pytest.param("a.go", 'package a\nvar url = os.Getenv("QUEUE_URL")\n', id="go"),
    pytest.param("a.rb", '\nURL = ENV.fetch("QUEUE_URL")\n', id="ruby-fetch"),
    pytest.param("A.java", 'class A {\n  String url = System.getenv("QUEUE_URL");\n}\n', id="java"),
    pytest.param("run.sh", '#!/bin/sh\ncurl "$QUEUE_URL"\n', id="shell"),
]

QUIET = [
    pytest.param({"a.py": 'import os\nURL = os.environ.get("QUEUE_URL", "x")\n'}, id="default"),
    pytest.param({"a.py": 'import os\nURL = os.getenv("QUEUE_URL") or "x"\n'}, id="default-by-or"),
    pytest.param({"a.js": 'const url = process.env.QUEUE_URL ?? "x";\n'}, id="default-by-question-marks"),
    pytest.param({"a.rb": 'URL = ENV.fetch("QUEUE_URL") { "x" }\n'}, id="default-by-a-block"),
    pytest.param({"run.sh": 'curl "${QUEUE_URL:-x}"\n'}, id="default-in-shell"),
    pytest.param({"a.py": '# os.environ["QUEUE_URL"] was it\n'}, id="comment"),
    pytest.param({"a.py": 'def f():\n    """Reads os.environ["QUEUE_URL"]."""\n'}, id="docstring"),
    pytest.param({"a.py": 'import os\nU = os.environ["QUEUE_URL"]\n', ".env": "QUEUE_URL=x\n"}, id="set-elsewhere"),
    pytest.param(
        {"a.py": 'import os\nU = os.environ["QUEUE_URL"]\n', "Dockerfile": "ENV QUEUE_URL=x\n"}, id="image"
    ),
    pytest.param(
        {"a.py": 'import os\nU = os.environ["QUEUE_URL"]\n', "b.py": 'os.environ["QUEUE_URL"] = "x"\n'}, id="code"
    ),
    pytest.param({"run.sh": 'QUEUE_URL=x\ncurl "$QUEUE_URL"\n'}, id="set-in-the-same-script"),
    pytest.param({"vendor/a.py": 'import os\nURL = os.environ["QUEUE_URL"]\n'}, id="vendored"),
    pytest.param({"tests/a.py": 'import os\nURL = os.environ["QUEUE_URL"]\n'}, id="test"),
    pytest.param({"CHANGELOG.md": "QUEUE_URL is read\n"}, id="changelog"),
    pytest.param({"a.py": 'import os\nURL = os.environ["MAIL_QUEUE_URL"]\n'}, id="longer-name"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text"), READS)
def test_a_variable_that_nothing_sets_any_more_is_told_where_it_is_read(
    named: Callable[..., Any], path: str, text: str
) -> None:
    told = named({"compose.yml": BEFORE, path: text}, {"compose.yml": AFTER}).told
    assert told == [f"environment variable QUEUE_URL: {path}:2"]


@pytest.mark.parametrize("files", QUIET)
def test_a_variable_that_is_set_has_a_default_or_is_not_read_is_silence(
    named: Callable[..., Any], files: dict[str, str]
) -> None:
    assert named({"compose.yml": BEFORE, **files}, {"compose.yml": AFTER}).told == []


def test_a_variable_that_code_calls_otherwise_is_told_where_it_is_still_set(
    named: Callable[..., Any],
) -> None:
    before = {"a.py": 'import os\nURL = os.environ["QUEUE_URL"]\n', "compose.yml": BEFORE}
    told = named(before, {"a.py": 'import os\nURL = os.environ["BROKER_URL"]\n'}).told
    assert told == ["environment variable QUEUE_URL: compose.yml:4"]


def test_a_variable_that_code_no_longer_reads_is_silence_without_a_new_one(named: Callable[..., Any]) -> None:
    before = {"a.py": 'import os\nURL = os.environ["QUEUE_URL"]\n', "compose.yml": BEFORE}
    assert named(before, {"a.py": "URL = None\n"}).told == []


def test_a_variable_that_other_code_reads_may_stay_set(named: Callable[..., Any]) -> None:
    before = {
        "a.py": 'import os\nURL = os.environ["QUEUE_URL"]\n',
        "b.js": "const { QUEUE_URL } = process.env;\n",
        "compose.yml": BEFORE,
    }
    assert named(before, {"a.py": 'import os\nURL = os.environ["BROKER_URL"]\n'}).told == []
