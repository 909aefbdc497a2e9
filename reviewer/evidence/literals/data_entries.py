"""Entries of data files with their dotted key path and place: YAML, JSON, TOML, properties, .po, .strings, .env."""

import json
import re
from collections.abc import Iterator
from itertools import count

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reviewer.evidence.literals.piece import LineStarts, Piece, PieceKind

_MAX_PARSED = 60_000
"""Characters of YAML given to the parser, which reads about 250,000 a second; above that lines are read."""
_MAX_DEPTH = 60
_MAX_NODES = 20_000
"""Nodes of YAML that are gone through; aliases of aliases lead to exponentially many."""


def entries_of(path: str, text: str, lines: LineStarts) -> tuple[list[Piece], str | None]:
    """The entries in order, and why not all could be told; None when they could."""
    extension = path.rsplit(".", 1)[-1].lower()
    if extension in ("yml", "yaml"):
        return _yaml(text, lines)
    if extension in ("json", "arb", "json5", "webmanifest"):
        return _json(text, lines)
    if extension in ("po", "pot"):
        return list(_po(text, lines)), None
    if extension in ("xml", "resx", "xlf"):
        return list(_xml(text, lines)), None
    return list(_by_lines(extension, text, lines)), None


_XML = re.compile(
    r"<(?:string|entry|data|item|property)\s[^<>]*?\b(?:name|key)=\"(?P<key>[^\"]+)\"[^<>]*>(?:\s*<value>)?(?P<value>[^<]+)<"
)


def _xml(text: str, lines: LineStarts) -> Iterator[Piece]:
    for match in _XML.finditer(text):
        if match["value"].strip():
            yield _entry(match["key"], match["value"].strip(), *match.span("value"), lines)


def _entry(key: str, value: str, start: int, end: int, lines: LineStarts) -> Piece:
    return Piece(PieceKind.ENTRY, value, start, end, lines.line(start), lines.line(max(start, end - 1)), key)


def _yaml(text: str, lines: LineStarts) -> tuple[list[Piece], str | None]:
    if len(text) > _MAX_PARSED:
        return list(
            _yaml_lines(text, lines)
        ), f"{len(text)} characters, limit {_MAX_PARSED}: read line by line"
    try:
        roots = list(YAML(typ="safe", pure=True).compose_all(text))
    except (YAMLError, RecursionError, ValueError) as error:
        reason = str(error).split("\n", 1)[0]
        return list(_yaml_lines(text, lines)), f"no YAML that the parser reads ({reason}): read line by line"
    found: list[Piece] = []
    visits = count()
    for root in roots:
        _collect(root, (), found, lines, set(), visits)
    too_many = next(visits) >= _MAX_NODES
    return found, f"more than {_MAX_NODES} entries by way of aliases" if too_many else None


def _collect(
    node: Node,
    path: tuple[str, ...],
    found: list[Piece],
    lines: LineStarts,
    above: set[int],
    visits: Iterator[int],
) -> None:
    """An alias that leads back to a node around it ends there, and all does after too many visits."""
    if len(path) > _MAX_DEPTH or id(node) in above or next(visits) >= _MAX_NODES:
        return
    if isinstance(node, ScalarNode):
        found.append(
            _entry(".".join(path), str(node.value), node.start_mark.index, node.end_mark.index, lines)
        )
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            name = str(key.value) if isinstance(key, ScalarNode) else "?"
            _collect(value, (*path, name), found, lines, above | {id(node)}, visits)
    elif isinstance(node, SequenceNode):
        for at, value in enumerate(node.value):
            _collect(value, (*path, str(at)), found, lines, above | {id(node)}, visits)


_YAML_LINE = re.compile(
    r"^(?P<indent> *)(?P<key>[\w./@-]+|\"[^\"]+\"|'[^']+'):(?:[ \t]+(?P<value>\S.*?))?[ \t\r]*$", re.MULTILINE
)


def _yaml_lines(text: str, lines: LineStarts) -> Iterator[Piece]:
    """Keys and values of plain nested mappings; folded values keep their first line's key."""
    stack: list[tuple[int, str]] = []
    matches = list(_YAML_LINE.finditer(text))
    for at, match in enumerate(matches):
        indent = len(match["indent"])
        while stack and stack[-1][0] >= indent:
            stack.pop()
        stack.append((indent, match["key"].strip("\"'")))
        value = match["value"]
        if value is None or value.startswith("#"):
            continue
        end = match.end("value")
        if value[0] in "|>":
            end = matches[at + 1].start() if at + 1 < len(matches) else len(text)
            value = text[match.end("value") : end]
        yield _entry(
            ".".join(key for _, key in stack), value.strip().strip("\"'"), match.start("value"), end, lines
        )


_JSON_PART = re.compile(
    r'"(?:[^"\\\n]|\\.)*"|[{}\[\],:]|-?\d[\d.eE+-]*|true|false|null|//[^\n]*|/\*[\s\S]*?\*/'
)


def _json(text: str, lines: LineStarts) -> tuple[list[Piece], str | None]:
    """A scan of parts that keeps places; comments, as some JSON files have them, are passed over."""
    found: list[Piece] = []
    stack: list[str | int] = []
    waiting: str | None = None
    for match in _JSON_PART.finditer(text):
        part = match.group()
        if part in "{[":
            stack.append(waiting if waiting is not None else _next_index(stack))
            stack.append(0 if part == "[" else -1)  # -1: an object
            waiting = None
        elif part in "}]":
            del stack[-2:]
        elif part in ",:" or part.startswith("/"):
            continue
        elif stack and stack[-1] == -1 and waiting is None:
            waiting = _unquoted(part)
        else:
            name = waiting if waiting is not None else _next_index(stack)
            path = [str(name) for name in stack[2::2]] + [str(name)]
            found.append(_entry(".".join(path), _unquoted(part), *match.span(), lines))
            waiting = None
        if len(stack) > 2 * _MAX_DEPTH:
            return found, f"nested deeper than {_MAX_DEPTH} levels"
    return found, None


def _next_index(stack: list[str | int]) -> str:
    if stack and isinstance(stack[-1], int) and stack[-1] >= 0:
        stack[-1] += 1
        return str(stack[-1] - 1)
    return ""


def _unquoted(token: str) -> str:
    if not token.startswith('"'):
        return token
    if "\\" not in token:
        return token[1:-1]
    try:
        return str(json.loads(token))
    except ValueError:
        return token[1:-1]


_PO = re.compile(
    r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)[ \t]+((?:"(?:[^"\\\n]|\\.)*"\s*)+)', re.MULTILINE
)


def _po(text: str, lines: LineStarts) -> Iterator[Piece]:
    """The key of each text is its `msgid`; the `msgid` itself is an entry too."""
    key = ""
    for match in _PO.finditer(text):
        value = "".join(_unquoted(part) for part in re.findall(r'"(?:[^"\\\n]|\\.)*"', match.group(2)))
        if match.group(1) == "msgid":
            key = value
        if value:
            end = match.start(2) + len(match.group(2).rstrip())
            yield _entry(key, value, match.start(2), end, lines)


_SECTION = re.compile(r"^[ \t]*\[+([^\]\n]+)\]+[ \t]*(?:#.*)?$")
_PAIR = re.compile(
    r"^[ \t]*(?:export[ \t]+)?(?P<key>\"[^\"]+\"|[\w.$/-]+)[ \t]*[=:][ \t]*(?P<value>.*?);?[ \t\r]*$"
)


def _by_lines(extension: str, text: str, lines: LineStarts) -> Iterator[Piece]:
    """`key = value` lines, with sections where the format has them; a trailing backslash goes on."""
    section = ""
    at = 0
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        if line.lstrip().startswith(("#", "!", "//", ";", "/*")):
            continue
        header = _SECTION.match(line) if extension in ("toml", "ini", "cfg", "conf") else None
        if header:
            section = header.group(1).strip() + "."
        elif pair := _PAIR.match(line):
            value = pair["value"].strip("\"'")
            key = section + pair["key"].strip('"')
            yield _entry(
                key,
                value,
                start + pair.start("value"),
                start + max(pair.end("value"), pair.start("value") + 1),
                lines,
            )
