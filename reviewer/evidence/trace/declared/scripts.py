"""Scripts of Python packages: pyproject.toml, setup.cfg, setup.py."""

import re
from collections.abc import Iterator, Sequence
from posixpath import basename

from reviewer.domain.entry_point import EntrySort
from reviewer.evidence.trace.declared.entry import DeclaredEntry, declared
from reviewer.evidence.trace.entry_labels import MAX_LINE

_SECTION = re.compile(r"\s*\[+\s*(?P<name>[^\]]+?)\s*\]+\s*(?:#.*)?$")
_SCRIPT = re.compile(r"""["']?(?P<label>[\w.-]+)["']?\s*=\s*["']?(?P<module>[\w.]+):(?P<name>[\w.]+)""")
_SCRIPTS = re.compile(r"(?:project|tool\.poetry)\.(?:gui-)?scripts$")
_LISTED = re.compile(r"""\s*["']?(?:console|gui)_scripts["']?\s*[=:]""")
_OTHER = re.compile(r"""\s*["']?[\w.]+["']?\s*[=:]\s*(?:\[|$)""")


def python_scripts(path: str, lines: Sequence[str]) -> Iterator[DeclaredEntry]:
    """`name = module:function` below a heading for scripts; plug-ins are declared alike, under other headings."""
    has_sections = basename(path) != "setup.py"
    inside = False
    for number, text in enumerate(lines, start=1):
        line = text[:MAX_LINE]
        section = _SECTION.match(line) if has_sections else None
        if section:
            inside = bool(_SCRIPTS.match(section["name"]))
        elif _LISTED.match(line):
            inside = True
        elif _OTHER.match(line) or line.strip() in ("]", "],", "}"):
            inside = False
        found = _SCRIPT.search(line) if inside and not line.lstrip().startswith("#") else None
        if found:
            target = f"{found['module']}:{found['name']}"
            yield from declared(target, EntrySort.COMMAND, found["label"], path, lines, number)
