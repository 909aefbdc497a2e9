"""Globs of the policy: how paths are named, and whether a path fits."""

import re
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, Field
from wcmatch import glob

from reviewer.domain.text import path_bytes

_GLOB_FLAGS = glob.GLOBSTAR | glob.BRACE | glob.DOTGLOB


def _checked_glob(text: str) -> str:
    """`text`, when it can match a path at all; `ValueError` says how to write it."""
    if text.startswith(("/", "./", "!")) or text.endswith("/"):
        raise ValueError(
            "a glob starts at the repository's root, without `/`, `./` or `!`, and does not end in `/`"
        )
    if text.count("[") != text.count("]"):
        raise ValueError("an unclosed `[`; write `[[]` for the character itself")
    try:
        glob.translate(text, flags=_GLOB_FLAGS)
    except Exception as error:
        raise ValueError(f"not a glob: {error}") from error
    return text


Globs = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_checked_glob)], ...],
    Field(max_length=200),
]


def matches(path: str, globs: Globs, *, any_case: bool = False) -> bool:
    """True when `path` fits one of `globs`; a leading dot is an ordinary character.

    A path is matched as it is shown and as it is: `50%25.txt` and `50%.txt` are the same file.
    """
    flags = _GLOB_FLAGS | (glob.IGNORECASE if any_case else glob.CASE)
    spellings = {path, path_bytes(path).decode("utf-8", "surrogateescape")}
    matcher = _matcher(tuple(globs), flags)
    return any(pattern.fullmatch(spelling) for spelling in spellings for pattern in matcher)


@lru_cache(maxsize=512)
def _matcher(globs: Globs, flags: int) -> tuple[re.Pattern[str], ...]:
    """Made once: to read the braces of some globs takes longer than to match a path. None of them excludes."""
    wanted, _ = glob.translate(list(globs), flags=flags)
    return tuple(re.compile(each) for each in wanted)


def matches_folder_or_below(path: str, globs: Globs, *, any_case: bool = False) -> bool:
    """Like `matches`; a glob that names a folder means the folder's own name and all below it as well."""
    wider = [
        name for one in globs for name in (one, one.removesuffix("/**"), f"{one.removesuffix('/**')}/**")
    ]
    return matches(path, tuple(wider), any_case=any_case)
