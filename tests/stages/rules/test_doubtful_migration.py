from collections.abc import Callable
from typing import Any


def test_a_dropped_table_is_held_in_shadow(ruled: Callable[..., Any]) -> None:
    report = ruled({"a.py": "x = 1\n"}, {"migrations/2.sql": "DROP TABLE orders;\n"}).report(
        "doubtful-migration"
    )
    assert not report.findings
    assert [one.title for one in report.shadowed] == ["Table orders is dropped"]
