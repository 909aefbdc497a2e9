import json

import pytest

from reviewer.evidence.trace.declared.read import declared_entries

PYPROJECT = """[project]
name = "tool"
version = "1:2"

[project.scripts]
tool = "tool.cli:main"  # the tool
"tool-x" = 'tool.cli:X.run'

[project.entry-points.pytest11]
plugin = "tool.plugin:hook"
"""
SETUP_CFG = """[options]
zip_safe = a:b
[options.entry_points]
console_scripts =
    tool = tool.cli:main
flake8.extension =
    T = tool.lint:Check
"""
SETUP_PY = """setup(
    entry_points={
        "console_scripts": [
            "tool = tool.cli:main",
        ],
        "plugins": [
            "x = tool.plugin:hook",
        ],
    },
)
"""
PACKAGE = {
    "name": "@a/tool",
    "bin": {"tool": "./bin/tool.js"},
    "main": "lib/index.js",
    "exports": {".": {"import": "./lib/index.mjs"}, "./x": "./lib/x.js", "./*": "./lib/*.js"},
}


def told(path: str, text: str) -> list[tuple[str, str, str]]:
    """Target, sort and label of each."""
    lines = text.split("\n")
    found = declared_entries(path, lines).entries
    assert all(each.entry.quote == lines[each.entry.line - 1] for each in found)
    return [(each.target, each.entry.sort.value, each.entry.label) for each in found]


def test_scripts_of_a_pyproject_are_commands_and_plug_ins_are_not() -> None:
    assert told("a/pyproject.toml", PYPROJECT) == [
        ("tool.cli:main", "command", "tool"),
        ("tool.cli:X.run", "command", "tool-x"),
    ]


@pytest.mark.parametrize(("path", "text"), [("setup.cfg", SETUP_CFG), ("setup.py", SETUP_PY)])
def test_console_scripts_are_commands_and_plug_ins_are_not(path: str, text: str) -> None:
    assert told(path, text) == [("tool.cli:main", "command", "tool")]


def test_what_a_package_json_offers_is_named_by_path() -> None:
    assert told("packages/tool/package.json", json.dumps(PACKAGE, indent=2)) == [
        ("packages/tool/bin/tool.js", "command", "tool"),
        ("packages/tool/lib/index.js", "export", "@a/tool"),
        ("packages/tool/lib/index.mjs", "export", "@a/tool ."),
        ("packages/tool/lib/x.js", "export", "@a/tool ./x"),
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("package.json", '{"bin": 3, "main": null, "exports": [1], "name": {}}'),
        ("pyproject.toml", "tool = 'a:b'"),
        ("routes.rb", "get '/a', to: 'a#b'"),
        ("other.toml", PYPROJECT),
    ],
)
def test_what_declares_nothing_known_has_no_entries(path: str, text: str) -> None:
    assert told(path, text) == []


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        ("package.json", "{", "no JSON that can be read"),
        ("package.json", "[" * 50_000, "no JSON that can be read"),
        ("package.json", "[]", "no JSON object"),
        ("package.json", json.dumps({"main": "x" * 2_000_000}), "limit 1000000"),
        ("pyproject.toml", "x" * 2_000_000, "limit 1000000"),
    ],
)
def test_a_file_that_cannot_be_understood_says_so(path: str, text: str, problem: str) -> None:
    found = declared_entries(path, text.split("\n"))
    assert found.entries == ()
    assert problem in (found.problem or "")
