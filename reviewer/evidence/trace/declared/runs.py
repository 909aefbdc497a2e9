"""Programs that a container, a process list, a workflow or a make file starts, one row a kind of file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from posixpath import basename, join, normpath

from reviewer.domain.entry_point import EntrySort
from reviewer.evidence.trace.declared.entry import DeclaredEntry, declared
from reviewer.evidence.trace.entry_labels import MAX_LINE

_OPTIONS = r"(?:-[A-Za-ln-zW]\S*\s+)*"
_STARTS = (
    rf"\bpython[\d.]*\s+{_OPTIONS}(?P<file>[\w./-]+\.py)\b",
    rf"\bpython[\d.]*\s+{_OPTIONS}-m\s+(?P<module>[A-Za-z_][\w.]*)",
    r"\b(?:gunicorn|uvicorn|hypercorn|daphne|waitress-serve)\s(?:.*\s)?(?P<module>[A-Za-z_][\w.]*):(?P<name>\w+)",
    r"\b(?:node|ts-node|tsx|bun)\s+(?:-\S+\s+)*(?P<file>[\w./-]+\.[cm]?[jt]sx?)\b",
    r"\bruby\s+(?:-\S+\s+)*(?P<file>[\w./-]+\.rb)\b",
    r"(?:^|[\s;&|])(?:\./)?(?P<file>[\w.-]+(?:/[\w.-]+)*\.(?:py|rb|[cm]?js))(?=$|[\s;&|])",
)
"""How a program of the repository is started; the last one is the bare file."""
_PROGRAM = re.compile(r"python|corn|daphne|waitress|node|bun|tsx|ruby|\.(?:py|rb|[cm]?js)\b")
"""What stands in every line that starts one."""
_QUOTING = re.compile(r"""["',\[\]]+""")


@dataclass(frozen=True)
class Runs:
    """How one kind of file says that it starts a program."""

    sort: EntrySort
    label: str
    """With `{file}`, the file's own name, and `{what}`."""
    path: str
    line: str
    """What stands before the command, perhaps with a group `what`; the command is searched behind it."""
    heading: str = ""
    """A line above that gives `what`."""


RUNS = (
    Runs(
        EntrySort.JOB,
        "workflow {file}: {what}",
        r"(?:^|/)\.github/workflows/[^/]+\.ya?ml$",
        r"\s*(?:-\s+)?(?:run:\s*)?(?!\s*(?:-\s+)?(?:name|uses|if|path|paths|with|key):)",
        heading=r"\s*(?:-\s+)?name:\s*(?P<what>.+)",
    ),
    Runs(
        EntrySort.MAIN,
        "container {file}",
        r"(?:^|/)(?:[\w.-]+\.)?(?:Dockerfile|Containerfile)(?:\.[\w-]+)?$",
        r"\s*(?:CMD|ENTRYPOINT)\b",
    ),
    Runs(EntrySort.MAIN, "process {what}", r"(?:^|/)Procfile(?:\.(?!md|rst|txt)\w+)?$", r"(?P<what>[\w-]+):"),
    Runs(
        EntrySort.COMMAND,
        "make {what}",
        r"(?:^|/)(?:GNUm|M|m)akefile$",
        r"\t[@-]*",
        heading=r"(?P<what>[\w./-]+)\s*:(?!=)",
    ),
    Runs(
        EntrySort.JOB,
        "cron {file}",
        r"(?:^|/)(?:crontab|[\w.-]+\.cron)$|(?:^|/)cron\.d/[^/]+$",
        r"\s*(?:@\w+|(?:[\d*/,-]+\s+){4}[\w*/,-]+)\s",
    ),
)


def program_starts(path: str, lines: Sequence[str], runs: Runs, folder: str) -> Iterator[DeclaredEntry]:
    """What the file starts; `folder` is where its commands run."""
    what = ""
    for number, text in enumerate(lines, start=1):
        line = text[:MAX_LINE]
        if runs.heading and (heading := re.match(runs.heading, line)):
            what = heading["what"].strip().strip("\"'")
        is_code = _PROGRAM.search(line) and not line.lstrip().startswith("#")
        before = re.match(runs.line, line) if is_code else None
        target = _target(_QUOTING.sub(" ", line[before.end() :]), folder) if before else None
        if before is None or target is None:
            continue
        groups = {"file": basename(path), "what": what, **before.groupdict()}
        label = runs.label.format(**groups).rstrip(": ")
        yield from declared(target, runs.sort, label, path, lines, number)


def _target(command: str, folder: str) -> str | None:
    for start in _STARTS:
        if found := re.search(start, command):
            groups = found.groupdict()
            if groups.get("file"):
                return normpath(join(folder, groups["file"]))
            return f"{groups['module']}:{groups.get('name', '')}"
    return None
