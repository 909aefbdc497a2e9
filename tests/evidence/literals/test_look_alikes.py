from collections.abc import Callable
from typing import Any

import pytest


def change(files: dict[str, str], path: str, old: str, new: str) -> tuple[dict[str, str], dict[str, str]]:
    """`files` before and after: `@@` in the file at `path` is `old`, then `new`."""
    return {**files, path: files[path].replace("@@", old)}, {path: files[path].replace("@@", new)}


QUIET = [
    pytest.param(
        {
            "a.py": (
                "def check(password):\n"
                "    if len(password) < 3:\n"
                '        raise ValueError("Password must be at least @@ characters")\n'
            )
        },
        "a.py",
        "5",
        "3",
        id="agree-lt",
    ),
    pytest.param(
        {
            "a.py": (
                "def check(password):\n"
                "    if len(password) <= 3:\n"
                '        raise ValueError("Password must be at least @@ characters")\n'
            )
        },
        "a.py",
        "5",
        "4",
        id="agree-lte",
    ),
    pytest.param(
        {
            "a.py": (
                "MIN_USERNAME = 3\n"
                "MIN_PASSWORD = 8\n"
                "\n"
                "def f(u, p):\n"
                "    if len(u) < MIN_USERNAME:\n"
                '        raise ValueError("Username must be at least @@ characters")\n'
                "    if len(p) < MIN_PASSWORD:\n"
                '        raise ValueError("Password must be at least 8 characters")\n'
            )
        },
        "a.py",
        "4",
        "3",
        id="diff-field",
    ),
    pytest.param(
        {
            "a.py": (
                'def f(p):\n    if p.attempts > 5:\n        raise ValueError("Try again in @@ minutes")\n'
            )
        },
        "a.py",
        "20",
        "30",
        id="unit",
    ),
    pytest.param(
        {
            "a.py": (
                "def f(password):\n"
                "    if len(password) < 8:\n"
                '        raise ValueError("Password needs 8 characters and at least @@ digit")\n'
            )
        },
        "a.py",
        "2",
        "1",
        id="composition",
    ),
    pytest.param(
        {"a.py": "MIN_PYTHON = 3\n", "README.md": "Requires at least Python @@.\n"},
        "README.md",
        "2",
        "4",
        id="version",
    ),
    pytest.param(
        {
            "tests/test_a.py": (
                "def test():\n"
                "    if len(password) < 5:\n"
                '        raise ValueError("Password must be at least @@ characters")\n'
            )
        },
        "tests/test_a.py",
        "5",
        "3",
        id="tests",
    ),
    pytest.param(
        {
            "a.py": (
                "def f(password):\n"
                "    # Password must be at least @@ characters\n"
                "    if len(password) < 5:\n"
                '        raise ValueError("bad")\n'
            )
        },
        "a.py",
        "5",
        "3",
        id="comment",
    ),
    pytest.param(
        {"a.py": "MIN_USERNAME_LENGTH = @@\n", "README.md": "Passwords must be at least 8 characters.\n"},
        "a.py",
        "8",
        "10",
        id="other-const",
    ),
    pytest.param(
        {
            "a.py": (
                "MIN = @@\n"
                "\n"
                "def f(x):\n"
                "    if len(x) < MIN:\n"
                '        raise ValueError("at least @@ characters")\n'
            )
        },
        "a.py",
        "3",
        "5",
        id="both-change",
    ),
    pytest.param(
        {
            "a.py": (
                "def f(name):\n"
                "    if len(name) > 20:\n"
                '        raise ValueError("Name must be at most 20 characters")\n'
                "    if len(name) < 2:\n"
                '        raise ValueError("Name must be at least @@ characters")\n'
            )
        },
        "a.py",
        "3",
        "2",
        id="kind",
    ),
    pytest.param(
        {
            "CHANGELOG.md": "- Passwords must be at least 8 characters.\n",
            "a.py": "MIN_PASSWORD_LENGTH = @@\n",
        },
        "a.py",
        "8",
        "10",
        id="changelog",
    ),
    pytest.param(
        {
            "a.py": (
                "MAX_UPLOAD = 10 * 1024 * 1024\n"
                "\n"
                "def f(file):\n"
                "    if file.size > MAX_UPLOAD:\n"
                '        raise E("Files up to @@ allowed")\n'
            )
        },
        "a.py",
        "5 MB",
        "10 MB",
        id="MB-units",
    ),
    pytest.param(
        {"a.py": "PAGE_SIZE = @@\n", "t.html": "<p>Choose up to 20 tags</p>"},
        "a.py",
        "20",
        "30",
        id="page-size",
    ),
    pytest.param(
        {
            "a.py": (
                "MIN_PASSWORD = 8\n"
                "MIN_USERNAME = @@\n"
                "\n"
                "def f(u, p):\n"
                "    if len(p) < MIN_PASSWORD:\n"
                '        raise E("Password must be at least 8 characters")\n'
                "    if len(u) < MIN_USERNAME:\n"
                '        raise E("Bad username")\n'
            )
        },
        "a.py",
        "8",
        "3",
        id="two-consts-diff",
    ),
    pytest.param(
        {
            "a.rb": (
                "class P\n"
                "  validates :title, length: { maximum: @@ }\n"
                "  validates :body, length: { maximum: 500 }\n"
                "end\n"
            ),
            "en.yml": ('en:\n  body_hint: "Body can have up to 500 characters"\n'),
        },
        "a.rb",
        "500",
        "100",
        id="title-vs-body",
    ),
    pytest.param(
        {
            "a.js": (
                "function f(n) {\n"
                "  if (n.length > @@) {\n"
                '    throw new Error("must be shorter than 21 characters");\n'
                "  }\n"
                "}\n"
            )
        },
        "a.js",
        "19",
        "20",
        id="exclusive",
    ),
    pytest.param(
        {"a.py": ('TOKEN_TTL = 24 * 60 * 60\n\nMSG = "Your token expires in @@"\n')},
        "a.py",
        "2 hours",
        "24 hours",
        id="hours-min",
    ),
    pytest.param(
        {"a.py": ('TOKEN_TTL = timedelta(hours=24)\n\nMSG = "Your token expires in @@"\n')},
        "a.py",
        "2 days",
        "1 day",
        id="1-day",
    ),
    pytest.param(
        {"a.py": "HTTP_RETRIES = @@\n", "t.html": "<p>You have 3 attempts to enter your PIN.</p>"},
        "a.py",
        "3",
        "5",
        id="retry-vs-attempts-http",
    ),
    pytest.param(
        {"a.py": "PORT = @@\n", "README.md": "Choose up to 3000 items."}, "a.py", "3000", "8080", id="port"
    ),
    pytest.param(
        {"a.py": "MIN_BIO_WORDS = @@\n", "t.html": "<p>Bio must be at least 50 characters</p>"},
        "a.py",
        "50",
        "60",
        id="min-words-vs-chars",
    ),
    pytest.param(
        {
            "a.py": (
                "def f(password):\n"
                "    if len(password) < 12:\n"
                '        warn("Longer passwords are stronger")\n'
                "    if len(password) < 8:\n"
                '        raise E("Password must be at least @@ characters")\n'
            )
        },
        "a.py",
        "7",
        "8",
        id="warn-threshold",
    ),
    pytest.param(
        {"a.py": "x = 1\n@@"},
        "a.py",
        "",
        'MIN = 3\ndef f(n):\n    if len(n) < MIN:\n        raise E("Name must be at least 3 characters")\n',
        id="new-agree",
    ),
    pytest.param(
        {
            "a.py": (
                "def f(names):\n"
                "    for i in range(10):\n"
                "        if i < 5:\n"
                '            print("Name must be at least @@ characters")\n'
            )
        },
        "a.py",
        "4",
        "3",
        id="loop",
    ),
    pytest.param(
        {
            "README.md": "For example, passwords must be at least 3 characters.\n",
            "a.py": "MIN_PASSWORD_LENGTH = @@\n",
        },
        "a.py",
        "3",
        "5",
        id="example",
    ),
    pytest.param(
        {
            "a.py": ("class U(Model):\n    password_hash = CharField(max_length=@@)\n"),
            "t.html": "<p>Password must be at most 128 characters</p>",
        },
        "a.py",
        "128",
        "256",
        id="db-column",
    ),
    pytest.param(
        {
            "a.py": ("ADMIN_MIN_PASSWORD_LENGTH = @@\nMIN_PASSWORD_LENGTH = 8\n"),
            "t.html": "<p>Password must be at least 8 characters</p>",
        },
        "a.py",
        "8",
        "12",
        id="admin",
    ),
    pytest.param(
        {
            "a.py": (
                "MIN = @@\n"
                "\n"
                "def f(p):\n"
                "    if len(p) < MIN:\n"
                '        raise E(f"Password must be at least {MIN} characters")\n'
            )
        },
        "a.py",
        "8",
        "10",
        id="interp",
    ),
    pytest.param(
        {"a.js": "const REQUEST_TIMEOUT = @@;\n", "t.html": "<p>Your session expires in 30 seconds</p>"},
        "a.js",
        "30000",
        "60000",
        id="timeouts",
    ),
]


@pytest.mark.parametrize(("files", "path", "old", "new"), QUIET)
def test_what_only_looks_alike_is_quiet(
    read: Callable[..., Any], files: dict[str, str], path: str, old: str, new: str
) -> None:
    made = read(*change(files, path, old, new))
    assert [pair for pair in made.pairs if pair[2] != "low"] == []
