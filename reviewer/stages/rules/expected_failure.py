"""Whether code is there to fail, as a test of wrong use is."""

import re
from collections.abc import Sequence

_EXPECTS = re.compile(
    r"\b(?:raises\w*|assertRaises\w*|assert_raises?\w*|assertThrows\w*|raise_error|toThrow\w*)\b"
)
_FAR_UP = 10


def expects_failure(lines: Sequence[str], line: int) -> bool:
    """True when `line`, from 1, or a line that it stands below says that it expects an error.

    Told by indentation: of the lines above, within ten, those count that stand further left than all between.
    """
    indent = _indent(lines[line - 1])
    if _EXPECTS.search(lines[line - 1]):
        return True
    for text in reversed(lines[max(0, line - 1 - _FAR_UP) : line - 1]):
        if text.strip() and _indent(text) < indent:
            indent = _indent(text)
            if _EXPECTS.search(text):
                return True
    return False


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())
