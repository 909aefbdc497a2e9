from collections.abc import Callable
from typing import Any


def test_a_new_dependency_is_a_finding_with_name_and_bound(ruled: Callable[..., Any]) -> None:
    change = ruled({"requirements.txt": "old==1\n"}, {"requirements.txt": "old==1\nnew>=2\n"})
    (finding,) = change.findings("dependency-risk")
    assert finding.title == "New dependency: new (>=2)"
    assert change.places("dependency-risk") == ["requirements.txt:2"]
