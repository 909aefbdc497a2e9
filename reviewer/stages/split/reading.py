"""The changed files as the plan reads them: parsed on both sides, and which unit each changed line is of."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname

from reviewer.domain.change import FileChange, LineKind, Side, Snapshot
from reviewer.domain.evidence import CodeQuote
from reviewer.errors import ReviewerError
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.syntax.languages import tags_of
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.syntax.tagged_file import TaggedFile
from reviewer.evidence.trace.brought import probe_brought
from reviewer.evidence.trace.tagged_code import TaggedCode
from reviewer.evidence.workspace import Workspace

MAX_FILES = 2_000
MAX_BYTES = 40_000_000
_WORD = re.compile(r"[^\W\d]\w*")
_LONGEST_QUOTE = 300

ParsedFile = SourceFile | TaggedFile


@dataclass(frozen=True)
class Reading:
    """One changed file."""

    change: FileChange
    old: ParsedFile | None
    """None where it did not exist, or no grammar reads it."""
    new: ParsedFile | None

    @property
    def family(self) -> str:
        """Languages of one family see each other's names; empty when the file was not parsed."""
        parsed = self.new or self.old
        return parsed.grammar.family if parsed else ""

    def folder(self, side: Side) -> str:
        """The folder of the file."""
        return dirname(self.change.path if side is Side.HEAD else self.change.path_at_base)

    def parsed(self, side: Side) -> ParsedFile | None:
        """The file as it was parsed."""
        return self.new if side is Side.HEAD else self.old

    @cached_property
    def unit_at(self) -> Mapping[tuple[Side, int], str]:
        """The unit that each changed line is of: added ones at the head, deleted ones at the merge base."""
        found: dict[tuple[Side, int], str] = {}
        for unit in self.change.units:
            for line in unit.hunk.lines if unit.hunk else ():
                if line.kind is LineKind.ADDED and line.new_line is not None:
                    found[Side.HEAD, line.new_line] = unit.id
                elif line.kind is LineKind.DELETED and line.old_line is not None:
                    found[Side.BASE, line.old_line] = unit.id
        return found

    @cached_property
    def added(self) -> Mapping[str, Mapping[str, int]]:
        """For each word of an added line the units that add it, each with the first such line."""
        return self._changed_words(LineKind.ADDED)

    @cached_property
    def deleted(self) -> Mapping[str, Mapping[str, int]]:
        """The same of deleted lines."""
        return self._changed_words(LineKind.DELETED)

    def changed_words(self, side: Side) -> Mapping[str, Mapping[str, int]]:
        """Words of added lines at the head, of deleted ones at the merge base."""
        return self.added if side is Side.HEAD else self.deleted

    def _changed_words(self, kind: LineKind) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for unit in self.change.units:
            for line in unit.hunk.lines if unit.hunk else ():
                number = line.new_line if kind is LineKind.ADDED else line.old_line
                if line.kind is kind and number is not None:
                    for word in _WORD.findall(line.text):
                        found.setdefault(word, {}).setdefault(unit.id, number)
        return found

    @cached_property
    def words_before(self) -> frozenset[str]:
        """Every word of the file at the merge base."""
        return _words(self.old)

    @cached_property
    def words_after(self) -> frozenset[str]:
        """Every word of the file at the head."""
        return _words(self.new)

    def uses(self, name: str, side: Side) -> bool:
        """True when the code of that side has the name; a word of a comment is none where the grammar tells."""
        parsed = self.parsed(side)
        if isinstance(parsed, SourceFile):
            return bool(parsed.occurrences(name))
        return name in (self.words_after if side is Side.HEAD else self.words_before)

    @cached_property
    def new_definitions(self) -> Sequence[tuple[Definition, str]]:
        """Definitions that only the head has, each with the unit that adds its first line."""
        return list(self._only(self.new, self.old, Side.HEAD))

    @cached_property
    def gone_definitions(self) -> Sequence[tuple[Definition, str]]:
        """Definitions that only the merge base has, each with the unit that deletes its first line."""
        return list(self._only(self.old, self.new, Side.BASE))

    def _only(
        self, one: ParsedFile | None, other: ParsedFile | None, side: Side
    ) -> Iterable[tuple[Definition, str]]:
        known = {found.qualified_name for found in other.definitions} if other else set()
        for found in one.definitions if one else ():
            lines = range(found.first_line, found.signature_end + 1)
            unit = next((self.unit_at[side, line] for line in lines if (side, line) in self.unit_at), None)
            if found.qualified_name not in known and unit is not None:
                yield found, unit


class ChangedCode:
    """All changed files, read once."""

    def __init__(self, snapshot: Snapshot, workspace: Workspace) -> None:
        self.workspace = workspace
        self.codebases = {side: Codebase(workspace, side) for side in Side}
        self._tagged = {side: TaggedCode(workspace, side) for side in Side}
        self.cuts: list[str] = []
        """What was not read, a sentence each."""
        if problem := probe_brought(workspace):
            self.cuts.append(problem)
        self.files = tuple(self._readings(snapshot))

    @cached_property
    def by_path(self) -> Mapping[str, Reading]:
        """The files by their path at the head."""
        return {file.change.path: file for file in self.files}

    @cached_property
    def by_path_at_base(self) -> Mapping[str, Reading]:
        """The files that the merge base has, by their path there."""
        return {file.change.path_at_base: file for file in self.files if file.change.old_blob}

    def naming(self, word: str, side: Side) -> Sequence[Reading]:
        """The files that have the word in a changed line of that side, in order."""
        return self._by_word[side].get(word, ())

    @cached_property
    def _by_word(self) -> Mapping[Side, Mapping[str, list[Reading]]]:
        found: dict[Side, dict[str, list[Reading]]] = {side: {} for side in Side}
        for side, by_word in found.items():
            for file in self.files:
                for word in file.changed_words(side):
                    by_word.setdefault(word, []).append(file)
        return found

    def quote(self, file: Reading, side: Side, line: int) -> tuple[CodeQuote, ...]:
        """The line word for word; none when it cannot be read or nobody would read it."""
        path = file.change.path if side is Side.HEAD else file.change.path_at_base
        try:
            quote = self.workspace.quote(path, side, line, line)
        except ReviewerError:
            return ()
        return (quote,) if len(quote.text) <= _LONGEST_QUOTE else ()

    def _readings(self, snapshot: Snapshot) -> Iterable[Reading]:
        unread = 0
        for number, change in enumerate(snapshot.files):
            read = sum(code.bytes_parsed for code in self.codebases.values())
            read += sum(code.bytes_parsed for code in self._tagged.values())
            if number >= MAX_FILES or read > MAX_BYTES:
                unread += 1
                yield Reading(change, None, None)
                continue
            old = self._parse(change.path_at_base, Side.BASE) if change.old_blob else None
            new = self._parse(change.path, Side.HEAD) if change.new_blob else None
            yield Reading(change, old, new)
        if unread:
            self.cuts.append(
                f"{unread} changed files were ordered by their paths only: limit {MAX_FILES} files and"
                f" {MAX_BYTES} bytes parsed"
            )

    def _parse(self, path: str, side: Side) -> ParsedFile | None:
        file = self._tagged[side].file(path) if tags_of(path) else self.codebases[side].file(path)
        if file is not None and file.unparsed is not None:
            self.cuts.append(f"{path} at the {side}: {file.unparsed}")
            return None
        return file


def _words(file: ParsedFile | None) -> frozenset[str]:
    return frozenset(_WORD.findall("\n".join(file.lines))) if file else frozenset()
