from collections.abc import Callable
from typing import Any

Ruled = Callable[..., Any]


def test_the_finding_names_what_may_fail(ruled: Ruled) -> None:
    after = "def f():\n    try:\n        publish()\n    except Exception:\n        pass\n"
    (finding,) = ruled({"a.py": "def f():\n    pass\n"}, {"a.py": after}).findings("swallowed-error")
    assert finding.title == "Every error of `publish()` is dropped"
    assert finding.subject.quote == "    except Exception:\n        pass"
