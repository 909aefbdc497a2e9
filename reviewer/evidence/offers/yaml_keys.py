"""Key paths of a YAML file, read line by line: no values, so a large file costs little."""

import re
from collections.abc import Iterator

_LINE = re.compile(r"^(?P<indent>[ ]*)(?P<dash>(?:-[ ]+)*)(?P<rest>\S.*)$", re.MULTILINE)
_KEY = re.compile(
    r"(?P<key>\"[^\"\n]+\"|'[^'\n]+'|[^\s#:{}\[\],&*!|>'\"%@`-][^#:{}\[\],\n]*?|<<)[ ]*:(?:[ ]+(?P<value>.*))?$"
)
_FLOW_KEY = re.compile(r"[{,]\s*[\"']?(?P<key>[\w.-]+)[\"']?\s*:")
_BLOCK = re.compile(r"^[|>][-+\d]*\s*(?:#.*)?$")


def yaml_keys(text: str) -> Iterator[tuple[str, int]]:
    """Each key path with the character its key begins at, in order; lists add no part, flow mappings one level.

    Text below `|` or `>` is no key.
    """
    stack: list[tuple[int, str]] = []
    block: int | None = None
    for match in _LINE.finditer(text):
        indent = len(match["indent"]) + len(match["dash"])
        if block is not None and len(match["indent"]) > block:
            continue
        block = None
        found = _KEY.match(match["rest"].rstrip())
        if not found or match["rest"].startswith("#"):
            continue
        while stack and stack[-1][0] >= indent:
            stack.pop()
        stack.append((indent, found["key"].strip("\"'")))
        path = ".".join(key for _, key in stack)
        yield path, match.start("rest")
        value = (found["value"] or "").strip()
        if _BLOCK.match(value):
            block = indent
        for flow in _FLOW_KEY.finditer(value) if value.startswith("{") else ():
            yield f"{path}.{flow['key']}", match.start("rest")
