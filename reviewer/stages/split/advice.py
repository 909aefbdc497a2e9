"""Why a part stays above the limits, and what its author can do instead of a cut."""

from collections.abc import Sequence

from reviewer.domain.change import FileChange, FileStatus, UnitKind
from reviewer.domain.split_plan import SplitReason
from reviewer.evidence.literals.roles import is_foreign
from reviewer.policy import Policy
from reviewer.stages.split.groups import Group
from reviewer.stages.split.kinds import looks_generated
from reviewer.stages.split.reading import ChangedCode

_NOT_COUNTED = (
    "if it is, have it listed under paths.generated of the policy first, in a change of its own:"
    " it does not count then"
)


def advice(group: Group, why: Sequence[SplitReason], code: ChangedCode, policy: Policy) -> str:
    """One text for a group that is above the limits."""
    files = {weight.file.path: weight.file for weight in group.weights}
    counted = [files[path] for path in sorted(group.counted_paths)]
    if len(counted) == 1:
        return _one_file(counted[0], group, code, policy)
    over = _over(group, policy)
    if all(is_foreign(file.path) or looks_generated(file.path) for file in counted):
        return f"{over}; its files look made by a tool or taken from others: {_NOT_COUNTED}."
    if all(file.status is FileStatus.RENAMED for file in counted):
        return (
            f"{over}; files that name each other move at once. Leave the old paths in place, forwarding to the new"
            " ones, then move folder by folder and take the old paths away last."
        )
    first = f" ({why[0].text})" if why else ""
    if all(file.status is FileStatus.ADDED for file in counted):
        return (
            f"{over}; its files are all new and need each other{first}. Begin with smaller ones that work"
            " together, and add to them in further parts."
        )
    return (
        f"{over}; its files need each other{first}. Bring in the new beside the old, move its uses in parts, and take"
        " the old away last."
    )


def _one_file(file: FileChange, group: Group, code: ChangedCode, policy: Policy) -> str:
    over = f"{file.path}: {_over(group, policy)}"
    if any(unit.kind is UnitKind.OVERSIZED for unit in file.units):
        return f"{file.path} is too large to be read, so nobody can tell what it changes; keep it out of the change."
    if is_foreign(file.path) or looks_generated(file.path):
        return f"{over}; it looks made by a tool or taken from others: {_NOT_COUNTED}."
    if file.status is FileStatus.DELETED:
        return f"{over}, and the file only goes. Let an owner approve this part by hand: there is nothing to cut."
    if file.status is FileStatus.ADDED:
        return f"{over}, and the file is new. {_new_file(file, code)}"
    return (
        f"{over}, in hunks that cannot go one by one. Change it in several commits that each work, for example first"
        " by moving code without changing it."
    )


def _new_file(file: FileChange, code: ChangedCode) -> str:
    reading = code.by_path[file.path]
    top = [found for found in (reading.new.definitions if reading.new else ()) if found.owner is None]
    if len(top) > 1:
        middle = top[len(top) // 2]
        return (
            f"It defines {len(top)} things at its top: begin with a file up to line {middle.first_line - 1}, before"
            f" {middle.name}, and add the rest in further parts."
        )
    return (
        "Begin with a smaller file that works by itself;"
        " or have its path listed as generated, if a tool makes it."
    )


def _over(group: Group, policy: Policy) -> str:
    size = policy.size
    told = []
    if group.lines > size.max_changed_lines:
        told.append(f"{group.lines} changed lines, limit {size.max_changed_lines}")
    if len(group.counted_paths) > size.max_files:
        told.append(f"{len(group.counted_paths)} files, limit {size.max_files}")
    return " and ".join(told) or "of unknown size"
