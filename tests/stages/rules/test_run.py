from collections.abc import Callable
from typing import Any

from reviewer.stages.rules.catalogue import CATALOGUE


def test_every_rule_of_the_catalogue_reports_also_when_it_finds_nothing(ruled: Callable[..., Any]) -> None:
    made = ruled({"a.py": "x = 1\n"}, {"a.py": "x = 2\n"})
    assert [report.rule for report in made.reports] == [rule.name for rule in CATALOGUE]
    assert all(report.version and report.findings == () and report.unable is None for report in made.reports)


def test_no_two_rules_share_a_name() -> None:
    assert len({rule.name for rule in CATALOGUE}) == len(CATALOGUE) > 0
