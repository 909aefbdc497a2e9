"""Compares the functions of a change before and after."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from reviewer.domain.change import FileChange, Side, Snapshot
from reviewer.domain.complexity import ComplexityEvidence, FunctionChange, UnmeasuredFile
from reviewer.errors import RepositoryError
from reviewer.evidence.complexity.functions import FileFunctions, Function, read_functions
from reviewer.evidence.complexity.pairs import only_once, paired
from reviewer.evidence.complexity.rows import row_of
from reviewer.evidence.syntax.languages import grammar_of, language_of, tags_of
from reviewer.evidence.workspace import SUBMODULE_MODE, SYMLINK_MODE, Workspace

UNMEASURED_LANGUAGES = frozenset({"shell", "sql", "vue", "svelte", "lua", "elixir", "dart"})
"""Known to hold functions, which nobody here finds."""
_NO_FILE = ("000000", SYMLINK_MODE, SUBMODULE_MODE)


def collect_complexity(snapshot: Snapshot, workspace: Workspace) -> ComplexityEvidence:
    """Every function whose measure the change sets or alters.

    Functions are paired over the whole change: by file and name, then by what is in them, then by a name that was
    taken away in one place and brought in another. What is left at the head is new.
    """
    read = {file.path: found for file in snapshot.files if (found := _read(file, workspace)) is not None}
    before = [function for found in read.values() for function in found.before]
    after = [function for found in read.values() for function in found.after]
    pairs = _pairs(after, before)
    return ComplexityEvidence(
        functions=tuple(_changes(after, pairs)),
        unmeasured=tuple(
            UnmeasuredFile(path=file.path, reason=reason)
            for file in snapshot.files
            if file.path in read and (reason := _unknown(file, read[file.path], pairs))
        ),
        not_counted=tuple(file.path for file in snapshot.files if _is_not_counted(file)),
    )


def _read(file: FileChange, workspace: Workspace) -> FileFunctions | None:
    """None for a file of no measured language."""
    try:
        before = _content(file.path_at_base, file.old_mode, Side.BASE, workspace)
        after = _content(file.path, file.new_mode, Side.HEAD, workspace)
    except RepositoryError as error:
        known = grammar_of(file.path) or tags_of(file.path)
        return FileFunctions(problem=str(error)) if known else None
    if before == after:
        return None
    grammar = grammar_of(file.path) or tags_of(file.path, after if after is not None else before or b"")
    row = row_of(grammar.language) if grammar else None
    return None if grammar is None or row is None else read_functions(file.path, before, after, grammar, row)


def _content(path: str, mode: str, side: Side, workspace: Workspace) -> bytes | None:
    if mode in _NO_FILE or (grammar_of(path) or tags_of(path)) is None:
        return None
    return workspace.read(path, side)


def _is_not_counted(file: FileChange) -> bool:
    return file.new_mode not in _NO_FILE and language_of(file.path) in UNMEASURED_LANGUAGES


def _pairs(after: Sequence[Function], before: Sequence[Function]) -> dict[Function, Function]:
    """What belongs together; of what is left, names count that only one function has on each side."""
    near = paired(
        after,
        before,
        [
            lambda one: (one.path, one.qualified_name, one.content),
            lambda one: (one.path, one.qualified_name, one.signature) if one.name else None,
            lambda one: (one.path, one.qualified_name),
            lambda one: one.content if one.name else None,
        ],
    )
    known = {*near, *near.values()}
    new = [one for one in after if one.name and one not in known]
    gone = [one for one in before if one.name and one not in known]
    new_name, gone_name = only_once(new, _name), only_once(gone, _name)
    moved = paired([one for one in new if new_name(one)], [one for one in gone if gone_name(one)], [_name])
    return {**near, **moved}


def _name(function: Function) -> str:
    return function.name


def _changes(after: Iterable[Function], pairs: dict[Function, Function]) -> Iterator[FunctionChange]:
    for function in sorted(after, key=lambda one: (one.path, one.line)):
        before = pairs.get(function)
        if before is None or before.measure != function.measure:
            yield FunctionChange(
                path=function.path,
                name=function.qualified_name,
                line=function.line,
                before=before.measure if before else None,
                after=function.measure,
            )


def _unknown(file: FileChange, found: FileFunctions, pairs: dict[Function, Function]) -> str | None:
    """Why the measures of a file may be wrong in what the change touches."""
    if found.problem:
        return found.problem
    for function in found.after:
        before = pairs.get(function)
        # What was not understood before either, and is the same, makes no difference.
        if Counter(function.garbled) != Counter(before.garbled if before else ()):
            return f"line {function.line}: {function.qualified_name} is not understood by the grammar"
    added = file.added_at
    for first, last in found.garbled:
        at = bisect_left(added, first)
        if at < len(added) and added[at] <= last:
            return f"line {first}: not understood by the grammar"
    return None
