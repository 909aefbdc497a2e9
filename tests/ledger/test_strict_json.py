import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.domain.value import canonical_json
from reviewer.errors import LedgerError
from reviewer.ledger.strict_json import LARGEST_INTEGER, decode, encode, encode_decoded

KEYS = st.text("abcdefgh_", min_size=1, max_size=6)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
    | st.text(st.characters(codec="utf-8"))
)
VALUES = st.recursive(
    LEAVES, lambda part: st.lists(part, max_size=4) | st.dictionaries(KEYS, part, max_size=4), max_leaves=12
)


@settings(deadline=None)
@given(VALUES)
def test_what_is_encoded_is_decoded_to_the_same_value(value: object) -> None:
    assert decode(encode(value), where="here") == value


@settings(deadline=None)
@given(VALUES)
def test_the_fast_encoder_agrees_with_rfc_8785(value: object) -> None:
    assert encode_decoded(value) == canonical_json(value)


@settings(deadline=None)
@given(VALUES)
def test_another_text_for_the_same_value_is_refused(value: object) -> None:
    other = json.dumps({"value": value}, indent=1).encode()
    with pytest.raises(LedgerError, match="here: the text is not in canonical form"):
        decode(other, where="here")


REFUSED = {
    "doubled key": b'{"a":1,"a":2}',
    "doubled key, equal values": b'{"a":1,"a":1}',
    "key that differs only in case": b'{"Kind":1,"kind":2}',
    "doubled key far inside": b'[{"a":[{"b":1,"b":1}]}]',
    "key that is not ASCII": '{"clé":1}'.encode(),
    "float": b"[0.5]",
    "float that is whole": b"[1.0]",
    "exponent": b"[1e3]",
    "not a number": b"[NaN]",
    "infinity": b"[-Infinity]",
    "integer above 2^53": b"[9007199254740992]",
    "integer of ten thousand digits": b"[" + b"1" * 10_000 + b"]",
    "minus zero": b"[-0]",
    "blank": b'{"a": 1}',
    "line feed at the end": b'{"a":1}\n',
    "byte order mark": b"\xef\xbb\xbf{}",
    "unsorted keys": b'{"b":1,"a":2}',
    "needless escape": b'["\\u0061"]',
    "half a surrogate pair": b'["\\ud800"]',
    "not UTF-8": b'["\xe9"]',
    "UTF-16": '{"a":1}'.encode("utf-16"),
    "cut off": b'{"a":',
    "empty": b"",
    "two values": b"{}{}",
    "nested too deeply": b"[" * 100_000 + b"]" * 100_000,
}


@pytest.mark.parametrize("raw", REFUSED.values(), ids=REFUSED.keys())
def test_a_text_that_is_not_strict_is_refused_with_its_place(raw: bytes) -> None:
    with pytest.raises(LedgerError, match=r"^here: "):
        decode(raw, where="here")


@pytest.mark.parametrize("value", [0.5, {"a": [1.0]}, {"a": 1, "A": 2}, {"é": 1}, 2**53, "\ud800"], ids=ascii)
def test_a_value_that_the_ledger_may_not_hold_is_not_encoded(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any ValueError will do: it is a mistake of ours
        encode(value)
