"""Fills the labels of entry points: what people call a route, a command or a test."""

import re
from collections.abc import Callable, Mapping, Sequence
from posixpath import basename, dirname, splitext

from reviewer.domain.entry_point import EntryPoint, EntrySort

MAX_LINE = 2_000
"""Characters of a line that anybody reads."""
MAX_LABEL = 120
"""Characters of a label."""
_CONTROLLER = re.compile(r"(?:^|/)app/controllers/(.+)_controller\.rb$")
_BELOW_ROUTES = re.compile(r"(?:^|/)(?:app|pages|routes)/(.+)$")


def made(
    sort: EntrySort, label: str, path: str, lines: Sequence[str], *, line: int, groups: Mapping[str, str]
) -> EntryPoint | None:
    """An entry point with its label filled in; None when its line is too long to be quoted or nothing names it."""
    filled = re.sub(r"\{(\w+)\}", lambda match: _value(match.group(1), path, groups), label)
    filled = " ".join(filled.split())[:MAX_LABEL]
    if not filled or len(lines[line - 1]) > MAX_LINE:
        return None
    return EntryPoint(sort=sort, label=filled, path=path, line=line, quote=lines[line - 1])


def _value(key: str, path: str, groups: Mapping[str, str]) -> str:
    computed = _COMPUTED.get(key)
    return computed(path, groups) if computed else groups.get(key, "")


def _verb(_: str, groups: Mapping[str, str]) -> str:
    """The methods of a request; GET where none are said, as frameworks take it."""
    methods = re.findall(r"\w+", groups.get("methods", ""))
    return ",".join(methods).upper() or groups.get("verb", "").upper() or "GET"


def _at(_: str, groups: Mapping[str, str]) -> str:
    """`/api` of the class and `users/{id}` of the method as `/api/users/{id}`."""
    parts = (groups.get(key, "").strip("/") for key in ("prefix", "route"))
    return "/" + "/".join(part for part in parts if part)


def _stem(path: str, _: Mapping[str, str]) -> str:
    """The file's name alone; of a Rails controller with its folders: `admin/users`."""
    found = _CONTROLLER.search(path)
    return found.group(1) if found else splitext(basename(path))[0]


def _file_route(path: str, _: Mapping[str, str]) -> str:
    """The route that a framework makes of a path: `/users/[id]` of `src/app/(shop)/users/[id]/page.tsx`."""
    below = _BELOW_ROUTES.search(path)
    parts = splitext(below.group(1))[0].split("/") if below else [splitext(basename(path))[0]]
    if parts[-1] in ("page", "route", "index", "+server"):
        parts.pop()
    return "/" + "/".join(part for part in parts if not part.startswith(("(", "@")))


_COMPUTED: dict[str, Callable[[str, Mapping[str, str]], str]] = {
    "verb": _verb,
    "at": _at,
    "route": lambda _, groups: groups.get("route", "") or "/",
    "path": lambda path, _: path,
    "stem": _stem,
    "folder": lambda path, _: dirname(path) or ".",
    "file_route": _file_route,
}
