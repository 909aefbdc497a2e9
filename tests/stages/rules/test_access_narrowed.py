"""A use that the language shuts out since the change is told; one that it still lets in is not."""

from collections.abc import Callable
from typing import Any

import pytest

RULE = "access-narrowed"
Ruled = Callable[..., Any]

TS_CLASS = "export class A {{\n  {}total(x: number) {{ return x }}\n}}\n"
JAVA = "package p;\n\npublic class A {{\n  {}static int total(int x) {{ return x; }}\n}}\n"
USER = "package {};\n\nimport p.A;\n\nclass B {{\n  int g() {{ return A.total(1); }}\n}}\n"
RUBY = "class A\n{}  def total(x)\n    x\n  end\nend\n"

SHUT_OUT = [
    pytest.param(
        {"a.js": "export function total(x) { return x }\n"},
        {"a.js": "function total(x) { return x }\n"},
        {"b.js": 'import { total } from "./a.js";\n\ntotal(1);\n'},
        "The export of total is gone but still used",
        id="export",
    ),
    pytest.param(
        {"a.ts": "const total = (x: number) => x;\nexport { total as sum };\n"},
        {"a.ts": "const total = (x: number) => x;\n"},
        {"b.ts": 'import { sum } from "./a";\n\nsum(1);\n'},
        "The export of total is gone but still used",
        id="export-under-another-name",
    ),
    pytest.param(
        {"a.js": "export default function total(x) { return x }\n"},
        {"a.js": "export function total(x) { return x }\n"},
        {"b.js": 'import total from "./a.js";\n\ntotal(1);\n'},
        "The export of total is gone but still used",
        id="default-export",
    ),
    pytest.param(
        {"a.ts": TS_CLASS.format("")},
        {"a.ts": TS_CLASS.format("private ")},
        {"b.ts": 'import { A } from "./a";\n\nconst a = new A();\na.total(1);\n'},
        "A.total is private but still used",
        id="typescript-private",
    ),
    pytest.param(
        {"p/A.java": JAVA.format("public ")},
        {"p/A.java": JAVA.format("private ")},
        {"p/B.java": USER.format("p").replace("import p.A;\n\n", "")},
        "A.total is private but still used",
        id="java-private",
    ),
    pytest.param(
        {"p/A.java": JAVA.format("public ")},
        {"p/A.java": JAVA.format("")},
        {"q/B.java": USER.format("q")},
        "A.total is for its package alone but still used elsewhere",
        id="java-package",
    ),
    pytest.param(
        {"a.rb": RUBY.format("")},
        {"a.rb": RUBY.format("  private\n\n")},
        {"b.rb": 'require_relative "a"\nA.new.total(1)\n'},
        "A.total is private but still used",
        id="ruby-private-from-here",
    ),
    pytest.param(
        {"a.rb": RUBY.format("")},
        {"a.rb": RUBY.format("").replace("  end\nend", "  end\n  private :total\nend")},
        {"b.rb": 'require_relative "a"\nA.new.total(1)\n'},
        "A.total is private but still used",
        id="ruby-private-by-name",
    ),
]

LET_IN = [
    pytest.param(
        {"a.js": "export function total(x) { return x }\n"},
        {"a.js": "function total(x) { return x }\nexport { total };\n"},
        {"b.js": 'import { total } from "./a.js";\n\ntotal(1);\n'},
        id="exported-by-another-statement",
    ),
    pytest.param(
        {"a.js": "export function total(x) { return x }\n"},
        {"a.js": "function total(x) { return x }\nmodule.exports = { total };\n"},
        {"b.js": 'import { total } from "./a.js";\n\ntotal(1);\n'},
        id="exported-by-the-other-system",
    ),
    pytest.param(
        {"a.js": "export function total(x) { return x }\ntotal(2);\n"},
        {"a.js": "function total(x) { return x }\ntotal(2);\n"},
        {"b.js": "function total(x) { return 2 * x }\n\ntotal(1);\n"},
        id="used-at-home",
    ),
    pytest.param(
        {"a.ts": TS_CLASS.format("")},
        {"a.ts": TS_CLASS.format("protected ")},
        {"b.ts": 'import { A } from "./a";\n\nclass B extends A {\n  g() { return this.total(1); }\n}\n'},
        id="protected-used-below",
    ),
    pytest.param(
        {"a.ts": TS_CLASS.format("")},
        {"a.ts": TS_CLASS.format("private ")},
        {"b.ts": 'import { A } from "./a";\n\nconst a = new A() as any;\na["total"](1);\n'},
        id="typescript-by-string",
    ),
    pytest.param(
        {"src/main/java/p/A.java": JAVA.format("public ")},
        {"src/main/java/p/A.java": JAVA.format("")},
        {"src/test/java/p/B.java": USER.format("p").replace("import p.A;\n\n", "")},
        id="java-test-of-the-package",
    ),
    pytest.param(
        {"p/A.java": JAVA.format("")},
        {"p/A.java": JAVA.format("public ")},
        {"q/B.java": USER.format("q")},
        id="java-wider",
    ),
    pytest.param(
        {"a.rb": RUBY.format("")},
        {"a.rb": RUBY.format("  private\n\n")},
        {"b.rb": 'require_relative "a"\n\nclass B < A\n  def g\n    self.total(total(1))\n  end\nend\n'},
        id="ruby-self",
    ),
    pytest.param(
        {"a.rb": RUBY.format("")},
        {"a.rb": RUBY.format("  private\n  public\n\n")},
        {"b.rb": 'require_relative "a"\nA.new.total(1)\n'},
        id="ruby-public-again",
    ),
]


@pytest.mark.parametrize(("before", "after", "user", "title"), SHUT_OUT)
def test_a_use_that_is_shut_out_is_told(
    ruled: Ruled, before: dict[str, str], after: dict[str, str], user: dict[str, str], title: str
) -> None:
    change = ruled({**before, **user}, {**after, **user})
    (finding,) = change.findings(RULE)
    assert finding.title == title
    assert finding.subject.path in user
    assert finding.units
    assert change.findings("symbol-removed") == []


@pytest.mark.parametrize(("before", "after", "user"), LET_IN)
def test_a_use_that_is_let_in_is_silence(
    ruled: Ruled, before: dict[str, str], after: dict[str, str], user: dict[str, str]
) -> None:
    report = ruled({**before, **user}, {**after, **user}).report(RULE)
    assert (report.findings, report.unable) == ((), None)


def test_uses_that_the_change_moves_away_are_silence(ruled: Ruled) -> None:
    before = {
        "a.js": "export function total(x) { return x }\n",
        "b.js": 'import { total } from "./a.js";\ntotal(1);\n',
    }
    after = {"a.js": "function total(x) { return x }\n", "b.js": "export const nothing = 1;\n"}
    assert ruled(before, after).findings(RULE) == []


def test_a_ruby_class_with_many_methods_is_read_once(ruled: Ruled) -> None:
    many = (
        "class A\n"
        + "".join(f"  def m{n}\n  end\n" for n in range(3_000))
        + "  private\n  def total\n  end\nend\n"
    )
    wide = many.replace("  private\n", "")
    user = {"b.rb": 'require_relative "a"\nA.new.total\n'}
    (finding,) = ruled({"a.rb": wide, **user}, {"a.rb": many, **user}).findings(RULE)
    assert finding.title == "A.total is private but still used"
