"""Reads Rails' files of routes: which action of which controller answers a request.

Read by indentation, line by line, as such files are written. What an expression computes is not worked out.

Source: the Rails guide "Rails Routing from the Outside In".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reviewer.domain.entry_point import EntrySort
from reviewer.evidence.trace.declared.entry import DeclaredEntry, declared
from reviewer.evidence.trace.entry_labels import MAX_LINE

_NAME = r"""[:"'](?P<name>[\w/:.*()-]*)["']?"""
_OPTION = r"""\b{}(?::|\s*=>)\s*(?P<value>\[[^\]]*\]|%[iw][\[(][^\])]*|[:"'][^"',\s)\]]+)"""
_WORD = re.compile(r"(?<!%)\b\w+")
_VERB = re.compile(rf"(?P<verb>get|post|put|patch|delete|match)\b[ (]+{_NAME}")
_TARGET = re.compile(r"""(?:\bto:|=>)\s*(?:["'](?P<target>/?[\w/]+#\w+)["']|:(?P<action>\w+))""")
_ROOT = re.compile(r"""root\b[ (]+(?:to:\s*|:to\s*=>\s*)?["'](?P<target>[\w/]+#\w+)["']""")
_RESOURCES = re.compile(r"(?P<kind>resources?)\b[ (]+(?P<names>:\w+(?:\s*,\s*:\w+(?!\s*=>))*)")
_INSIDE = re.compile(
    r"(?P<kind>namespace|scope|controller|member|collection|concern)\b[ (]*(?:" + _NAME + ")?"
)
_CONTINUES = re.compile(r",\s*(?:#.*)?$")
_MAX_JOINED = 20

_MANY = {
    "index": ("GET", ""),
    "create": ("POST", ""),
    "new": ("GET", "/new"),
    "edit": ("GET", "/:id/edit"),
    "show": ("GET", "/:id"),
    "update": ("PATCH", "/:id"),
    "destroy": ("DELETE", "/:id"),
}
_ONE = {
    action: (verb, path.replace("/:id", "")) for action, (verb, path) in _MANY.items() if action != "index"
}


@dataclass(frozen=True)
class _Frame:
    """What a block adds to the routes in it."""

    indent: int = -1
    module: str = ""
    path: str = ""
    controller: str = ""
    collection: str = ""
    """The path of the resource whose block this is."""
    member: str = ""
    """The path of one of them."""
    is_apart: bool = False
    """A concern: its routes stand wherever it is named."""


def rails_routes(path: str, lines: Sequence[str]) -> Iterator[DeclaredEntry]:
    """Routes whose controller and action are written out or follow from `resources`."""
    frames = [_Frame()]
    for number, indent, line in _statements(lines):
        while frames[-1].indent >= indent:
            frames.pop()
        around = frames[-1]
        for target, label in () if around.is_apart else _routes(line, around):
            yield from declared(target, EntrySort.ROUTE, label, path, lines, number)
        if re.search(r"\bdo\b\s*(?:\|.*)?$", line):
            frames.append(replace(_inner(line, around), indent=indent))


def _statements(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Line number, indentation and text; what ends in a comma goes on with the next line."""
    number = 0
    while number < len(lines):
        first, text = number + 1, lines[number][:MAX_LINE]
        while _CONTINUES.search(text) and number + 1 < min(len(lines), first + _MAX_JOINED):
            number += 1
            text = f"{text.rstrip()} {lines[number].strip()[:MAX_LINE]}"
        number += 1
        line = text.strip()
        if line and not line.startswith("#"):
            yield first, len(text) - len(text.lstrip()), line


def _routes(line: str, around: _Frame) -> Iterator[tuple[str, str]]:
    """Target and label of each route that a statement makes."""
    if found := _ROOT.match(line):
        yield _below(around.module, found["target"]), f"GET {around.path or '/'}"
    elif found := _VERB.match(line):
        yield from _route(found, line, around)
    elif found := _RESOURCES.match(line):
        for name in re.findall(r"\w+", found["names"]):
            frame = _resource(name, line, around, is_many=found["kind"] == "resources")
            table = _MANY if found["kind"] == "resources" else _ONE
            for action in _chosen(table, line):
                verb, end = table[action]
                yield _below(frame.module, f"{frame.controller}#{action}"), f"{verb} {frame.collection}{end}"


def _route(found: re.Match[str], line: str, around: _Frame) -> Iterator[tuple[str, str]]:
    named = _TARGET.search(line)
    name = found["name"].strip("/")
    controller = _option(line, "controller") or around.controller
    action = (named and named["action"]) or _option(line, "action")
    if named and named["target"]:
        target = named["target"]
    elif action or (controller and re.fullmatch(r"\w+", name)):
        target = f"{controller}#{action or name}" if controller else ""
    else:
        target = name.replace("/", "#") if re.fullmatch(r"\w+/\w+", name) else ""
    if target:
        bases = {"member": around.member, "collection": around.collection}
        base = bases.get(_option(line, "on"), around.path)
        yield _below(around.module, target), f"{_verbs(found['verb'], line)} {base}/{name}".rstrip("/")


def _verbs(verb: str, line: str) -> str:
    via = _WORD.findall(_value(line, "via")) if verb == "match" else [verb]
    return ",".join(via).upper() or "ANY"


def _inner(line: str, around: _Frame) -> _Frame:
    """The frame of the block that a statement opens."""
    if found := _RESOURCES.match(line):
        name = re.findall(r"\w+", found["names"])[0]
        return _resource(name, line, around, is_many=found["kind"] == "resources")
    found = _INSIDE.match(line)
    if found is None:
        return around
    kind, name = found["kind"], (found["name"] or "").strip("/")
    if kind in ("member", "collection"):
        return replace(around, path=around.member if kind == "member" else around.collection)
    if kind == "concern":
        return replace(around, is_apart=True)
    if kind == "controller":
        return replace(around, controller=name)
    module = _option(line, "module") or (name if kind == "namespace" else "")
    return replace(
        around,
        module=_below(around.module, module),
        path=_deeper(around.path, _option(line, "path") or name),
        controller=_option(line, "controller") or around.controller,
    )


def _resource(name: str, line: str, around: _Frame, *, is_many: bool) -> _Frame:
    path = _deeper(around.path, _option(line, "path") or name)
    key = _option(line, "param") or "id"
    return _Frame(
        module=_below(around.module, _option(line, "module")),
        path=f"{path}/:{_one(name)}_{key}" if is_many else path,
        controller=_option(line, "controller") or (name if is_many else _many(name)),
        collection=path,
        member=f"{path}/:{key}" if is_many else path,
    )


def _chosen(table: dict[str, tuple[str, str]], line: str) -> list[str]:
    only, but = _value(line, "only"), _value(line, "except")
    kept = _WORD.findall(only) if only else list(table)
    left_out = _WORD.findall(but) if but else []
    return [action for action in table if action in kept and action not in left_out]


def _option(line: str, name: str) -> str:
    return _value(line, name).strip(":\"'")


def _value(line: str, name: str) -> str:
    found = re.search(_OPTION.format(name), line)
    return found["value"] if found else ""


def _deeper(path: str, more: str) -> str:
    more = more.strip("/")
    return f"{path}/{more}" if more else path


def _below(outer: str, inner: str) -> str:
    if inner.startswith("/") and "#" in inner:
        return inner[1:]
    return "/".join(part for part in (outer, inner) if part)


def _many(name: str) -> str:
    if re.search(r"[^aeiou]y$", name):
        return f"{name[:-1]}ies"
    return f"{name}es" if re.search(r"(?:s|x|ch|sh)$", name) else f"{name}s"


def _one(name: str) -> str:
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")
