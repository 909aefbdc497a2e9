"""Strict canonical JSON: every value has exactly one text, and any other text is refused.

Source: RFC 8785 for the text; TRUST rules for the rest: integers only, no doubled keys, no keys that differ
only in case. Keys are ASCII names, which makes sorting them by code point and by UTF-16 unit the same.
"""

import json
from collections.abc import Iterable
from typing import Any, NoReturn

from pydantic import BaseModel

from reviewer.domain.value import canonical_json
from reviewer.errors import LedgerError

LARGEST_INTEGER = 2**53 - 1
"""Above it other readers of JSON lose digits. Source: RFC 8785, section 3.2.2.3."""

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class _NotStrictError(ValueError):
    """Why a text or a value is refused; never leaves this module."""


def encode(value: object) -> bytes:
    """The canonical bytes of `value`; `ValueError` for what the ledger may not hold, such as a float."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    _refuse_unfit(plain)
    return canonical_json(plain)


def decode(raw: bytes, *, where: str) -> Any:
    """The value that `raw` stands for; `LedgerError` that starts with `where` for any text but the one."""
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_float,
        )
        if encode_decoded(value) != raw:
            raise _NotStrictError("the text is not in canonical form")
    except RecursionError as error:
        raise LedgerError(f"{where}: nested too deeply to be read") from error
    except ValueError as error:
        raise LedgerError(f"{where}: {error}") from error
    return value


def encode_decoded(value: Any) -> bytes:
    """The canonical bytes of a value that `decode` made; five times as fast as `encode`, with equal results."""
    return _ENCODER.encode(value).encode("utf-8")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    _refuse_keys([key for key, _ in pairs])
    return dict(pairs)


def _integer(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > LARGEST_INTEGER:
        raise _NotStrictError(f"the integer {digits[:20]} is outside ±{LARGEST_INTEGER}")
    return int(digits)


def _float(text: str) -> NoReturn:
    raise _NotStrictError(f"{text[:20]} is no integer; only integers are allowed")


def _refuse_unfit(value: object) -> None:
    match value:
        case float():
            _float(repr(value))
        case dict():
            _refuse_keys(list(value))
            _refuse_all(value.values())
        case list() | tuple():
            _refuse_all(value)


def _refuse_all(values: Iterable[object]) -> None:
    for value in values:
        _refuse_unfit(value)


def _refuse_keys(keys: list[str]) -> None:
    if len({key.lower() for key in keys}) != len(keys):
        raise _NotStrictError(f"two of the keys {sorted(keys)} are the same, or differ only in case")
    if not all(key.isascii() for key in keys):
        raise _NotStrictError(f"one of the keys {sorted(keys)} is not ASCII")
