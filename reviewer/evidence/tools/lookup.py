"""Finds definitions by their name, on both sides of the change."""

from functools import cached_property

from reviewer.domain.change import Side
from reviewer.domain.evidence import Analysis, SymbolTrace
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.target import Target, target_of
from reviewer.evidence.syntax.languages import tags_of
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.tagged_file import TaggedFile
from reviewer.evidence.trace.changes import ParsedFile
from reviewer.evidence.trace.named import DEFINITION_FILES, definitions_named, is_called
from reviewer.evidence.trace.tagged_code import TaggedCode
from reviewer.evidence.trace.tagged_uses import TaggedTarget
from reviewer.evidence.workspace import Workspace

_DEFINITIONS_TRACED = 20
AnyTarget = Target | TaggedTarget


class Lookup:
    """What a name may stand for. Files are parsed once."""

    def __init__(self, workspace: Workspace, evidence: EvidenceSet) -> None:
        self._workspace = workspace
        self._evidence = evidence

    def definitions(self, name: str) -> tuple[list[tuple[ParsedFile, Definition]], bool]:
        """Definitions called `name` or `Owner.name`, by path and place; False when not all files were looked at."""
        named = definitions_named(self._workspace, name, lambda path: self._file(path, Side.HEAD))
        return [(place.file, place.definition) for place in named.places], named.complete

    def targets(self, name: str) -> tuple[list[AnyTarget], str]:
        """Definitions to look for, those that the change removes among them, and what was not looked at."""
        found, complete = self.definitions(name)
        traced = found[:_DEFINITIONS_TRACED]
        known = "" if complete else f", of the first {DEFINITION_FILES} files that contain the word"
        if len(found) > len(traced):
            known += f", the first {len(traced)} of {len(found)}"
        targets = [_target(file, definition, gone=False) for file, definition in traced]
        for trace in self._evidence.traces:
            file, definition = self._removed(trace)
            if file and definition and is_called(definition, name):
                targets.append(_target(file, definition, gone=True))
        return list(dict.fromkeys(targets)), known

    def _removed(self, trace: SymbolTrace) -> tuple[ParsedFile | None, Definition | None]:
        """What the change takes away, as it was at the merge base; nothing where it is still there."""
        if trace.after or not trace.before:
            return None, None
        file = self._file(trace.before.definition.path, Side.BASE)
        wanted = trace.before.qualified_name
        definitions = file.definitions if file else ()
        return file, next((found for found in definitions if found.qualified_name == wanted), None)

    def _file(self, path: str, side: Side) -> ParsedFile | None:
        full, tagged = (self.base, self._tagged_base) if side is Side.BASE else (self.head, self.tagged_head)
        return tagged.file(path) if tags_of(path) else full.file(path)

    @cached_property
    def head(self) -> Codebase:
        """The files with a grammar at the head."""
        return Codebase(self._workspace, Side.HEAD)

    @cached_property
    def base(self) -> Codebase:
        """The files with a grammar at the merge base."""
        return Codebase(self._workspace, Side.BASE)

    @cached_property
    def tagged_head(self) -> TaggedCode:
        """The files known by name at the head."""
        return TaggedCode(self._workspace, Side.HEAD)

    @cached_property
    def _tagged_base(self) -> TaggedCode:
        return TaggedCode(self._workspace, Side.BASE)


def analysis_of(known: ParsedFile | AnyTarget) -> Analysis:
    """How its file is known."""
    return Analysis.TAGS if isinstance(known, TaggedFile | TaggedTarget) else Analysis.SYNTAX


def _target(file: ParsedFile, definition: Definition, *, gone: bool) -> AnyTarget:
    if isinstance(file, TaggedFile):
        return TaggedTarget.of(file, definition, gone=gone)
    return target_of(file, definition, gone=gone)
