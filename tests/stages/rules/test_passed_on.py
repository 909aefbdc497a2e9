"""Names that a module passes on, and modules under a new path."""

from collections.abc import Callable
from typing import Any

import pytest

RULE = "symbol-removed"
PY = {"pkg/__init__.py": "from .deep import f as g\n", "pkg/deep.py": "def f(): ...\n"}
TS = {"index.ts": "export { f as g } from './deep'\n", "deep.ts": "export function f() {}\n"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            {**PY, "a.py": "from pkg import g\n"},
            {"pkg/__init__.py": "from .deep import f as h\n"},
            ["a.py:1"],
        ),
        ({**PY, "a.py": "import pkg\npkg.g()\n"}, {"pkg/__init__.py": "\n"}, ["a.py:2"]),
        (
            {**TS, "a.ts": "import { g } from './index'\ng()\n"},
            {"index.ts": "export { f as h } from './deep'\n"},
            ["a.ts:1"],
        ),
        (
            {"old.ts": "export function f() {}\n", "a.ts": "import { f } from './old'\nf()\n"},
            {"old.ts": None, "new/old.ts": "export function f() {}\n"},
            ["a.ts:1"],
        ),
        (
            {"pkg/__init__.py": "", "pkg/old.py": "def f(): ...\n", "a.py": "from pkg.old import f\nf()\n"},
            {"pkg/old.py": None, "pkg/new.py": "def f(): ...\n"},
            ["a.py:1"],
        ),
    ],
)
def test_an_importer_that_is_left_behind_is_found(
    ruled: Callable[..., Any], before: dict[str, str], after: dict[str, str | None], expected: list[str]
) -> None:
    assert ruled(before, after).places(RULE) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # the name is still there by other means
        ({**PY, "a.py": "from pkg import g\n"}, {"pkg/__init__.py": "from .deep import *\ng = f\n"}),
        ({**PY, "a.py": "from pkg import g\n"}, {"pkg/__init__.py": "def __getattr__(name): ...\n"}),
        ({**PY, "a.py": "from pkg import g\n"}, {"pkg/__init__.py": "def g(): ...\n"}),
        (
            {**PY, "a.py": "try:\n    from pkg import g\nexcept ImportError:\n    g = None\n"},
            {"pkg/__init__.py": "\n"},
        ),
        # the file may be found under its old name from another folder
        (
            {"old.py": "def f(): ...\n", "a.py": "from old import f\nf()\n"},
            {"old.py": None, "new/old.py": "def f(): ...\n"},
        ),
        ({**TS, "a.ts": "import { g } from './index'\ng()\n"}, {"index.ts": "export * from './deep'\n"}),
        # a module of the package, which importers find by themselves; an import inside a function offers nothing
        (
            {"pkg/__init__.py": "from . import deep\n", "pkg/deep.py": "", "a.py": "from pkg import deep\n"},
            {"pkg/__init__.py": "\n"},
        ),
        (
            {
                "m.py": "def f():\n    from pkg import db\n    return db\n",
                "pkg/__init__.py": "",
                "pkg/db.py": "",
            },
            {"m.py": "def f():\n    from . import db\n    return db\n"},
        ),
        # nobody takes it
        ({**PY, "a.py": "from pkg.deep import f\nf()\n"}, {"pkg/__init__.py": "\n"}),
        # importers moved along, or find a folder under the old name
        (
            {"old.ts": "export function f() {}\n", "a.ts": "import { f } from './old'\nf()\n"},
            {
                "old.ts": None,
                "new/old.ts": "export function f() {}\n",
                "a.ts": "import { f } from './new/old'\nf()\n",
            },
        ),
        (
            {"old.ts": "export function f() {}\n", "a.ts": "import { f } from './old'\nf()\n"},
            {"old.ts": None, "old/index.ts": "export function f() {}\n"},
        ),
    ],
)
def test_an_importer_that_still_finds_the_name_is_left_alone(
    ruled: Callable[..., Any], before: dict[str, str], after: dict[str, str | None]
) -> None:
    assert ruled(before, after).places(RULE) == []
