"""Declared entry points in the graph around a definition."""

from collections.abc import Mapping

import pytest

from reviewer.domain.change import Revisions
from reviewer.domain.reach import Reach
from reviewer.evidence.trace.ask import trace_symbol
from reviewer.evidence.trace.reach import ReachLimits
from reviewer.evidence.workspace import Workspace
from reviewer.testing.memory_git import MemoryGit


def reached(files: Mapping[str, str], asked: str) -> Reach:
    repo = MemoryGit()
    commit = repo.commit(files)
    workspace = Workspace(repo, Revisions(base=commit, merge_base=commit, head=commit))
    return trace_symbol(asked, workspace, repository="r", limits=ReachLimits()).reach


def entries(files: Mapping[str, str], asked: str) -> list[str]:
    """`path:line sort: label` of each way in, the nearest first."""
    told = []
    for way in reached(files, asked).ways_in():
        entry = way.entry.entry
        assert entry is not None
        assert entry.quote == files[entry.path].split("\n")[entry.line - 1]
        told.append(f"{entry.place} {entry.sort}: {entry.label}")
    return told


PYPROJECT = '[project.scripts]\ntool = "tool.cli:main"\n'
CLI = "from tool.work import work\n\n\ndef main():\n    work()\n"
EXPORTED = "export function f() { return 1 }\n"
WORK = "def work():\n    return 1\n"
CONTROLLER = "class UsersController < ApplicationController\n  def show\n  end\nend\n"
ROUTES = "Rails.application.routes.draw do\n  resources :users, only: [:show]\nend\n"


@pytest.mark.parametrize(
    ("files", "asked", "expected"),
    [
        (
            {"pyproject.toml": PYPROJECT, "tool/cli.py": CLI, "tool/work.py": WORK},
            "work",
            ["pyproject.toml:2 command: tool"],
        ),
        (
            {"a/pyproject.toml": PYPROJECT, "a/src/tool/cli.py": CLI, "a/src/tool/work.py": WORK},
            "main",
            ["a/pyproject.toml:2 command: tool"],
        ),
        (
            {"config/routes.rb": ROUTES, "app/controllers/users_controller.rb": CONTROLLER},
            "UsersController.show",
            ["config/routes.rb:2 route: GET /users/:id"],
        ),
        (
            {"Procfile": "web: gunicorn shop.web:make", "shop/web.py": "def make():\n    return 1\n"},
            "make",
            ["Procfile:1 main: process web"],
        ),
        (
            {"Dockerfile": "CMD python jobs/a.py", "jobs/a.py": "def f():\n    return 1\n\n\nf()\n"},
            "f",
            ["Dockerfile:1 main: container Dockerfile"],
        ),
        (
            {"package.json": '{"bin": {"tool": "./cli.js"}}', "cli.js": "function f() { return 1 }\nf()\n"},
            "f",
            ["package.json:1 command: tool"],
        ),
        (
            {"package.json": '{"name": "m", "main": "lib/index.js"}', "src/index.ts": EXPORTED},
            "f",
            ["package.json:1 export: m"],
        ),
    ],
)  # fmt: skip
def test_a_declaration_names_how_the_code_is_entered(
    files: Mapping[str, str], asked: str, expected: list[str]
) -> None:
    assert entries(files, asked) == expected


@pytest.mark.parametrize(
    ("files", "asked"),
    [
        ({"pyproject.toml": PYPROJECT, "other/cli.py": CLI, "tool/work.py": WORK}, "main"),
        ({"a/pyproject.toml": PYPROJECT, "tool/cli.py": CLI, "tool/work.py": WORK}, "main"),
        ({"pyproject.toml": PYPROJECT, "tool/cli.py": "class A:\n    def main(self):\n        pass\n"}, "A.main"),
        ({"package.json": '{"main": "index.js"}', "index.js": "function f() {}\nexport const g = 1\n"}, "f"),
        ({"Dockerfile": "CMD python jobs/a.py", "jobs/b.py": "def f():\n    return 1\n\n\nf()\n"}, "f"),
    ],
)  # fmt: skip
def test_what_is_not_meant_is_not_entered(files: Mapping[str, str], asked: str) -> None:
    assert entries(files, asked) == []


def test_what_an_entry_file_passes_on_is_an_export() -> None:
    files = {
        "package.json": '{"name": "m", "main": "index.js"}',
        "index.js": "export { f } from './a.js'\nimport { g } from './a.js'\ng()\n",
        "a.js": "export function f() { return 1 }\nexport function g() { return 1 }\n",
    }
    assert entries(files, "f") == ["package.json:1 export: m"]
    assert [node.name for node in reached(files, "g").entries] == [""]


def test_what_a_package_lists_is_an_export() -> None:
    files = {
        "shop/__init__.py": "from shop.a import f, g\n\n__all__ = [\n    'f',\n]\n",
        "shop/a.py": "def f():\n    return 1\n\n\ndef g():\n    return 1\n",
    }
    assert entries(files, "f") == ["shop/__init__.py:4 export: f of shop/__init__.py"]
    assert entries(files, "g") == []


def test_what_is_only_offered_has_its_callers_followed() -> None:
    files = {
        "package.json": '{"name": "m", "main": "index.js"}',
        "index.js": "export function g() { return f() }\nexport function f() { return 1 }\n",
        "a.test.js": "import { g } from './index.js'\ntest('it adds', () => {\n  g()\n})\n",
    }
    assert "a.test.js:2 test: it adds" in entries(files, "f")


def test_a_declaring_file_that_cannot_be_read_is_a_cut() -> None:
    files = {"package.json": "{", "a.js": EXPORTED}
    assert any("package.json: no JSON" in cut for cut in reached(files, "f").cuts)


def test_what_a_test_reads_is_not_entered_by_the_test() -> None:
    files = {
        "lib/shop.rb": "class Shop\n  def self.open\n  end\nend\n",
        "test/shop_test.rb": "require_relative '../lib/shop'\nclass ShopTest < Minitest::Test\n"
        "  setup do\n    Shop.open\n  end\nend\n",
    }
    found = reached(files, "Shop")
    assert [node.name for node in found.entries] == [""]
