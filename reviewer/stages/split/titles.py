"""Titles of parts, told from paths and definitions; nothing that people wrote about the change is read."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from posixpath import basename, dirname

from reviewer.domain.change import FileChange, FileStatus
from reviewer.evidence.syntax.parsed import Definition
from reviewer.stages.split.groups import Group
from reviewer.stages.split.kinds import Kind, kind_at
from reviewer.stages.split.reading import ChangedCode

_NAMED = 2
_LONGEST = 100
_FOLDERS_TOLD = 2


def title(groups: Sequence[Group], code: ChangedCode) -> str:
    """`area: what`, for example `shop/orders: add Order and Price, with 2 tests`."""
    weights = {weight.file.path: weight for group in groups for weight in group.weights}
    files = [weight.file for weight in weights.values()]
    main = _main_files([weight.file for weight in weights.values() if weight.counted] or files)
    units = {unit for group in groups for unit in group.units}
    tests = sum(kind_at(file.path) is Kind.TESTS for file in files)
    told = f"{_area(main)}: {_what(main, units, code)}"
    if tests and kind_at(main[0].path) is not Kind.TESTS:
        with_tests = f"{told}, with {tests} test {'file' if tests == 1 else 'files'}"
        told = with_tests if len(with_tests) <= _LONGEST else told
    return told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…"


def _main_files(files: Sequence[FileChange]) -> list[FileChange]:
    """The files that the part is about: code before migrations, these before tests and documents."""
    for kind in (Kind.CODE, Kind.MIGRATIONS, Kind.TESTS, Kind.DOCS):
        chosen = [file for file in files if kind_at(file.path) is kind]
        if chosen:
            return chosen
    return list(files)


def _area(files: Sequence[FileChange]) -> str:
    """`migrations`, `tests` and `docs` by kind, with the folder where most of their lines change."""
    kind = kind_at(files[0].path)
    lines: Counter[str] = Counter()
    for file in files:
        lines[dirname(file.path)] += file.added_lines + file.deleted_lines + 1
    folder = max(lines, key=lambda name: (lines[name], name))
    short = "/".join(folder.split("/")[-_FOLDERS_TOLD:])
    if kind is Kind.CODE:
        return short or "top"
    return f"{kind} {short}" if short and short != kind else str(kind)


def _what(files: Sequence[FileChange], units: Collection[str], code: ChangedCode) -> str:
    status = {file.status for file in files}
    names = _names(files)
    if status == {FileStatus.RENAMED} and all(file.added_lines + file.deleted_lines == 0 for file in files):
        return f"move {_listed(names)}"
    if status == {FileStatus.DELETED}:
        return f"remove {_listed(names)}"
    readings = [code.by_path[path] for path in sorted(file.path for file in files)]
    if added := _defined((found for file in readings for found in file.new_definitions), units):
        return f"add {_listed(added)}"
    if status == {FileStatus.ADDED}:
        return f"add {_listed(names)}"
    gone = _defined((found for file in readings for found in file.gone_definitions), units)
    return f"remove {_listed(gone)}" if gone else f"change {_listed(names)}"


def _names(files: Sequence[FileChange]) -> list[str]:
    """Names of the files, those that change most first; with their folder where two have one name."""
    ordered = sorted(files, key=lambda file: (-(file.added_lines + file.deleted_lines), file.path))
    often = Counter(basename(file.path) for file in ordered)
    return [
        basename(file.path) if often[basename(file.path)] == 1 else "/".join(file.path.split("/")[-2:])
        for file in ordered
    ]


def _defined(found: Iterable[tuple[Definition, str]], units: Collection[str]) -> list[str]:
    """Names of those of `units`: what stands at the top of its file, the longest first, else members."""
    inside = sorted(
        (definition.owner is not None, definition.first_line - definition.last_line, _short(definition))
        for definition, unit in found
        if unit in units
    )
    top = [name for is_member, _, name in inside if not is_member]
    return list(dict.fromkeys(top or [name for _, _, name in inside]))


def _short(definition: Definition) -> str:
    """`Owner.name` without what is around the owner."""
    return ".".join(definition.qualified_name.split(".")[-2:]) if definition.owner else definition.name


def _listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and 3 more`."""
    left = len(names) - _NAMED
    if left > 0:
        return f"{', '.join(names[:_NAMED])} and {left} more"
    return " and ".join(names)
