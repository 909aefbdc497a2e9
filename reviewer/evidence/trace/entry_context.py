"""What is looked at to tell an entry point: decorators, signature and class of a definition, taken from its lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.trace.entry_labels import MAX_LINE
from reviewer.evidence.trace.origins import Origins

_MAX_HEAD_LINES = 60
_MAX_HEAD_CHARACTERS = 10_000
_LINES_ABOVE = 5
_CLASS_LINES = 20
_DECORATOR_LINES = 12
_MAX_FILE_CHARACTERS = 1_000_000
_NO_CODE = re.compile(r"\s*+(?:(?://|#)[^\n]*+\s*+)*+")
_DECORATOR = re.compile(r"@(?!interface\b)[\w.]++")
_OPENS = re.compile(r"[ \t]*\(")
_BRACKET_OR_STRING = re.compile(r"""[()]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`""")
_VISIBILITY = re.compile(r"\s*(private|protected|public)\s*(?:#.*)?$")
_PREFIX = re.compile(
    r"""@(?:RequestMapping|\w*Controller|Path)\s*\(\s*(?:\{?\s*)?(?:(?:value|path)\s*[=:]\s*\{?\s*)?["'`]([^"'`]*)"""
)
_OWN_PATH = re.compile(r'@Path\s*\(\s*(?:value\s*=\s*)?"([^"]*)"')


@dataclass(frozen=True)
class Decorator:
    """A decorator or annotation with its arguments."""

    line: int
    text: str


class Context:
    """A definition as its framework sees it. Everything is taken from lines, so that no grammar is needed."""

    def __init__(
        self,
        path: str,
        lines: Sequence[str],
        definition: Definition,
        owner: Definition | None,
        origins: Origins | None,
    ) -> None:
        self.path = path
        self.lines = lines
        self.definition = definition
        self._owner = owner
        self._origins = origins
        self._first = _with_decorators_above(lines, definition.first_line)
        self.decorators, head, self.head_line = _apart(
            _joined(lines, self._first, definition.signature_end), self._first
        )
        self.head = head.strip()

    def is_from(self, decorator: Decorator, source: str) -> bool:
        """False when the decorator is known to come from elsewhere than `source`."""
        if not source or self._origins is None:
            return True
        name, _, member = decorator.text[1:].partition("(")[0].strip().partition(".")
        return self._origins.may_lead_to(name, source) if member else self._origins.is_of(name, source)

    def is_built_on(self, base: str, source: str) -> bool:
        """False when a base class is known to come from elsewhere than `source`."""
        return self._origins is None or self._origins.may_lead_to(base.split(".", maxsplit=1)[0], source)

    @cached_property
    def above(self) -> str:
        """The lines right above."""
        return _joined(self.lines, max(1, self._first - _LINES_ABOVE), self._first - 1)

    @cached_property
    def owner(self) -> str:
        """The first lines of the class, decorators included; empty where there is none."""
        if self._owner is None:
            return ""
        last = max(self._owner.signature_end, min(self._owner.first_line + _CLASS_LINES, self._first - 1))
        return _joined(self.lines, _with_decorators_above(self.lines, self._owner.first_line), last)

    @cached_property
    def file(self) -> str:
        """The whole file, cut where it is too long to be looked at."""
        return "\n".join(self.lines)[:_MAX_FILE_CHARACTERS]

    @property
    def facts(self) -> dict[str, str]:
        """What labels can name, whatever the rule."""
        name, owner = self.definition.name, self.definition.owner or ""
        prefix = _PREFIX.search(self.owner)
        own = [found for each in self.decorators if (found := _OWN_PATH.match(each.text))]
        return {
            "name": name,
            "owner": owner.rsplit(".", 1)[-1],
            "command": name.replace("_", "-"),
            "prefix": prefix.group(1) if prefix else "",
            "route": own[0].group(1) if own else "",
        }

    @property
    def is_action(self) -> bool:
        """True for a Ruby method that anybody may call and that its class does not use as a callback."""
        name = re.escape(self.definition.name)
        line = self.lines[self.definition.first_line - 1]
        if self._owner is None or not re.match(rf"\s*def\s+{name}", line):
            return False
        uses = re.compile(
            rf"\s*(?:private|protected|helper_method|hide_action|\w+_(?:action|filter))\b.*:{name}\b"
        )
        return self._is_public(_indent(line)) and not any(uses.match(each[:MAX_LINE]) for each in self.lines)

    def _is_public(self, indent: int) -> bool:
        first = self._owner.first_line if self._owner else 0
        found = [
            match.group(1)
            for line in self.lines[first : self.definition.first_line - 1]
            if (match := _VISIBILITY.match(line)) and _indent(line) in (indent, indent - 2)
        ]
        return not found or found[-1] == "public"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _joined(lines: Sequence[str], first: int, last: int) -> str:
    """Lines `first` to `last`, each cut where nobody reads on, and not more of them than a signature has."""
    wanted = lines[first - 1 : min(last, first + _MAX_HEAD_LINES)]
    return "\n".join(line[:MAX_LINE] for line in wanted)[:_MAX_HEAD_CHARACTERS]


def _with_decorators_above(lines: Sequence[str], first: int) -> int:
    """The first line of the decorators right above; where the grammar counts them in, none are left there."""
    while (start := _decorator_start(lines, first - 1)) is not None:
        decorators, rest, _ = _apart(_joined(lines, start, first - 1), start)
        if not decorators or rest.strip():
            return first
        first = start
    return first


def _decorator_start(lines: Sequence[str], last: int) -> int | None:
    """The nearest line, from `last` upwards, that begins with a decorator."""
    near = range(last, max(0, last - _DECORATOR_LINES), -1)
    return next((line for line in near if _DECORATOR.match(lines[line - 1].lstrip())), None)


def _apart(text: str, first_line: int) -> tuple[tuple[Decorator, ...], str, int]:
    """The decorators at the beginning of `text`, what follows them, and the line where that begins."""
    found = []
    at = 0
    while match := _DECORATOR.match(text, at := _next_code(text, at)):
        start, at = at, _after_arguments(text, match.end())
        found.append(Decorator(first_line + text.count("\n", 0, start), text[start:at]))
    return tuple(found), text[at:], first_line + text.count("\n", 0, at)


def _next_code(text: str, at: int) -> int:
    """The next place that is neither blank nor a comment."""
    found = _NO_CODE.match(text, at)
    return found.end() if found else at


def _after_arguments(text: str, at: int) -> int:
    """Where the bracket that opens at `at` is closed; strings are passed over. `at` itself when none opens."""
    if not _OPENS.match(text, at):
        return at
    depth = 0
    for match in _BRACKET_OR_STRING.finditer(text, at):
        depth += {"(": 1, ")": -1}.get(match.group(), 0)
        if depth == 0:
            return match.end()
    return len(text)
