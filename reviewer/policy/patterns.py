"""Patterns of the policy: RE2's regular expressions, which take time linear in the text, whatever it is."""

from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, Field


def _checked_pattern(text: str) -> str:
    """`text`, when it is an expression that finds something in particular; `ValueError` says what is wrong."""
    if _compiled(text).search("") is not None:
        raise ValueError("fits an empty text, and so every text")
    return text


Pattern = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_checked_pattern)]


def is_found(pattern: str, text: str) -> bool:
    """True when `pattern` fits somewhere in `text`."""
    return _compiled(pattern).search(text) is not None


@lru_cache(maxsize=16)
def _compiled(text: str) -> Any:
    """Compiled at first use: RE2 takes no part in starting the program."""
    import re2  # type: ignore[import-untyped]  # the wheel ships no types

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(text, options)
    except re2.error as error:
        said = error.args[0] if error.args else error
        raise ValueError(f"not an expression of RE2: {_words(said)}") from error


def _words(said: object) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
