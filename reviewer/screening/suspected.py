"""Finds values that are likely to be credentials: random text under a name that says secret, and passwords in URLs.

No issuer vouches for these, so a hit may be wrong. What is no random text is never one: words, paths, names of
variables, identifiers of things, hashes under a name that says so.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from reviewer.screening.secrets import SecretHit, apart, is_placeholder

KEYED = "random value under a name that says secret"
IN_URL = "password in a URL"

_KEY = (
    r"(?i:(?:^|[^A-Za-z0-9_.-])([A-Za-z0-9_.-]{0,40}"
    r"(?:secret|passw(?:or)?d|passphrase|token|api[_-]?key|private[_-]?key|access[_-]?key|auth[_-]?key|credential)"
    r"[A-Za-z0-9_.-]{0,20}))"
)
_QUOTED = (
    _KEY + r"[\"'\]]{0,2}[ \t]{0,8}(?::=|=>|=|:)[ \t]{0,8}[\"'`]([A-Za-z0-9+/=_.~!@#^&*-]{16,200})[\"'`]"
)
_BARE = (
    r"(?m:^[ \t-]{0,12}(?:export)?"
    + _KEY
    + r"(?:=|:[ \t])[ \t]{0,8}([A-Za-z0-9+/=_-]{20,200})[ \t]{0,8}\r?$)"
)
_URL = (
    r"(?:^|[^A-Za-z0-9])[a-z][a-z0-9+.-]{1,20}://([^\s:/@\"'`<>{}$%\[\]]{0,60}):([^\s:/@\"'`<>{}$%*()\[\]]{8,100})@"
    r"([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)"
)
_NO_SECRET_NAME = re.compile(
    r"hash|sha\d|digest|checksum|fingerprint|public|integrity|signature|example|sample|placeholder|test|fake|dummy|mock|label|title"
    r"|message|(?:name|path|file|url|uri|id|ids|type|arn|field|header|class|regexp?|pattern|prefix|version|column|kind|ref|page"
    r"|cursor|selector|length|count)s?$",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"test|secret|passw|token|default|insecure|change|insert|replace|local|demo|mock|hello|world|admin|value|string|develop|"
    r"xxx|1234|abcd|-key|key-|my_|_my|some|this|super|random|config|auth|user|client|api_|_api|goes|here|null|none|true|false",
    re.IGNORECASE,
)
"""Words that hardly ever stand in random text and often in what people write in its place."""
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_HEX = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_NO_HOST = re.compile(
    r"(?:^|\.)(?:example|localhost|invalid|test|local|host|domain)(?:\.|$)|^(?:127|10|192\.168|0)\.|^1\.2\.3",
    re.IGNORECASE,
)
_SHARE_OF_RANDOM = 0.86
"""Of the bits a character that random text of this length would have."""
_FEWEST_TURNS = {16: 0.28, 62: 0.4}
"""Share of neighbours of different classes, by alphabet: random text turns from letter to digit all the time."""


def find_suspects(text: str) -> tuple[SecretHit, ...]:
    """Likely credentials in `text`, in order and apart from each other; each stands on one line.

    Runs in time linear in the length of `text`, whatever stands in it.
    """
    return apart(list(_hits(text)))


def is_random(value: str) -> bool:
    """True for text in which no word, pattern or order shows."""
    if _UUID.fullmatch(value) or _WORDS.search(value) or is_placeholder(value) or value.count("=") > 2:
        return False
    is_hex = _HEX.fullmatch(value) is not None
    kinds = {_class(char) for char in value}
    if not (
        {"digit", "lower", "upper"} <= kinds
        or (is_hex and len(value) >= 32 and "digit" in kinds and len(kinds) > 1)
    ):
        return False
    alphabet = 16 if is_hex else 62
    turns = sum(_class(one) != _class(two) for one, two in pairwise(value))
    if turns < _FEWEST_TURNS[alphabet] * (len(value) - 1):
        return False
    return _bits(value) >= _SHARE_OF_RANDOM * math.log2(min(len(value), alphabet))


def _hits(text: str) -> Iterator[SecretHit]:
    quoted, bare, url = _patterns()
    for pattern in (quoted, bare):
        for match in pattern.finditer(text):
            if (
                not _NO_SECRET_NAME.search(match.group(1))
                and is_random(match.group(2))
                and not _is_a_place(match.group(2))
            ):
                yield SecretHit(KEYED, *match.span(2))
    for match in url.finditer(text):
        user, password, host = match.group(1), match.group(2), match.group(3)
        if user != password and not _NO_HOST.search(host) and _is_password(password):
            yield SecretHit(IN_URL, *match.span(2))


def _is_password(word: str) -> bool:
    kinds = {_class(char) for char in word}
    return len(kinds) >= 3 and not _WORDS.search(word) and not is_placeholder(word)


def _is_a_place(value: str) -> bool:
    """Dots and slashes between words: a path, a module, a message's key."""
    return (
        value.startswith(("/", "./", "../", "@"))
        or value.count(".") > 1
        or any(part.isalpha() and len(part) > 3 and part.islower() for part in re.split(r"[./_-]", value))
    )


def _class(char: str) -> str:
    if char.isdigit():
        return "digit"
    return "other" if not char.isalpha() else "upper" if char.isupper() else "lower"


def _bits(value: str) -> float:
    size = len(value)
    return -sum(times / size * math.log2(times / size) for times in Counter(value).values())


@lru_cache(maxsize=1)
def _patterns() -> tuple[Any, Any, Any]:
    import re2  # type: ignore[import-untyped]  # the wheel ships no types

    return re2.compile(_QUOTED), re2.compile(_BARE), re2.compile(_URL)
