"""Fields, enum constants, annotation elements and interface methods that are gone and still used."""

from collections.abc import Callable
from typing import Any

import pytest

RULE = "symbol-removed"
GO = {
    "go.mod": "module example.org/m\n",
    "box/box.go": "package box\n\ntype Box struct {\n\tWeight int\n\tName string\n}\n",
}
LESS_GO = {"box/box.go": "package box\n\ntype Box struct {\n\tGrams int\n\tName string\n}\n"}
IMPORT_GO = 'package use\n\nimport "example.org/m/box"\n\n'
JAVA = {"p/Kind.java": "package p;\n\npublic enum Kind { OLD, NEW }\n"}
LESS_JAVA = {"p/Kind.java": "package p;\n\npublic enum Kind { AGED, NEW }\n"}
NOTE = {"p/Note.java": "package p;\n\npublic @interface Note {\n  String text();\n}\n"}
LESS_NOTE = {"p/Note.java": "package p;\n\npublic @interface Note {\n  String words();\n}\n"}
CAP = {"p/Cap.java": "package p;\n\npublic final class Cap {\n  public static final int MOST = 3;\n}\n"}
LESS_CAP = {"p/Cap.java": "package p;\n\npublic final class Cap {\n  public static final int TOP = 3;\n}\n"}
TS = {"kind.ts": "export enum Kind { Old = 'o', New = 'n' }\n"}
LESS_TS = {"kind.ts": "export enum Kind { Aged = 'o', New = 'n' }\n"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({**GO, "use/a.go": IMPORT_GO + "var B = box.Box{Weight: 1}\n"}, LESS_GO, ["use/a.go:5"]),
        (
            {**GO, "use/a.go": IMPORT_GO + 'var B = []*box.Box{\n\t{Name: "x"},\n\t{Weight: 1},\n}\n'},
            LESS_GO,
            ["use/a.go:7"],
        ),
        ({**GO, "box/b.go": "package box\n\nvar b = Box{Weight: 1}\n"}, LESS_GO, ["box/b.go:3"]),
        (
            {
                **JAVA,
                "q/A.java": "package q;\n\nimport p.Kind;\n\nclass A {\n  Object a = Kind.OLD;\n}\n",
            },
            LESS_JAVA,
            ["q/A.java:6"],
        ),
        (
            {
                **JAVA,
                "q/A.java": "package q;\n\nimport p.Kind;\n\nclass A {\n  int a(Kind k) {\n    switch (k) {\n"
                "      case OLD: return 1;\n      default: return 2;\n    }\n  }\n}\n",
            },
            LESS_JAVA,
            ["q/A.java:8"],
        ),
        (
            {
                **NOTE,
                "q/A.java": 'package q;\n\nimport p.Note;\n\n@Note(text = "x")\nclass A {}\n',
            },
            LESS_NOTE,
            ["q/A.java:5"],
        ),
        (
            {
                **CAP,
                "q/A.java": "package q;\n\nimport static p.Cap.MOST;\n\nclass A {\n  int a = 1;\n}\n",
            },
            LESS_CAP,
            ["q/A.java:3"],
        ),
        (
            {**TS, "a.ts": "import { Kind as K } from './kind'\nexport const a = K.Old\n"},
            LESS_TS,
            ["a.ts:2"],
        ),
    ],
)
def test_a_member_that_is_named_beside_its_type_is_missed(
    ruled: Callable[..., Any], before: dict[str, str], after: dict[str, str], expected: list[str]
) -> None:
    assert ruled(before, after).places(RULE) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # another type with a field of that name
        (
            {
                **GO,
                "use/a.go": IMPORT_GO
                + "type Own struct{ Weight int }\n\nvar B = Own{Weight: 1}\nvar C box.Box\n",
            },
            LESS_GO,
        ),
        # a key of a map, not of a struct
        (
            {**GO, "use/a.go": IMPORT_GO + "var Weight = 1\nvar B = map[int]box.Box{Weight: {}}\n"},
            LESS_GO,
        ),
        # the type moved within its package, with all its fields
        (
            {**GO, "use/a.go": IMPORT_GO + "var B = box.Box{Weight: 1}\n"},
            {
                "box/box.go": "package box\n",
                "box/other.go": "package box\n\ntype Box struct {\n\tWeight int\n\tName string\n}\n",
            },
        ),
        # another enum in the same switch
        (
            {
                **JAVA,
                "q/A.java": "package q;\n\nclass A {\n  enum Kind { OLD, X }\n  int a(Kind k) {\n    switch (k) {\n"
                "      case OLD: return 1;\n      default: return 2;\n    }\n  }\n}\n",
            },
            LESS_JAVA,
        ),
        # a class of that name in another package
        (
            {
                **JAVA,
                "q/Kind.java": "package q;\n\npublic enum Kind { OLD }\n",
                "q/A.java": "package q;\n\nclass A {\n  Object a = Kind.OLD;\n}\n",
            },
            LESS_JAVA,
        ),
        # another annotation
        (
            {
                **NOTE,
                "q/Note.java": "package q;\n\n@interface Note {\n  String text();\n}\n",
                "q/A.java": 'package q;\n\n@Note(text = "x")\nclass A {}\n',
            },
            LESS_NOTE,
        ),
        # a constant that the class inherits now
        (
            {
                **CAP,
                "p/Base.java": "package p;\n\npublic class Base {\n  public static final int MOST = 3;\n}\n",
                "q/A.java": "package q;\n\nimport static p.Cap.MOST;\n\nclass A {\n  int a = MOST;\n}\n",
            },
            {"p/Cap.java": "package p;\n\npublic final class Cap extends Base {\n}\n"},
        ),
        # an enum of its own, and one whose members move along
        ({**TS, "a.ts": "enum Kind { Old }\nexport const a = Kind.Old\n"}, LESS_TS),
        (
            {**TS, "a.ts": "import { Kind } from './kind'\nexport const a = Kind.Old\n"},
            {**LESS_TS, "a.ts": "import { Kind } from './kind'\nexport const a = Kind.Aged\n"},
        ),
    ],
)
def test_a_member_of_something_else_is_left_alone(
    ruled: Callable[..., Any], before: dict[str, str], after: dict[str, str]
) -> None:
    assert ruled(before, after).places(RULE) == []
