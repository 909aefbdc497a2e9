"""A split plan as markdown: one line a part, folded away, with what no cut brings under the limits."""

from collections.abc import Iterator

from reviewer.domain.split_plan import SplitFile, SplitPart, SplitPlan
from reviewer.stages.publish.escape import code_span, inline

PARTS_SHOWN = 40
FILES_SHOWN = 5
CUTS_SHOWN = 3


def split_plan(plan: SplitPlan) -> Iterator[str]:
    """The section; review.json holds all of it."""
    yield "### Split plan"
    yield ""
    yield "<details>"
    yield f"<summary>{_summary(plan)}</summary>"
    yield ""
    for number, part in enumerate(plan.parts[:PARTS_SHOWN], start=1):
        yield from _part(number, part)
    if len(plan.parts) > PARTS_SHOWN:
        yield f"and {len(plan.parts) - PARTS_SHOWN} more parts"
    yield ""
    yield from (f"- not looked at: {inline(cut)}" for cut in plan.cuts[:CUTS_SHOWN])
    if len(plan.cuts) > CUTS_SHOWN:
        yield f"- and {len(plan.cuts) - CUTS_SHOWN} more limits"
    yield ""
    yield "</details>"
    yield ""


def _summary(plan: SplitPlan) -> str:
    if not plan.parts:
        return "No plan could be made"
    above = len(plan.indivisible)
    told = f"{_count(len(plan.parts), 'part')}, each to be merged after the ones that it names"
    return f"{told}; {above} stay above the limits" if above else told


def _part(number: int, part: SplitPart) -> Iterator[str]:
    after = f", after {', '.join(map(str, part.depends_on))}" if part.depends_on else ""
    size = f"{_count(part.changed_lines, 'changed line')}, {_count(part.counted_files, 'file')}{after}"
    yield f"{number}. **{inline(part.title)}**: {size}"
    more = f" and {len(part.files) - FILES_SHOWN} more" if len(part.files) > FILES_SHOWN else ""
    paths = (_path(file) for file in part.files[:FILES_SHOWN])
    yield f"   - {', '.join(paths)}{more}"
    if part.indivisible is not None:
        yield f"   - above the limits: {inline(part.indivisible)}"
    if part.why:
        yield f"   - {inline(part.why[0].text)}"


def _path(file: SplitFile) -> str:
    is_all = file.whole and len(file.units) == 1
    return code_span(file.path) if is_all else f"{code_span(file.path)} ({_count(len(file.units), 'unit')})"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
