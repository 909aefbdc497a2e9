"""Callers that take the result of a function in the shape that it had before the change."""

from collections.abc import Callable
from typing import Any

import pytest

RULE = "demand-unmet"
PY = "def price(n):\n    return n\n"
PY_ASYNC = "async " + PY
FROM_PY = "from shop import price\n\n\n"
JS = "export function isOpen(n) {\n  return n > 1\n}\n"
JS_ASYNC = JS.replace("export", "export async")
FROM_JS = "import { isOpen } from './shop.js'\n"
PAIR = "def parts(n):\n    return n, 1\n"
TRIPLE = "def parts(n):\n    return n, 1, 2\n"
FROM_PARTS = "from shop import parts\n\n\n"
TS = "export function find(n: number): Lane {\n  return lanes[n]\n}\n"
TS_NULL = TS.replace(": Lane", ": Lane | null")
FROM_TS = "import { find } from './shop'\n"
JAVA = "package p;\n\npublic class Shop {\n  public static Lane find(int n) {\n    return null;\n  }\n}\n"
JAVA_OPTIONAL = JAVA.replace("Lane find", "Optional<Lane> find")
IN_JAVA = "package p;\n\nclass Use {\n  void run() {\n    %s\n  }\n}\n"
GO = "package shop\n\nfunc Total() int {\n\treturn 1\n}\n"
GO_PAIR = "package shop\n\nfunc Total() (int, error) {\n\treturn 1, nil\n}\n"
IN_GO = 'package pay\n\nimport (\n\t"fmt"\n\n\t"example.org/m/shop"\n)\n\nfunc Pay() {\n\t%s\n}\n'
MOD = {"go.mod": "module example.org/m\n"}
OPTIONS = "export function hold(seat, { ms = 3 } = {}) {\n  return [seat, ms]\n}\n"
OTHER_OPTIONS = OPTIONS.replace("ms = 3", "seconds = 1").replace("seat, ms", "seat, seconds")
FROM_OPTIONS = "import { hold } from './shop.js'\n"

Sides = tuple[str, str, str]
AWAITED: Sides = ("shop.py", PY, PY_ASYNC)
PROMISED: Sides = ("shop.js", JS, JS_ASYNC)
MORE: Sides = ("shop.py", PAIR, TRIPLE)
NULL: Sides = ("shop.ts", TS, TS_NULL)
OPTIONAL: Sides = ("p/Shop.java", JAVA, JAVA_OPTIONAL)
RENAMED: Sides = ("shop.js", OPTIONS, OTHER_OPTIONS)
SECOND: Sides = ("shop/shop.go", GO, GO_PAIR)


def _places(ruled: Callable[..., Any], sides: Sides, path: str, caller: str) -> list[str]:
    name, before, after = sides
    found: list[str] = ruled({**MOD, name: before, path: caller}, {name: after}).places(RULE)
    return found


@pytest.mark.parametrize(
    ("sides", "path", "caller", "line"),
    [
        (AWAITED, "a.py", FROM_PY + "def a():\n    return price(1) + 2\n", 5),
        (AWAITED, "a.py", FROM_PY + "def a():\n    price(1)\n", 5),
        (AWAITED, "a.py", FROM_PY + "def a():\n    if price(1):\n        return 1\n", 5),
        (AWAITED, "a.py", FROM_PY + "def a():\n    p = price(1)\n    return p.real if p else 2\n", 5),
        (PROMISED, "a.js", FROM_JS + "export function a() {\n  if (isOpen(2)) return 1\n}\n", 3),
        (PROMISED, "a.js", FROM_JS + "export const a = () => !isOpen(2)\n", 2),
        (
            PROMISED,
            "a.js",
            FROM_JS + "export function a() {\n  const o = isOpen(2)\n  return o ? 1 : 2\n}\n",
            3,
        ),
        (MORE, "a.py", FROM_PARTS + "def a():\n    x, y = parts(1)\n    return x\n", 5),
        (NULL, "a.ts", FROM_TS + "export const a = () => find(1).state\n", 2),
        (NULL, "a.ts", FROM_TS + "export function a() {\n  const l = find(1)\n  return l.state\n}\n", 3),
        (OPTIONAL, "p/Use.java", IN_JAVA % "Lane l = Shop.find(1);", 5),
        (OPTIONAL, "p/Use.java", IN_JAVA % "Shop.find(1).close();", 5),
        (SECOND, "pay/pay.go", IN_GO % 'fmt.Println("a", shop.Total())', 10),
        (SECOND, "pay/pay.go", IN_GO % "total := shop.Total()\n\tfmt.Println(total)", 10),
        (RENAMED, "a.js", FROM_OPTIONS + "export const a = () => hold(1, { ms: 5 })\n", 2),
    ],
)
def test_a_caller_that_takes_the_result_as_before_is_told(
    ruled: Callable[..., Any], sides: Sides, path: str, caller: str, line: int
) -> None:
    assert _places(ruled, sides, path, caller) == [f"{path}:{line}"]


@pytest.mark.parametrize(
    ("sides", "path", "caller"),
    [
        (AWAITED, "a.py", FROM_PY + "async def a():\n    return await price(1) + 2\n"),
        (AWAITED, "a.py", FROM_PY + "import asyncio\n\n\ndef a():\n    return asyncio.run(price(1))\n"),
        (AWAITED, "a.py", FROM_PY + "def a():\n    return price(1)\n"),
        (AWAITED, "a.py", FROM_PY + "async def a():\n    p = price(1)\n    q = await p\n    return q.real\n"),
        (AWAITED, "a.py", FROM_PY + "def a():\n    p = price(1)\n    return p is None\n"),
        (AWAITED, "a.py", "def price(n):\n    return n\n\n\ndef a():\n    return price(1) + 2\n"),
        (("shop.py", PY, "@plain\n" + PY_ASYNC), "a.py", FROM_PY + "def a():\n    return price(1) + 2\n"),
        (PROMISED, "a.js", FROM_JS + "export async function a() {\n  if (await isOpen(2)) return 1\n}\n"),
        (PROMISED, "a.js", FROM_JS + "export const a = () => isOpen(2).then((o) => o)\n"),
        (PROMISED, "a.js", FROM_JS + "export const a = () => isOpen(2)\n"),
        (PROMISED, "a.js", FROM_JS + "export function a() {\n  isOpen(2)\n}\n"),
        (MORE, "a.py", FROM_PARTS + "def a():\n    x, *y = parts(1)\n    return x\n"),
        (MORE, "a.py", FROM_PARTS + "def a():\n    return parts(1)[0]\n"),
        (
            ("shop.py", PAIR, TRIPLE + "def more(n):\n    return n\n".replace("return n", "return parts(n)")),
            "a.py",
            FROM_PARTS + "def a():\n    x, y, z = parts(1)\n    return x\n",
        ),
        (
            ("shop.py", PAIR, "def parts(n):\n    if n:\n        return n, 1\n    return n, 1, 2\n"),
            "a.py",
            FROM_PARTS + "def a():\n    x, y = parts(1)\n    return x\n",
        ),
        (NULL, "a.ts", FROM_TS + "export const a = () => find(1)?.state\n"),
        (NULL, "a.ts", FROM_TS + "export const a = () => find(1)!.state\n"),
        (
            NULL,
            "a.ts",
            FROM_TS + "export function a() {\n  const l = find(1)\n  if (!l) return 1\n  return l.state\n}\n",
        ),
        (
            ("shop.ts", TS.replace(": Lane", ": Lane | undefined"), TS_NULL),
            "a.ts",
            FROM_TS + "export const a = () => find(1).state\n",
        ),
        (OPTIONAL, "p/Use.java", IN_JAVA % "var l = Shop.find(1);"),
        (OPTIONAL, "p/Use.java", IN_JAVA % "Shop.find(1).isPresent();"),
        (SECOND, "pay/pay.go", IN_GO % "fmt.Println(shop.Total())"),
        (SECOND, "pay/pay.go", IN_GO % "shop.Total()"),
        (SECOND, "pay/pay.go", IN_GO % "total, _ := shop.Total()\n\tfmt.Println(total)"),
        (RENAMED, "a.js", FROM_OPTIONS + "export const a = () => hold(1, { seconds: 5 })\n"),
        (RENAMED, "a.js", FROM_OPTIONS + "export const a = (o) => hold(1, o)\n"),
        (RENAMED, "a.js", FROM_OPTIONS + "export const a = () => hold({ ms: 5 })\n"),
        (
            ("shop.js", OPTIONS, OPTIONS.replace("ms = 3", "seconds = 3, ...rest")),
            "a.js",
            FROM_OPTIONS + "export const a = () => hold(1, { ms: 5 })\n",
        ),
    ],
)
def test_a_caller_whom_the_result_may_still_fit_is_left_alone(
    ruled: Callable[..., Any], sides: Sides, path: str, caller: str
) -> None:
    assert _places(ruled, sides, path, caller) == []
