"""The one notion of a word, for every way of searching.

A word is made of ASCII letters, digits, `_`, `$` and bytes from 0x80 on. It stands at a place when neither
neighbour is one of these, where a `$` beside it does not count: in `$name`, `"$name"` and `a$name` stands the word
`name`, in the first two also `$name`. So every place that `SourceFile` knows is one, and a variable of PHP or of a
shell is found by its plain name. Case matters, and bytes are compared: no encoding is assumed.
"""

import re
from collections.abc import Collection, Iterable

from reviewer.errors import RepositoryError

LONGEST_KEY = 64
"""Bytes of an atom that are kept; a longer one is known by its beginning."""
_ATOM = rb"[A-Za-z0-9_\x80-\xff]"
_WORD = re.compile(rb"[A-Za-z0-9_$\x80-\xff]+")
_ATOM_BYTES = frozenset(
    byte for byte in range(256) if byte >= 0x80 or chr(byte).isalnum() or chr(byte) == "_"
)
_BLANKED = bytes(byte if byte in _ATOM_BYTES else 0x20 for byte in range(256))
_BINARY_HEAD_BYTES = 8000
_TRIES = 50


def is_word(text: str) -> bool:
    """True when `text` can be searched for as a word."""
    return _WORD.fullmatch(text.encode("utf-8", "surrogatepass")) is not None and _is_utf8(text)


def check_words(words: Iterable[str]) -> None:
    """`RepositoryError` for the first that is no word."""
    for word in words:
        if not is_word(word):
            raise RepositoryError(
                f"{word[:200]!r}: no word",
                advice="A word has letters, digits, `_` and `$` only; ask for the parts of a longer name.",
            )


def stands_in(raw: bytes, word: bytes) -> bool:
    """True when `word` stands somewhere in `raw`."""
    at = raw.find(word)
    for _ in range(_TRIES):
        if at < 0:
            return False
        end = at + len(word)
        if not (at and raw[at - 1] in _ATOM_BYTES) and not (end < len(raw) and raw[end] in _ATOM_BYTES):
            return True
        at = raw.find(word, end)
    # Many parts of longer words: the expression is slower to begin with, and its time does not grow with them.
    return at >= 0 and _whole(word).search(raw, at) is not None


def words_in(raw: bytes, words: Collection[str]) -> frozenset[str]:
    """Those of `words` that stand in `raw`; in a binary only ASCII ones can stand, the rest is chance."""
    binary = is_binary(raw)
    return frozenset(
        word for word in words if (not binary or word.isascii()) and stands_in(raw, word.encode())
    )


def lines_with(raw: bytes, word: str) -> tuple[int, ...]:
    """The lines, from 1 and each once, on which `word` stands; lines end at line feeds only."""
    lines: list[int] = []
    line, counted = 1, 0
    for found in _whole(word.encode()).finditer(raw):
        line += raw.count(b"\n", counted, found.start())
        counted = found.start()
        if not lines or lines[-1] != line:
            lines.append(line)
    return tuple(lines)


def is_binary(raw: bytes) -> bool:
    """True for what git takes for binary: a NUL among the first 8,000 bytes."""
    return b"\0" in raw[:_BINARY_HEAD_BYTES]


def keys_of_blob(raw: bytes) -> set[bytes]:
    """What an index keeps of a blob: its atoms, the longest runs without a `$`, and `$` itself when it is there.

    Of a binary only the ASCII ones: an image would bring more keys than all the code.
    """
    atoms = raw.translate(_BLANKED).split()
    keys = set(atoms)
    long = [atom for atom in keys if len(atom) > LONGEST_KEY]
    keys.difference_update(long)
    keys.update(atom[:LONGEST_KEY] for atom in long)
    if b"$" in raw:
        keys.add(b"$")
    return {key for key in keys if key.isascii()} if is_binary(raw) else keys


def keys_of_word(word: str) -> tuple[frozenset[bytes], bool]:
    """The keys that every blob with `word` has, and whether a blob that has them all is sure to have the word."""
    raw = word.encode()
    keys = {atom[:LONGEST_KEY] for atom in raw.split(b"$") if atom}
    if b"$" in raw:
        keys.add(b"$")
    return frozenset(keys), b"$" not in raw and len(raw) < LONGEST_KEY


def _whole(word: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"(?<!" + _ATOM + rb")" + re.escape(word) + rb"(?!" + _ATOM + rb")")


def _is_utf8(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
