from collections.abc import Callable

import pytest

from reviewer.stages.rules.missing_await import FORMS

Hazards = Callable[..., list[str]]

PY = "async def save(x):\n    await x\n"
JS = "async function save(x) { await x; }\n"
SAVE = {"pkg/__init__.py": "", "pkg/store.py": PY, "src/store.js": "export " + JS}

FIRES = [
    ("coroutine-dropped", "a.py", PY + "async def f():\n    save(1)\n"),
    ("coroutine-dropped", "a.py", PY + "def f():\n    save(1)\n"),
    ("coroutine-dropped", "a.py", "import asyncio\nasync def f():\n    asyncio.sleep(1)\n"),
    ("coroutine-dropped", "a.py", "from asyncio import sleep as s\nasync def f():\n    s(1)\n"),
    ("coroutine-dropped", "a.py", "from pkg.store import save\nasync def f():\n    save(1)\n"),
    ("coroutine-dropped", "pkg/a.py", "from .store import save\nasync def f():\n    save(1)\n"),
    (
        "coroutine-dropped",
        "a.py",
        "class A:\n    async def m(self):\n        await x\n    async def n(self):\n        self.m()\n",
    ),
    ("coroutine-condition", "a.py", PY + "async def f():\n    if not save(1):\n        return\n"),
    ("coroutine-condition", "a.py", PY + "async def f():\n    while x and save(1):\n        return\n"),
    ("promise-dropped", "a.js", JS + "async function f() { save(1); await 2; }\n"),
    (
        "promise-dropped",
        "a.ts",
        "const save = async (x) => { await x; };\nconst f = async () => { save(1); };\n",
    ),
    ("promise-dropped", "a.ts", "class A { async m() { await x; } async n() { this.m(); } }\n"),
    ("promise-dropped", "src/a.js", "import { save } from './store';\nasync function f() { save(1); }\n"),
    ("promise-condition", "a.js", JS + "function f() { if (!save(1)) { return 2; } }\n"),
    ("promise-condition", "a.js", JS + "const x = () => save(1) ? 1 : 2;\n"),
    ("async-for-each", "a.js", "async function f() { xs.forEach(async (x) => { await g(x); }); }\n"),
    ("expectation-dropped", "a.test.js", "it('a', () => { expect(f()).resolves.toBe(1); });\n"),
    ("expectation-dropped", "a.test.ts", "it('a', async () => { expect(f()).rejects.not.toThrow(); });\n"),
]

QUIET = [
    ("a.py", PY + "async def f():\n    await save(1)\n"),
    ("a.py", PY + "async def f():\n    x = save(1)\n    await x\n"),
    ("a.py", PY + "async def f():\n    asyncio.create_task(save(1))\n"),
    ("a.py", PY + "async def f(save):\n    save(1)\n"),
    ("a.py", PY + "def save(x):\n    return x\nasync def f():\n    save(1)\n"),
    ("a.py", "@task\n" + PY + "async def f():\n    save(1)\n"),
    ("a.py", "async def save(x):\n    yield x\nasync def f():\n    save(1)\n"),
    ("a.py", "from ours import asyncio\nasync def f():\n    asyncio.sleep(1)\n"),
    ("a.py", "import time\nasync def f():\n    time.sleep(1)\n"),
    ("a.py", "from pkg.store import save\ndef f():\n    save(1)\n"),
    ("a.py", "class A:\n    async def m(self):\n        await x\n    async def n(self, b):\n        b.m()\n"),
    ("a.py", PY + "async def f():\n    if await save(1):\n        return\n"),
    ("a.js", JS + "async function f() { await save(1); void save(2); save(3).catch(log); }\n"),
    ("a.js", JS + "function f() { save(1); }\n"),
    ("a.js", JS + "async function f() { return save(1); }\n"),
    ("a.js", JS + "async function f() { // in the background\n  save(1);\n}\n"),
    (
        "a.js",
        "async function save(x) { try { await x; } catch (e) { log(e); } }\nasync function f() { save(1); }\n",
    ),
    ("a.js", "let save = async () => {};\nsave = g;\nasync function f() { save(1); }\n"),
    ("a.js", JS + "async function f() { const save = g; save(1); }\n"),
    ("a.test.js", JS + "it('a', async () => { save(1); await tick(); });\n"),
    ("a.js", "function save() {}\nasync function f() { save(1); if (save(1)) { g(); } }\n"),
    ("a.js", "function f() { xs.forEach(async (x) => { await g(x); }); }\n"),
    ("a.js", "async function f() { xs.forEach((x) => { g(x); }); }\n"),
    ("a.js", "async function f() { await Promise.all(xs.map(async (x) => { await g(x); })); }\n"),
    ("a.test.js", "it('a', async () => { await expect(f()).resolves.toBe(1); });\n"),
    ("a.test.js", "it('a', () => { return expect(f()).resolves.toBe(1); });\n"),
    ("a.test.js", "it('a', () => { expect(f.resolves).toBe(1); });\n"),
    ("src/a.js", "import { save } from 'elsewhere';\nasync function f() { save(1); }\n"),
    (
        "src/a.js",
        "export { gone } from './store';\nimport { gone } from './a';\nasync function f() { gone(1); }\n",
    ),
]


@pytest.mark.parametrize(("form", "path", "source"), FIRES)
def test_a_call_that_nobody_waits_for_is_told(hazards: Hazards, form: str, path: str, source: str) -> None:
    found = hazards(SAVE, {**SAVE, path: source})
    assert [one.rsplit(":", 1)[0] for one in found] == [f"missing-await {form} {path}"]


@pytest.mark.parametrize(("path", "source"), QUIET)
def test_what_is_waited_for_or_not_sure_is_silence(hazards: Hazards, path: str, source: str) -> None:
    assert hazards(SAVE, {**SAVE, path: source}) == []


def test_every_form_has_words_and_every_word_is_produced() -> None:
    assert {form for form, _, _ in FIRES} == set(FORMS)
