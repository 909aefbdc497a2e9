from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from reviewer.errors import ModelError, ModelRefusedError, ModelRejectedError, ModelUnavailableError
from reviewer.llm.provider_errors import STREAM_STATUS, one_line, provider_error, retry_after_s


@pytest.mark.parametrize(
    ("status", "kinds", "expected"),
    [
        (429, ["rate_limit_error"], ModelUnavailableError),
        (429, ["insufficient_quota"], ModelRejectedError),
        (529, ["overloaded_error"], ModelUnavailableError),
        (500, ["invalid_request_error"], ModelUnavailableError),
        (400, ["invalid_request_error"], ModelRejectedError),
        (400, ["content_filter"], ModelRefusedError),
        (STREAM_STATUS, ["overloaded_error"], ModelUnavailableError),
        (STREAM_STATUS, ["invalid_request_error"], ModelRejectedError),
        (STREAM_STATUS, ["content_filter"], ModelRefusedError),
        (STREAM_STATUS, [], ModelUnavailableError),
        (402, [], ModelRejectedError),
        (302, [], ModelRejectedError),
    ],
)
def test_kind_and_status_decide_together(status: int, kinds: list[str], expected: type[ModelError]) -> None:
    assert type(provider_error("a/b", status=status, kinds=kinds, detail="d", headers={})) is expected


def test_a_date_to_wait_for_becomes_seconds() -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    seconds = retry_after_s({"retry-after": moment})
    assert seconds is not None
    assert 50 < seconds <= 60


@pytest.mark.parametrize("value", ["", "soon", "nan", "99 red balloons"])
def test_what_is_no_time_to_wait_is_none(value: str) -> None:
    assert retry_after_s({"retry-after": value}) is None


def test_foreign_text_is_cut_to_one_line() -> None:
    assert one_line("a\n\tb") == "a b"
    assert len(one_line("x" * 10_000)) == 301
