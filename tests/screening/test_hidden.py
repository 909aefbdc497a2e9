import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.screening.hidden import hidden_characters, reveal

ALWAYS_HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def test_every_code_point_that_does_not_show_is_found_and_every_other_is_not() -> None:
    for code_point in range(sys.maxunicode + 1):
        character = chr(code_point)
        found = bool(hidden_characters(f"ab{character}cd"))
        category = unicodedata.category(character)
        if character in "\t\n":
            assert not found
        elif category in ALWAYS_HIDDEN_CATEGORIES or code_point & 0xFFFE == 0xFFFE:
            assert found, f"U+{code_point:04X} {category}"
        elif category[0] in "LNPZ" or (category == "So" and code_point != 0x2800):
            blank = category == "Lo" and "FILLER" in unicodedata.name(character, "")
            assert found == blank, f"U+{code_point:04X} {category}"


@pytest.mark.parametrize(
    "character",
    ["\u202e", "\u2066", "\u200b", "\u200d", "\u2060", "\u00ad", "\u2028", "\U000e0041", "\ufe00", "\U000e0100",
     "\u034f", "\u3164", "\u2800", "\x00", "\x1b", "\x0c", "\x85", "\ue000", "\ufdd0", "\u061c"],
)  # fmt: skip
def test_characters_known_from_attacks_are_found_with_place_and_name(character: str) -> None:
    (found,) = hidden_characters(f"if a{character}b:")
    assert (found.index, found.code_point) == (4, ord(character))
    assert f"U+{ord(character):04X}" in found.name
    assert reveal(f"if a{character}b:") == f"if a<U+{ord(character):04X}>b:"


@pytest.mark.parametrize(
    "text",
    [
        "plain ASCII\twith\r\nline ends",
        "Größe, naïve, 日本語, עברית, العربية, हिन्दी",
        "👩‍💻 👨‍👩‍👧 🏳️‍🌈 ❤️ ⚠︎ 👍🏽 1️⃣ #️⃣ ©️ ™️",
        "\ufeff#!/usr/bin/env python",
    ],
)
def test_what_people_write_every_day_is_tolerated(text: str) -> None:
    assert hidden_characters(text) == ()


@pytest.mark.parametrize(
    "text", ["a\u200db", "x\ufe0f", "👩\u200d", "\u200d👩", "❤️\ufe0f", "x\ufeffy", "a\n\ufeffb"]
)
def test_a_tolerated_character_out_of_its_place_is_found(text: str) -> None:
    assert hidden_characters(text)


@given(st.text())
def test_revealed_text_hides_nothing_and_loses_nothing(text: str) -> None:
    shown = reveal(text)
    assert hidden_characters(shown) == ()
    assert reveal(shown) == shown
    kept = [character for index, character in enumerate(text) if index not in _hidden_at(text)]
    assert [character for character in kept if character != "\ufeff"] == _without_marks(text, shown)


@given(st.lists(st.text(st.characters(exclude_characters="\n")), min_size=1))
def test_a_line_reads_the_same_alone_and_within_its_file(lines: list[str]) -> None:
    assert reveal("\n".join(lines)).split("\n") == [reveal(line) for line in lines]


def _hidden_at(text: str) -> set[int]:
    return {found.index for found in hidden_characters(text)}


def _without_marks(text: str, shown: str) -> list[str]:
    hidden = [f"<U+{found.code_point:04X}>" for found in hidden_characters(text)]
    if text.startswith("\ufeff"):
        hidden.insert(0, "<U+FEFF>")
    rest: list[str] = []
    at = 0
    while at < len(shown):
        if hidden and shown.startswith(hidden[0], at) and not text.startswith(hidden[0], len(rest)):
            at += len(hidden.pop(0))
        else:
            rest.append(shown[at])
            at += 1
    return rest
