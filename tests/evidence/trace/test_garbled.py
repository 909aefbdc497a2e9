from collections.abc import Callable
from typing import Any

import pytest

GO_MOD = "module example.org/m\n"
BROKEN_PY = "x = = 1\n"
LIB = {"lib/__init__.py": "", "lib/tool.py": "def helper(a): return a\ndef other(): pass\n"}
GONE, CALLED_OTHERWISE = "def other(): pass\n", "def helper(a, b): return a\ndef other(): pass\n"
NEW_BODY = "def helper(a): return 2\ndef other(): pass\n"
GO = {"go.mod": GO_MOD, "p/a.go": "package p\n\nfunc F() {}\n"}
TS = {"lib.ts": "export function helper() { return 1 }\nexport const other = 1\n"}
BROKEN_TS = "export interface Box<in out T = unknown> { value: T }\n"


@pytest.mark.parametrize("after", [GONE, CALLED_OTHERWISE])
@pytest.mark.parametrize(
    "user",
    [
        f"from lib.tool import helper\nhelper(1)\n{BROKEN_PY}",
        "from lib.tool import other, helper as h\nx = = h(1)\n",
        "import lib.tool\nx = = lib.tool.helper(1)\n",
        "from lib import tool\nx = = tool.helper(1)\n",
        "import = lib.tool as t\nt.helper(1)\n",
    ],
)
def test_a_python_file_that_may_hide_a_use_is_a_cut(
    traced: Callable[..., Any], user: str, after: str
) -> None:
    cut = traced({**LIB, "app.py": user}, {"lib/tool.py": after}).trace("helper").cut
    assert cut is not None
    assert cut.startswith("app.py: line ")
    assert cut.endswith("not understood by the grammar, which may hide a use")


@pytest.mark.parametrize(
    ("user", "after"),
    [
        # Nothing leads from the file to the definition.
        (f"def helper(): pass\nhelper()\n{BROKEN_PY}", GONE),
        ("from other import helper\nx = = helper(1)\n", GONE),
        # The name stands in what was understood, and is none of the target's there.
        (f"import lib.tool\ny.helper(1)\n{BROKEN_PY}", GONE),
        # Parameters matter to calls only.
        (f"from lib.tool import helper\n{BROKEN_PY}", CALLED_OTHERWISE),
        # No use can be wrong when only the body changed.
        (f"from lib.tool import helper\nhelper(1)\n{BROKEN_PY}", NEW_BODY),
    ],
)
def test_a_python_file_that_hides_nothing_is_no_cut(
    traced: Callable[..., Any], user: str, after: str
) -> None:
    assert traced({**LIB, "app.py": user}, {"lib/tool.py": after}).trace("helper").cut is None


def test_a_name_passed_on_by_a_package_is_followed(traced: Callable[..., Any]) -> None:
    before = {
        **LIB,
        "lib/__init__.py": "from .tool import *\n",
        "app.py": "from lib import helper\nx = = 1\n",
    }
    assert "app.py: line 2" in (traced(before, {"lib/tool.py": GONE}).trace("helper").cut or "")


@pytest.mark.parametrize(
    ("path", "user", "cut"),
    [
        ("p/b.go", "package p\n\nfunc g() { F( }\n", True),
        ("p/b.go", "package p\n\nfunc g() { F() }\n\nfunc h() { = }\n", True),
        ("b.go", 'package b\n\nimport "example.org/m/p"\n\nfunc g() { p.F( }\n', True),
        ("b.go", 'package b\n\nimport "example.org/m/q"\n\nfunc g() { q.F( }\n', False),
    ],
)
def test_a_go_file_is_a_cut_where_its_package_or_imports_lead_to_the_definition(
    traced: Callable[..., Any], path: str, user: str, cut: bool
) -> None:
    made = traced({**GO, path: user}, {"p/a.go": "package p\n"})
    assert (made.trace("F").cut or "").startswith(f"{path}: line ") is cut


@pytest.mark.parametrize(
    ("user", "cut"),
    [
        (f"import {{ helper }} from './lib'\nhelper()\n{BROKEN_TS}", True),
        (f"import * as lib from './lib'\n{BROKEN_TS.replace('value: T', 'value: typeof lib.helper')}", True),
        (f"import {{ helper }} from './elsewhere'\nhelper()\n{BROKEN_TS}", False),
        (f"import {{ other }} from './lib'\nconst helper = 1\n{BROKEN_TS}", False),
    ],
)
def test_a_typescript_file_is_a_cut_where_it_may_hide_a_use(
    traced: Callable[..., Any], user: str, cut: bool
) -> None:
    made = traced({**TS, "app.ts": user}, {"lib.ts": "export const other = 1\n"})
    assert (made.trace("helper").cut or "").startswith("app.ts: line ") is cut


def test_the_changed_file_itself_is_a_cut_when_its_own_calls_are_uncertain(
    traced: Callable[..., Any],
) -> None:
    body = "export const g = () => helper()\n"
    made = traced({"lib.ts": BROKEN_TS + TS["lib.ts"] + body}, {"lib.ts": BROKEN_TS + body})
    assert "lib.ts: line 1" in (made.trace("helper").cut or "")
