"""JavaScript: package.json."""

import json
import re
from collections.abc import Iterator
from typing import Any

from reviewer.evidence.hazards.kinds.dependency_risk.requirement import Hold, Requirement, Scope

_SECTIONS = (
    ("dependencies", Scope.RUNTIME),
    ("devDependencies", Scope.DEVELOPMENT),
    ("optionalDependencies", Scope.RUNTIME),
    ("peerDependencies", Scope.OFFERED),
)
_LOCAL = ("workspace:", "link:", "file:", "portal:", "catalog:", "patch:")
_ELSEWHERE = ("git", "http:", "https:", "github:", "gitlab:", "bitbucket:", "ssh:")
_SHORT = re.compile(r"[\w.-]{1,100}/[\w.-]{1,100}(?:#.*)?")
_EXACT = re.compile(r"v?=?\d+\.\d+\.\d+(?:[-+][\w.+-]*)?")


def package(text: str) -> dict[str, Any]:
    """The object in a package.json; `ValueError` when it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"no JSON that can be read: {error}") from error
    if not isinstance(found, dict):
        raise ValueError("no JSON object")
    return found


def package_json(text: str) -> list[Requirement]:
    """All sections; one that stands in two counts in the first."""
    whole = package(text)
    found: dict[str, Requirement] = {}
    for section, scope in _SECTIONS:
        for one in _section(whole.get(section), scope):
            found.setdefault(one.name, one)
    return list(found.values())


def _section(entries: Any, scope: Scope) -> Iterator[Requirement]:
    for name, bound in entries.items() if isinstance(entries, dict) else ():
        if not isinstance(bound, str):
            continue
        plain = bound.removeprefix("npm:")
        elsewhere = bound.startswith(_ELSEWHERE) or _SHORT.fullmatch(bound) is not None
        needles = (json.dumps(name, ensure_ascii=False), json.dumps(bound, ensure_ascii=False))
        yield Requirement(
            name, bound, _hold(plain), needles, scope, bound if elsewhere else "", bound.startswith(_LOCAL)
        )


def _hold(bound: str) -> Hold:
    if bound.strip() in ("", "*", "x", "latest", ">=0", ">=0.0.0"):
        return Hold.ANY
    if _EXACT.fullmatch(bound):
        return Hold.PIN
    return Hold.SERIES if bound[0] in "^~" and " " not in bound else Hold.RANGE
