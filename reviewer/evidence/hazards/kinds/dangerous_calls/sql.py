"""SQL as far as it takes to tell a value from the rest."""

import re

_STATEMENT = re.compile(
    r"\s*\(?\s*(?:select|update|with|truncate|call|insert\s+(?:into|ignore)|(?:replace|merge)\s+into|delete\s+from)\b",
    re.IGNORECASE,
)
_BEFORE_VALUE = re.compile(
    r"(?:[^<>=!:]=|<>|!=|<=|>=|\s[<>]|\blike|\bilike|\bvalues\s?\(|\bin\s?\(|\bbetween|\blimit)\s?['\"%]{0,3}$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?:^|[\s(,=%])'%?$")
_NO_VALUE = re.compile(
    r"table|column|schema|field|clause|where|order|sql|query|name$|placeholder|select|condition|param|filter|join|alias"
    r"|marks|binds?\b|expr|quote|type|operator|func|in_"
    r"|\bpk\b|limit|count|size|num|offset|_ids?\b|\bid\b|Id\b",
    re.IGNORECASE,
)
"""Names of what is hardly ever free text: a piece of SQL, or a number."""
_TAIL = 40


def is_statement(written: str) -> bool:
    """True for text that starts as a statement on data."""
    return _STATEMENT.match(written[:200]) is not None


def in_place_of_a_value(before: str, expression: str) -> bool:
    """True when what follows `before` is compared, inserted or quoted, and `expression` names no piece of SQL."""
    tail = " ".join(before[-_TAIL:].split()) + (" " if before[-1:].isspace() else "")
    if _NO_VALUE.search(expression):
        return False
    return bool(_QUOTED.search(tail) or _BEFORE_VALUE.search(tail))
