"""Types that demand more since the change, and code that does not give it."""

from collections.abc import Callable
from typing import Any

import pytest

RULE = "demand-unmet"
JAVA = {"p/Port.java": "package p;\n\npublic interface Port {\n  void open();\n}\n"}
MORE_JAVA = {
    "p/Port.java": "package p;\n\npublic interface Port {\n  void open();\n  void shut(int hard);\n}\n"
}
HEAD = "package q;\n\nimport p.Port;\n\n"
TS = {"port.ts": "export interface Port {\n  open(): void\n}\n"}
MORE_TS = {"port.ts": "export interface Port {\n  open(): void\n  shut(): void\n}\n"}
FROM = "import { Port } from './port'\n"
PY = {
    "port.py": "from abc import ABC, abstractmethod\n\n\nclass Port(ABC):\n    @abstractmethod\n"
    "    def open(self): ...\n"
}
MORE_PY = {"port.py": PY["port.py"] + "\n    @abstractmethod\n    def shut(self): ...\n"}
GO = {
    "go.mod": "module example.org/m\n",
    "port/port.go": "package port\n\ntype Port interface {\n\tOpen()\n}\n",
}
MORE_GO = {"port/port.go": "package port\n\ntype Port interface {\n\tOpen()\n\tShut(hard bool)\n}\n"}
IN_GO = 'package door\n\nimport "example.org/m/port"\n\ntype Door struct{}\n\nfunc (d *Door) Open() {}\n\n'
TSX = {
    "card.tsx": "export interface CardProps {\n  name: string\n}\nexport function Card({ name }: CardProps) {\n"
    "  return <b>{name}</b>\n}\n"
}
MORE_TSX = {"card.tsx": TSX["card.tsx"].replace("name: string\n", "name: string\n  size: number\n")}
CARD = "import { Card } from './card'\n"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            {**JAVA, "q/A.java": HEAD + "class A implements Port {\n  public void open() {}\n}\n"},
            MORE_JAVA,
            ["q/A.java:5"],
        ),
        (
            {
                **JAVA,
                "q/A.java": HEAD + "class A {\n  Port p = new Port() {\n    public void open() {}\n  };\n}\n",
            },
            MORE_JAVA,
            ["q/A.java:6"],
        ),
        # through an abstract class that leaves the method to those below
        (
            {
                **JAVA,
                "q/B.java": HEAD + "abstract class B implements Port {\n  public void open() {}\n}\n",
                "q/C.java": "package q;\n\nclass C extends B {\n}\n",
            },
            MORE_JAVA,
            ["q/C.java:3"],
        ),
        # the number of parameters changed
        (
            {**JAVA, "q/A.java": HEAD + "class A implements Port {\n  public void open() {}\n}\n"},
            {"p/Port.java": JAVA["p/Port.java"].replace("open()", "open(int how)")},
            ["q/A.java:5"],
        ),
        ({**TS, "a.ts": FROM + "export class A implements Port {\n  open() {}\n}\n"}, MORE_TS, ["a.ts:2"]),
        ({**TS, "a.ts": FROM + "export const a: Port = { open() {} }\n"}, MORE_TS, ["a.ts:2"]),
        (
            {**PY, "a.py": "from port import Port\n\n\nclass A(Port):\n    def open(self): ...\n"},
            MORE_PY,
            ["a.py:4"],
        ),
        ({**GO, "door/door.go": IN_GO + "var _ port.Port = (*Door)(nil)\n"}, MORE_GO, ["door/door.go:9"]),
        (
            {**GO, "door/door.go": IN_GO + "func New() port.Port {\n\treturn &Door{}\n}\n"},
            MORE_GO,
            ["door/door.go:10"],
        ),
        (
            {**TSX, "a.tsx": CARD + "export const a = <Card name='x' />\n"},
            MORE_TSX,
            ["a.tsx:2"],
        ),
    ],
)
def test_what_lacks_a_new_member_is_found_where_it_stands(
    ruled: Callable[..., Any], before: dict[str, str], after: dict[str, str], expected: list[str]
) -> None:
    assert ruled(before, after).places(RULE) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # it has the method already, itself or from above
        (
            {
                **JAVA,
                "q/A.java": HEAD
                + "class A implements Port {\n  public void open() {}\n  public void shut(int a) {}\n}\n",
            },
            MORE_JAVA,
        ),
        (
            {
                **JAVA,
                "q/B.java": "package q;\n\nclass B {\n  public void shut(int hard) {}\n}\n",
                "q/A.java": HEAD + "class A extends B implements Port {\n  public void open() {}\n}\n",
            },
            MORE_JAVA,
        ),
        # a class above it is not in the repository
        (
            {
                **JAVA,
                "q/A.java": HEAD
                + "class A extends org.x.Base implements Port {\n  public void open() {}\n}\n",
            },
            MORE_JAVA,
        ),
        # it is abstract, and nothing is below it
        ({**JAVA, "q/A.java": HEAD + "abstract class A implements Port {\n}\n"}, MORE_JAVA),
        # the interface has a body for it
        (
            {**JAVA, "q/A.java": HEAD + "class A implements Port {\n  public void open() {}\n}\n"},
            {"p/Port.java": JAVA["p/Port.java"].replace("open();", "open();\n  default void shut() {}")},
        ),
        # another interface of that name
        (
            {
                **JAVA,
                "q/Port.java": "package q;\n\ninterface Port {\n  void open();\n}\n",
                "q/A.java": "package q;\n\nclass A implements Port {\n  public void open() {}\n}\n",
            },
            MORE_JAVA,
        ),
        # a tool writes members
        (
            {
                **JAVA,
                "q/A.java": HEAD + "@lombok.Data\nclass A implements Port {\n  public void open() {}\n}\n",
            },
            MORE_JAVA,
        ),
        # the new member is optional
        (
            {**TS, "a.ts": FROM + "export class A implements Port {\n  open() {}\n}\n"},
            {"port.ts": MORE_TS["port.ts"].replace("shut()", "shut?()")},
        ),
        # the class gets members from a declaration beside it
        (
            {
                **TS,
                "a.ts": FROM + "export class A implements Port {\n  open() {}\n}\nexport interface A {\n"
                "  shut(): void\n}\n",
            },
            MORE_TS,
        ),
        ({**TS, "a.ts": FROM + "declare const o: any\nexport const a: Port = { ...o }\n"}, MORE_TS),
        # a class below it has the method
        (
            {
                **PY,
                "a.py": "from port import Port\n\n\nclass A(Port):\n    def open(self): ...\n\n\n"
                "class B(A):\n    def shut(self): ...\n",
            },
            MORE_PY,
        ),
        # it embeds the interface, or another type
        (
            {
                **GO,
                "door/door.go": IN_GO.replace("struct{}", "struct{ port.Port }")
                + "var _ port.Port = (*Door)(nil)\n",
            },
            MORE_GO,
        ),
        # the method stands in another file of the package
        (
            {
                **GO,
                "door/door.go": IN_GO + "var _ port.Port = (*Door)(nil)\n",
                "door/shut.go": "package door\n\nfunc (d *Door) Shut(hard bool) {}\n",
            },
            MORE_GO,
        ),
        ({**TSX, "a.tsx": CARD + "export const a = (p: any) => <Card {...p} />\n"}, MORE_TSX),
        (
            {**TSX, "a.tsx": CARD + "export const a = <Card name='x' size={1} />\n"},
            MORE_TSX,
        ),
        # another component of that name
        (
            {
                **TSX,
                "a.tsx": "function Card(p: { name: string }) {\n  return <i />\n}\n"
                "export const a = <Card name='x' />\n",
            },
            MORE_TSX,
        ),
    ],
)
def test_what_meets_the_demand_or_may_meet_it_is_left_alone(
    ruled: Callable[..., Any], before: dict[str, str], after: dict[str, str]
) -> None:
    assert ruled(before, after).places(RULE) == []
