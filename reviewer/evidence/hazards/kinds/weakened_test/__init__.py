"""A test that catches less than before: gone, skipped, or without what it asserted."""

from collections.abc import Callable, Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.weakened_test import ecmascript, go, java, python, removed, ruby
from reviewer.evidence.hazards.kinds.weakened_test.assertions import Asserts, asserts_of
from reviewer.evidence.hazards.kinds.weakened_test.case import Case
from reviewer.evidence.hazards.paths import code_in
from reviewer.evidence.hazards.touched_file import TouchedFile, lines_of
from reviewer.evidence.literals.roles import is_test

_READERS: dict[str, Callable[[Node], Iterator[Case]]] = {
    "python": python.cases,
    "javascript": ecmascript.cases,
    "typescript": ecmascript.cases,
    "tsx": ecmascript.cases,
    "go": go.cases,
    "java": java.cases,
    "ruby": ruby.cases,
}
_is_code = code_in(*_READERS)


def applies(path: str) -> bool:
    """True for tests in a language whose tests are known."""
    return _is_code(path) and is_test(path) and "fixtures/" not in path


def find(before: TouchedFile | None, after: TouchedFile | None) -> Iterator[Spot]:
    """Tests of the head that are gone, skipped, or assert less than at the base.

    A name that a file has twice is not looked at: which of them was which cannot be told.
    """
    if after is None:
        return
    new, old = _cases(after), _cases(before) if before is not None else {}
    yield from removed.spots(before, old, new)
    for name, case in new.items():
        if after.touches(*lines_of(case.node)) or _was_touched(before, old.get(name)):
            yield from _weakened(case, old.get(name))


def _cases(file: TouchedFile) -> dict[str, Case]:
    found: dict[str, Case | None] = {}
    for case in _READERS[file.language or ""](file.code.keep_tree()):
        found[case.name] = None if case.name in found else case
    return {name: case for name, case in found.items() if case is not None}


def _was_touched(before: TouchedFile | None, case: Case | None) -> bool:
    return before is not None and case is not None and before.touches(*lines_of(case.node))


def _weakened(case: Case, was: Case | None) -> Iterator[Spot]:
    first = lines_of(case.node)[0]
    if case.skip is not None and was is not None and not was.is_skipped:
        yield Spot("skipped", *_head(case.skip), (case.name,))
    if case.body is None or case.is_skipped:
        return
    asserts = asserts_of(case.body)
    asserted = asserts_of(was.body) if was is not None and was.body is not None else None
    if asserts is Asserts.VACUOUSLY and asserted is not Asserts.VACUOUSLY:
        yield Spot("vacuous", *lines_of(case.node), (case.name,))
    elif asserts is Asserts.NOTHING and asserted is Asserts.SURELY:
        yield Spot("asserts-nothing-now", first, first, (case.name,))


def _head(node: Node) -> tuple[int, int]:
    return node.start_point.row + 1, node.start_point.row + 1
