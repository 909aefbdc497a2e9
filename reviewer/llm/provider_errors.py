"""What an error of a model provider means for us, whoever the provider is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite

from reviewer.errors import ModelError, ModelRefusedError, ModelRejectedError, ModelUnavailableError

STREAM_STATUS = 200
"""The status of an error that arrives inside a stream: the headers were sent before it happened."""

_WORTH_ANOTHER_TRY = frozenset({408, 409, 425, 429})
"""Below 500. Source: both vendors' clients repeat exactly 408, 409, 429 and 5xx; 425 is "too early"."""

_REFUSALS = frozenset({"content_filter", "content_policy_violation"})

_REJECTIONS = frozenset(
    {
        "authentication_error",
        "billing_error",
        "context_length_exceeded",
        "insufficient_quota",
        "invalid_api_key",
        "invalid_request_error",
        "model_not_found",
        "not_found_error",
        "permission_error",
    }
)
"""Kinds that stay wrong however often the request is repeated, whatever status they come under."""

_DETAIL_LIMIT = 300


def provider_error(
    label: str,
    *,
    status: int,
    kinds: Collection[str],
    detail: str,
    headers: Mapping[str, str],
) -> ModelError:
    """The error to raise for what the provider of `label` said.

    `kinds` are the provider's own names for the error (its type and its code). A kind counts more than
    the status where the two disagree: a spent account answers 429 and is not worth another try.
    """
    message = f"{label}: {_where(status)}: {one_line(detail)}"
    if _REFUSALS & set(kinds):
        return ModelRefusedError(message)
    if status in (STREAM_STATUS, 429) and _REJECTIONS & set(kinds):
        return ModelRejectedError(message)
    if status == STREAM_STATUS or status in _WORTH_ANOTHER_TRY or status >= 500:
        return ModelUnavailableError(message, retry_after_s=retry_after_s(headers))
    return ModelRejectedError(message)


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds the provider asks to wait: a number or an HTTP date; None when it asks for nothing readable."""
    value = headers.get("retry-after", "")
    try:
        seconds = float(value)
    except ValueError:
        return _seconds_until(value)
    return max(0.0, seconds) if isfinite(seconds) else None


def one_line(detail: str) -> str:
    """Foreign text cut to a length that fits an error message, on one line."""
    flat = " ".join(detail.split())
    return flat if len(flat) <= _DETAIL_LIMIT else f"{flat[:_DETAIL_LIMIT]}…"


def _where(status: int) -> str:
    return "failed in the middle of its reply" if status == STREAM_STATUS else f"HTTP {status}"


def _seconds_until(http_date: str) -> float | None:
    try:
        moment = parsedate_to_datetime(http_date)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
