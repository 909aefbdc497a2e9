"""Finds characters that do not show, or that change how their neighbours read, and makes them visible.

Judged by Unicode category, never by a list of known attacks: controls (Cc, but for tab, line feed, and a carriage
return that ends a line), format characters (Cf: bidirectional controls, zero-width characters, tags, soft hyphen),
line and paragraph separators (Zl, Zp), private use (Co), surrogates (Cs), noncharacters, and the other characters
that Unicode says may be left undrawn.

Tolerated, because people write them every day: one emoji or text presentation selector right after a symbol,
a zero-width joiner between two symbols of an emoji sequence, and a byte order mark as the very first character.
Not tolerated though legitimate in places: joiners within Arabic or Indic words, ideographic variation
selectors, flags spelt with tag characters. They can carry hidden data, so a human looks.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SUSPECT = re.compile(r"[^\t\n\r\x20-\x7e]|\r(?!\n|$)")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_OTHERWISE_UNDRAWN = (
    (0x034F, 0x034F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x2065, 0x2065),
    (0x2800, 0x2800),  # a braille cell without dots: drawn, as nothing
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0xE0000, 0xE0FFF),
)
"""Default_Ignorable_Code_Point outside the categories above. Source: Unicode, DerivedCoreProperties.txt."""

_ZERO_WIDTH_JOINER, _BYTE_ORDER_MARK = "\u200d", "\ufeff"
_PRESENTATION_SELECTORS = "\ufe0e\ufe0f"
_KEYCAP = "\u20e3"


@dataclass(frozen=True)
class HiddenCharacter:
    """One character that does not show."""

    index: int
    """Characters from 0."""
    code_point: int
    category: str
    """Unicode's two letters: `Cf`."""
    name: str
    """`RIGHT-TO-LEFT OVERRIDE (U+202E)`; the code point alone where Unicode has no name."""


def hidden_characters(text: str) -> tuple[HiddenCharacter, ...]:
    """Every hidden character of `text`, in order; see the module for what is tolerated."""
    return tuple(
        _described(text, match.start())
        for match in _SUSPECT.finditer(text)
        if _is_hidden(match.group())
        and not _is_tolerated(text, match.start())
        and not (match.start() == 0 and match.group() == _BYTE_ORDER_MARK)
    )


def reveal(text: str) -> str:
    """`text` with each hidden character as `<U+202E>`: nothing is deleted.

    A byte order mark is shown even in front, so that a line reads the same alone and within its file.
    """
    return _SUSPECT.sub(lambda match: _shown(text, match), text)


def _shown(text: str, match: re.Match[str]) -> str:
    character = match.group()
    if _is_hidden(character) and not _is_tolerated(text, match.start()):
        return f"<U+{ord(character):04X}>"
    return character


@lru_cache(maxsize=4096)
def _is_hidden(character: str) -> bool:
    code_point = ord(character)
    return (
        unicodedata.category(character) in _HIDDEN_CATEGORIES
        or code_point & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code_point <= 0xFDEF
        or any(first <= code_point <= last for first, last in _OTHERWISE_UNDRAWN)
    )


def _is_tolerated(text: str, index: int) -> bool:
    """Tell by the neighbours alone, so that the answer does not depend on how much text is around them."""
    character = text[index]
    before = text[index - 1 : index] if index else ""
    after = text[index + 1 : index + 2]
    if character in _PRESENTATION_SELECTORS:
        return _is_symbol(before) or (before in set("0123456789#*") and after == _KEYCAP)
    if character == _ZERO_WIDTH_JOINER:
        base = text[index - 2 : index - 1] if before == "\ufe0f" and index > 1 else before
        return _is_symbol(base) and _is_symbol(after)
    return False


def _is_symbol(character: str) -> bool:
    """An emoji or another pictograph: a symbol outside ASCII, a skin tone, or one of two punctuation marks."""
    if not character or character < "\x80":
        return False
    return unicodedata.category(character) in ("So", "Sm", "Sk") or character in "\u203c\u2049\u3030\u303d"


def _described(text: str, index: int) -> HiddenCharacter:
    character = text[index]
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return HiddenCharacter(
        index, ord(character), unicodedata.category(character), f"{name} ({code})" if name else code
    )
