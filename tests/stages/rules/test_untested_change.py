from collections.abc import Callable
from typing import Any

import pytest

from reviewer.domain.coverage import RuleFlag
from reviewer.domain.finding import Finding, Severity
from reviewer.evidence.collect import collect
from reviewer.evidence.given_report import GivenReport
from reviewer.evidence.trace.limits import Limits
from reviewer.evidence.workspace import Workspace
from reviewer.policy import parse_policy
from reviewer.stages import rules

RULE = "untested-change"
MONEY = "def rounded(amount):\n    return round(amount, 2)\n"
AFTER = "def rounded(amount):\n    return round(amount + 1, 2)\n"
CART = "from money import rounded\n\n\ndef total(items):\n    return rounded(sum(items))\n"
ROUTE = """\
from flask import Flask
from money import rounded

app = Flask(__name__)


@app.route("/total")
def total():
    return rounded(3)
"""
SHOP = {
    "money.py": MONEY,
    "cart.py": CART,
    "tests/test_other.py": "def test_one():\n    assert 1\n",
}
Ruled = Callable[..., Any]


def shadowed(made: Any) -> list[Finding]:
    report = made.report(RULE)
    assert (report.flag, report.findings) == (RuleFlag.SHADOW, ())
    return list(report.shadowed)


def test_a_changed_function_that_no_test_leads_to_is_told(ruled: Ruled) -> None:
    made = ruled(SHOP, {"money.py": AFTER})
    (finding,) = shadowed(made)
    assert finding.title == "No test leads to rounded"
    assert (finding.severity, finding.subject.place.split("@")[0]) == (Severity.LOW, "money.py:1")
    assert made.report(RULE).unable is None


def test_the_functions_of_a_file_are_one_finding(ruled: Ruled) -> None:
    more = "\n\ndef doubled(amount):\n    return amount * 2\n"
    less = "\n\ndef doubled(amount):\n    return amount + amount\n"
    cart = (
        "from money import doubled, rounded\n\n\ndef total(items):\n    return doubled(rounded(sum(items)))\n"
    )
    (finding,) = shadowed(
        ruled({**SHOP, "money.py": MONEY + more, "cart.py": cart}, {"money.py": AFTER + less})
    )
    assert finding.title == "No test leads to rounded, doubled"


@pytest.mark.parametrize(
    "tests",
    [
        {"tests/test_money.py": "from money import rounded\n\n\ndef test_it():\n    assert rounded(1)\n"},
        {"tests/test_cart.py": "from cart import total\n\n\ndef test_it():\n    assert total([1])\n"},
        {"tests/test_cart.py": "def test_it(shop):\n    assert shop.total([1])\n"},
        {"tests/test_cart.py": "def test_it(shop):\n    assert getattr(shop, 'rounded')\n"},
    ],
)
def test_a_test_that_leads_to_it_or_names_it_or_its_caller_is_quiet(
    ruled: Ruled, tests: dict[str, str]
) -> None:
    made = ruled({**SHOP, **tests}, {"money.py": AFTER})
    assert (shadowed(made), made.report(RULE).unable) == ([], None)


@pytest.mark.parametrize(
    "after",
    [
        {"money.py": AFTER, "tests/test_other.py": "def test_one():\n    assert 2\n"},
        {"money.py": "def rounded(amount):\n    # to cents\n    return round(amount, 2)\n"},
        {"money.py": "def rounded(sum_of):\n    return round(sum_of, 2)\n"},
        {"money.py": f"{MONEY}\n\ndef new(a):\n    return a\n"},
        {"money.py": f"LIMIT = 2\n\n\n{MONEY}"},
    ],
)
def test_a_change_of_tests_or_of_nothing_that_runs_is_quiet(ruled: Ruled, after: dict[str, str]) -> None:
    assert shadowed(ruled(SHOP, after)) == []


@pytest.mark.parametrize(
    "before",
    [
        {"cart.py": "import money\n"},
        {"cart.py": "from money import rounded\n\nTOTAL = rounded(3)\n"},
        {"cart.py": ROUTE},
        {"cart.py": "from money import rounded\n\n\nclass Cart:\n    limit = rounded(3)\n"},
        {"tests/test_other.py": None, "tests/other.test.js": "test('x', () => {})\n"},
        {"tests/test_other.py": None},
    ],
)
def test_where_tests_may_come_in_unseen_or_there_are_none_it_is_quiet(
    ruled: Ruled, before: dict[str, str | None]
) -> None:
    files = {path: text for path, text in {**SHOP, **before}.items() if text is not None}
    assert shadowed(ruled(files, {"money.py": AFTER})) == []


def test_a_decorated_function_is_quiet(ruled: Ruled) -> None:
    before = {**SHOP, "money.py": f"@cached\n{MONEY}"}
    assert shadowed(ruled(before, {"money.py": f"@cached\n{AFTER}"})) == []


def test_a_limit_that_may_hide_a_test_makes_it_unable(ruled: Ruled) -> None:
    deep = {
        f"m{n}.py": f"from m{n - 1} import f{n - 1}\n\n\ndef f{n}(a):\n    return f{n - 1}(a)\n"
        for n in range(1, 6)
    }
    deep["m1.py"] = "from money import rounded\n\n\ndef f1(a):\n    return rounded(a)\n"
    made = ruled({**SHOP, **deep}, {"money.py": AFTER})
    report = made.report(RULE)
    assert report.shadowed == ()
    assert report.unable == (
        "whether a test leads to rounded is not known: callers more than 2 hops up were not looked for"
    )
    few = ruled(SHOP, {"money.py": AFTER}, limits=Limits(max_files=0))
    assert few.report(RULE).shadowed == ()


@pytest.mark.parametrize(("hits", "told"), [(1, 0), (0, 1)])
def test_a_report_that_saw_it_run_makes_it_quiet(ruled: Ruled, hits: int, told: int) -> None:
    made = ruled(SHOP, {"money.py": AFTER})
    frozen = made.change.snapshot
    report = GivenReport("lcov", f"SF:money.py\nDA:2,{hits}\nend_of_record\n".encode(), frozen.revisions.head)
    workspace: Workspace = made.workspace
    evidence = collect(frozen, workspace, coverage=(report,))
    said = rules.run(frozen, evidence, workspace, parse_policy(f"rules: {{{RULE}: 'on'}}\n"))
    assert len(next(one for one in said if one.rule == RULE).findings) == told
