"""Finds the one definition that a called name leads to, in the file or in the file that it is imported from."""

from functools import cached_property

from tree_sitter import Node

from reviewer.evidence.hazards.touched_file import TouchedFile
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.syntax.parsed import Import, Occurrence, Role
from reviewer.evidence.syntax.source_file import SourceFile

_BINDS = (Role.DEFINITION, Role.BINDING, Role.IMPORT)


class CalledFunctions:
    """Answers for one file. A name that is bound twice leads nowhere."""

    def __init__(self, file: TouchedFile) -> None:
        self._file = file

    def defined_at(self, name: Node) -> Node | None:
        """The identifier that defines what `name` calls, in this file or another; None when that is not sure."""
        code = self._file.code
        here = _occurrence(code, name)
        bound = code.binding(here) if here is not None else None
        if bound is None or not _is_only(code, bound):
            return None
        if bound.role is Role.IMPORT:
            taken = code.import_at(bound)
            return self._in_other_file(taken) if taken is not None else None
        return _node(code, bound)

    def imported_from(self, name: Node) -> Import | None:
        """The import that binds what `name` stands for."""
        here = _occurrence(self._file.code, name)
        bound = self._file.code.binding(here) if here is not None else None
        return self._file.code.import_at(bound) if bound is not None else None

    def _in_other_file(self, taken: Import) -> Node | None:
        if taken.name is None:
            return None
        named = self._codebase.modules.find(self._file.path, taken.module, self._file.code.grammar.family)
        other = self._codebase.file(named.path) if named.path and named.certain else None
        if other is None or other.partial:
            return None
        local = next((one.local for one in other.exports if one.name == taken.name), taken.name)
        if not local:
            return None
        found = [one for one in other.occurrences(local) if _is_at_top(one)]
        return _node(other, found[0]) if len(found) == 1 and found[0].role is not Role.IMPORT else None

    @cached_property
    def _codebase(self) -> Codebase:
        return Codebase(self._file.workspace, self._file.side)


def _occurrence(code: SourceFile, name: Node) -> Occurrence | None:
    word = (name.text or b"").decode("utf-8", "replace")
    return next((one for one in code.occurrences(word) if one.start == name.start_byte), None)


def _is_only(code: SourceFile, bound: Occurrence) -> bool:
    same = [
        one
        for one in code.occurrences(bound.name)
        if one.role in _BINDS and one.scopes and bound.scopes and one.scopes[0] == bound.scopes[0]
    ]
    return len({one.start for one in same}) == 1


def _is_at_top(one: Occurrence) -> bool:
    return one.role in _BINDS and bool(one.scopes) and one.scopes[0].kind == "file"


def _node(code: SourceFile, bound: Occurrence) -> Node | None:
    end = bound.start + len(bound.name.encode())
    return code.keep_tree().descendant_for_byte_range(bound.start, end)
