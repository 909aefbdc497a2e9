from collections.abc import Callable
from typing import Any

from reviewer.domain.finding import Severity

SOURCE = "import os\n\n\ndef ping(request):\n    host = request.GET['host']\n    os.system(f'ping {host}')\n"


def test_input_that_reaches_a_shell_is_critical_and_quoted(ruled: Callable[..., Any]) -> None:
    made = ruled({"a.py": "import os\n"}, {"a.py": SOURCE})
    report = made.report("dangerous-call")
    (finding,) = report.shadowed
    assert report.findings == ()
    assert finding.severity is Severity.CRITICAL
    assert finding.subject.quote == "    os.system(f'ping {host}')"
    assert "os.system" in finding.explanation
    assert finding.subject.place.split("@")[0] == "a.py:6"


def test_a_constant_command_is_no_finding(ruled: Callable[..., Any]) -> None:
    made = ruled({"a.py": "import os\n"}, {"a.py": "import os\nos.system('ls')\n"})
    assert made.report("dangerous-call").shadowed == ()
    assert made.report("dangerous-call").unable is None
