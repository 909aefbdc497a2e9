from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.text import path_bytes, path_text, source_lines


@given(st.binary(min_size=1))
def test_a_path_text_stands_for_exactly_one_sequence_of_bytes(raw: bytes) -> None:
    assert path_bytes(path_text(raw)) == raw


@given(st.binary(min_size=1))
def test_a_path_text_is_one_printable_line(raw: bytes) -> None:
    assert not set(path_text(raw)) & {chr(code) for code in (*range(32), 127)}


def test_a_carriage_return_and_a_form_feed_end_no_line() -> None:
    assert source_lines(b"a\r\nb\x0cc\xe2\x80\xa8d") == ["a\r", "b\x0cc\u2028d"]


def test_bytes_that_are_not_utf8_are_shown_not_dropped() -> None:
    assert source_lines(b"caf\xe9\n") == ["caf\\xe9"]
