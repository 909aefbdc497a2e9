"""Git attributes of the base that call a file generated or vendored, or want no diff of it.

Read from the tree of the base alone, in git's own dialect, because `git check-attr` of an older git looks at a work
tree. Source: git's documentation of gitattributes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reviewer.domain.text import path_bytes
from reviewer.evidence.base.wildmatch import PatternError, compiled, expression
from reviewer.ports import TreeEntry

FILE_NAME = b".gitattributes"
MAX_FILE_BYTES = 1_000_000
MAX_LINE_BYTES = 2_048
"""Git itself leaves out longer lines, and files above 100 MB."""

_MARKS = {"linguist-generated": True, "linguist-vendored": True, "diff": False}
"""Attributes that mark a file, with the state that does."""

_MACROS: dict[str, tuple[tuple[str, str], ...]] = {"binary": (("diff", "-"), ("merge", "-"), ("text", "-"))}
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}

State = tuple[str, str]
"""An attribute with `+`, `-`, `!` or its value after `=`."""


@dataclass(frozen=True)
class _Line:
    """One line that gives attributes to the paths of a pattern."""

    pattern: str
    states: tuple[State, ...]

    def fits(self, relative: str) -> bool:
        """True when `relative`, a path below the file's own folder, fits; a pattern without slash fits by name."""
        pattern = self.pattern
        if pattern.endswith("/"):
            return False
        if "/" not in pattern:
            relative = relative.rpartition("/")[2]
        try:
            return bool(compiled(expression(pattern.removeprefix("/"))).fullmatch(relative))
        except PatternError:
            return False


def attribute_files(tree: Iterable[TreeEntry], paths: Iterable[str]) -> dict[str, str]:
    """Object ids of the attribute files that hold for `paths`, by their folder; `` is the root."""
    folders = {"/".join(path.split("/")[:depth]) for path in paths for depth in range(path.count("/") + 1)}
    wanted = {_raw(folder) + FILE_NAME: folder for folder in folders}
    return {
        wanted[entry.path]: entry.object_id
        for entry in tree
        if entry.path in wanted and entry.mode.startswith("100")
    }


def marked_generated(paths: Iterable[str], files: Mapping[str, bytes]) -> frozenset[str]:
    """Those of `paths` that the attribute files mark; `files` has the content of each by its folder."""
    macros = dict(_MACROS)
    parsed = {folder: list(_lines(files[folder], macros, is_root=not folder)) for folder in sorted(files)}
    return frozenset(path for path in paths if _is_marked(path, parsed, macros))


def _is_marked(
    path: str, parsed: Mapping[str, Sequence[_Line]], macros: Mapping[str, tuple[State, ...]]
) -> bool:
    parts = path_bytes(path).decode("utf-8", "surrogateescape").split("/")
    states: dict[str, str] = {}
    for depth in range(len(parts)):
        relative = "/".join(parts[depth:])
        for line in parsed.get("/".join(path.split("/")[:depth]), ()):
            if line.fits(relative):
                states.update(_expanded(line.states, macros))
    return any(_says(states.get(name), wanted=wanted) for name, wanted in _MARKS.items())


def _says(state: str | None, *, wanted: bool) -> bool:
    return state == "-" if not wanted else state is not None and state in ("+", "true")


def _expanded(
    states: Iterable[State], macros: Mapping[str, tuple[State, ...]], *, depth: int = 0
) -> Iterator[State]:
    """A macro that is set means what it stands for as well; one that is unset means nothing more."""
    for name, state in states:
        if state == "+" and name in macros and depth < len(macros):
            yield from _expanded(macros[name], macros, depth=depth + 1)
        yield name, state


def _lines(raw: bytes, macros: dict[str, tuple[State, ...]], *, is_root: bool) -> Iterator[_Line]:
    """The lines of a file that give attributes; macros, which only the root may define, are added to `macros`."""
    for line in raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        text = line.decode("utf-8", "surrogateescape").strip(" \t\r\n")
        if not text or text.startswith("#") or len(line) > MAX_LINE_BYTES:
            continue
        pattern, rest = _pattern(text)
        states = tuple(_state(word) for word in rest.split())
        if pattern.startswith("[attr]"):
            if is_root:
                macros[pattern.removeprefix("[attr]")] = states
        elif not pattern.startswith("!"):
            yield _Line(pattern, states)


def _pattern(text: str) -> tuple[str, str]:
    """The pattern and the rest of the line; a pattern in quotes is one in the style of C."""
    quoted = _QUOTED.match(text)
    if quoted is None:
        pattern, *rest = text.split(None, 1)
        return pattern, rest[0] if rest else ""
    return re.sub(r"\\([0-7]{3}|.)", _unescaped, quoted.group(1)), text[quoted.end() :]


def _unescaped(match: re.Match[str]) -> str:
    what = match.group(1)
    return chr(int(what, 8)) if what.isdigit() else _ESCAPES.get(what, what)


def _state(word: str) -> State:
    if word[0] in "-!":
        return word[1:], word[0]
    name, equals, value = word.partition("=")
    return name, value if equals else "+"


def _raw(folder: str) -> bytes:
    return path_bytes(folder) + b"/" if folder else b""
