"""What takes too long over evidence is ended where it stands, and says so."""

import re
import signal
import sys
import time
from types import FunctionType

import pytest

from reviewer.errors import EvidenceTooSlowError
from reviewer.evidence.time_limit import cpu_limit

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the platform has no such timer")


def test_a_regular_expression_is_ended_within_the_limit() -> None:
    began = time.process_time()
    with pytest.raises(EvidenceTooSlowError, match=r"names: more than 0\.2 s"), cpu_limit(0.2, "names"):
        re.match(r"(a+)+$", "a" * 40 + "b")
    assert time.process_time() - began < 2


def test_what_ends_in_time_is_left_alone_and_the_timer_is_gone() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with cpu_limit(5, "names"):
        pass
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGVTALRM) is before


def test_a_reading_of_git_that_has_begun_is_not_cut() -> None:
    done: list[str] = []

    def read() -> None:
        end = time.process_time() + 0.4
        while time.process_time() < end:
            pass
        done.append("read")

    def read_and_go_on() -> None:
        FunctionType(
            read.__code__, {"__name__": "reviewer.adapters.git", "time": time}, closure=read.__closure__
        )()
        while True:
            pass

    with pytest.raises(EvidenceTooSlowError), cpu_limit(0.1, "names"):
        read_and_go_on()
    assert done == ["read"]
