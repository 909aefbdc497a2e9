"""A split plan for a terminal: the parts in order, what is in each, and what no cut brings under the limits."""

import textwrap
from collections.abc import Iterator

from reviewer.domain.split_plan import SplitFile, SplitPart, SplitPlan

Line = tuple[str, str]
"""A rich style and a text. The text may hold anything that was reviewed: it is shown by `formats.one_line`."""

WIDTH = 110
FILES_SHOWN = 8
REASONS_SHOWN = 3


def split_report(plan: SplitPlan) -> Iterator[Line]:
    """The plan, line by line."""
    yield "bold", f"split plan, limits {plan.max_changed_lines} changed lines and {plan.max_files} files"
    for number, part in enumerate(plan.parts, start=1):
        yield from _part(number, part)
    for cut in plan.cuts:
        yield from _wrapped("dim", f"not looked at: {cut}", indent=2)


def _part(number: int, part: SplitPart) -> Iterator[Line]:
    after = f", after {', '.join(map(str, part.depends_on))}" if part.depends_on else ""
    size = f"{_count(part.changed_lines, 'changed line')}, {_count(part.counted_files, 'file')}{after}"
    yield "", f"  {number}. {part.title}"
    yield "dim", f"     {size}"
    if part.indivisible is not None:
        yield from _wrapped("yellow", f"above the limits: {part.indivisible}", indent=5)
    yield from (("dim", f"     {_file(file)}") for file in part.files[:FILES_SHOWN])
    if len(part.files) > FILES_SHOWN:
        yield "dim", f"     and {len(part.files) - FILES_SHOWN} more files"
    for reason in part.why[:REASONS_SHOWN]:
        yield from _wrapped("dim", f"because {reason.text}", indent=5)


def _file(file: SplitFile) -> str:
    units = "" if file.whole else f", {_count(len(file.units), 'hunk')} of it"
    return (
        f"{file.path}, {_count(file.changed_lines, 'line')}{'' if file.counted else ' (not counted)'}{units}"
    )


def _wrapped(style: str, text: str, *, indent: int) -> Iterator[Line]:
    pad = " " * indent
    flat = " ".join(text.split())
    for line in textwrap.wrap(flat, WIDTH, initial_indent=pad, subsequent_indent=pad, break_on_hyphens=False):
        yield style, line


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
