"""Finds the uses of definitions that are known by name: one search for all names, then the files that have them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from posixpath import dirname
from typing import Self

from reviewer.domain.change import Side
from reviewer.domain.evidence import Certainty, CodeQuote, SymbolKind, Use
from reviewer.evidence.syntax.languages import tags_of
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.tagged_file import Reference, ReferenceKind, TaggedFile
from reviewer.evidence.trace.limits import Limits
from reviewer.evidence.trace.tagged_code import TaggedCode
from reviewer.evidence.trace.uses import FoundUses, nearness
from reviewer.evidence.workspace import SearchHit

_FITS = {
    SymbolKind.FUNCTION: ReferenceKind.CALL,
    SymbolKind.METHOD: ReferenceKind.CALL,
    SymbolKind.CLASS: ReferenceKind.TYPE,
    SymbolKind.INTERFACE: ReferenceKind.TYPE,
    SymbolKind.TYPE: ReferenceKind.TYPE,
}
"""The kind of reference that most likely means a definition, so that it is shown first."""
_MAX_MENTION = 1_000
"""Characters of a line in a file of another language."""


@dataclass(frozen=True)
class TaggedTarget:
    """A definition whose name is looked for."""

    definition: Definition
    path: str
    family: str
    gone: bool = False
    """The change takes it away."""

    @classmethod
    def of(cls, file: TaggedFile, definition: Definition, *, gone: bool) -> Self:
        """The target for `definition` of `file`: the file at the head, or at the merge base when it is gone."""
        return cls(definition, file.path, file.grammar.family, gone)

    @property
    def name(self) -> str:
        """The bare name."""
        return self.definition.name


def tagged_uses(
    code: TaggedCode, targets: list[TaggedTarget], *, mentions_of: frozenset[TaggedTarget], limits: Limits
) -> dict[TaggedTarget, FoundUses]:
    """References to the name of each target at the head, in all files of its family.

    For `mentions_of`, whose uses may be wrong now, also the lines of other files that have the name, and a cut for
    each file that was understood in part and may hide a reference.
    """
    return _Finder(code, limits, mentions_of).find(targets)


class _Finder:
    def __init__(self, code: TaggedCode, limits: Limits, stale: frozenset[TaggedTarget]) -> None:
        self._code = code
        self._limits = limits
        self._stale = stale
        self._likely: set[tuple[TaggedTarget, str, int]] = set()
        """Path and line of the references of the kind that fits best."""

    def find(self, targets: list[TaggedTarget]) -> dict[TaggedTarget, FoundUses]:
        found = {target: FoundUses() for target in targets}
        by_name: dict[str, list[TaggedTarget]] = defaultdict(list)
        for target in targets:
            if re.fullmatch(r"\w+", target.name):
                by_name[target.name].append(target)
            elif target in self._stale:
                found[target].cut(f"{target.name!r} is no word that can be searched for")
        hits = self._search(by_name, found)
        self._read_files(hits, by_name, found)
        for target, result in found.items():
            self._settle(target, result)
        return found

    def _search(
        self, by_name: dict[str, list[TaggedTarget]], found: dict[TaggedTarget, FoundUses]
    ) -> dict[str, list[SearchHit]]:
        limit = self._limits.max_search_lines
        result = self._code.workspace.search_some(sorted(by_name), Side.HEAD, limit=limit)
        if not result.complete:
            for target in (target for named in by_name.values() for target in named):
                found[target].cut(f"the search ended after {limit} lines with its name")
        hits: dict[str, list[SearchHit]] = defaultdict(list)
        for hit in result.hits:
            hits[hit.path].append(hit)
        return hits

    def _read_files(
        self,
        hits: dict[str, list[SearchHit]],
        by_name: dict[str, list[TaggedTarget]],
        found: dict[TaggedTarget, FoundUses],
    ) -> None:
        files = read = 0
        skipped: dict[TaggedTarget, int] = defaultdict(int)
        targets = [target for named in by_name.values() for target in named]
        for path in _nearest_first(hits, targets):
            grammar = tags_of(path)
            family = grammar.family if grammar else None
            words = _words(hits[path], by_name)
            related = [target for word in words for target in by_name[word] if target.family == family]
            self._mention(hits[path], [target for target in self._stale if target.family != family], found)
            if not related:
                continue
            if files >= self._limits.max_files or read >= self._limits.max_bytes:
                for target in related:
                    skipped[target] += 1
                continue
            file = self._code.file(path)
            if file is None:
                continue
            files, read = files + 1, read + len(file.source)
            for target in related:
                self._read_file(file, target, found[target])
        for target, count in skipped.items():
            found[target].cut(
                f"{count} files with its name were not looked at: limit {self._limits.max_files} files"
                f" or {self._limits.max_bytes} bytes a change"
            )

    def _read_file(self, file: TaggedFile, target: TaggedTarget, result: FoundUses) -> None:
        for reference in file.references(target.name):
            self._keep(file, reference, result)
            if reference.kind is _FITS.get(target.definition.kind):
                self._likely.add((target, file.path, reference.line))
        if target in self._stale and file.syntax_problem and file.may_hide(target.name):
            result.cut(f"{file.path}: {file.syntax_problem.text}, which may hide a use")
        for limit in file.limits_reached:
            result.cut(f"{file.path}: {limit}")

    def _keep(self, file: TaggedFile, reference: Reference, result: FoundUses) -> None:
        line = file.lines[reference.line - 1]
        if len(line) > self._limits.max_line:
            result.cut(
                f"a use at {file.path}:{reference.line}: the line has {len(line)} characters,"
                f" limit {self._limits.max_line}"
            )
            return
        around = file.inside(reference.start)
        inside = around.qualified_name if around else None
        quote = self._quote(file.path, reference.line, line)
        result.uses.append(Use(quote=quote, certainty=Certainty.BY_NAME, inside=inside, call=None))

    def _mention(
        self, hits: list[SearchHit], targets: list[TaggedTarget], found: dict[TaggedTarget, FoundUses]
    ) -> None:
        """Lines of a file in another language that have the name."""
        for hit in hits:
            for target in targets:
                if len(hit.text) < _MAX_MENTION and _has_word(hit.text, target.name):
                    quote = self._quote(hit.path, hit.line, hit.text)
                    use = Use(quote=quote, certainty=Certainty.BY_TEXT, inside=None, call=None)
                    found[target].uses.append(use)

    def _quote(self, path: str, line: int, text: str) -> CodeQuote:
        commit = self._code.workspace.commit(Side.HEAD)
        return CodeQuote(path=path, side=Side.HEAD, commit=commit, first_line=line, last_line=line, text=text)

    def _settle(self, target: TaggedTarget, result: FoundUses) -> None:
        """References before mentions, likely ones first, then the nearest; each line once, within the limit."""

        def rank(use: Use) -> tuple[bool, bool, tuple[bool, bool, str, int, str]]:
            likely = (target, use.quote.path, use.quote.first_line) in self._likely
            return use.certainty is Certainty.BY_TEXT, not likely, nearness(use, [target.path])

        unique = {(use.quote.path, use.quote.first_line): use for use in reversed(result.uses)}
        ordered = sorted(unique.values(), key=rank)
        if len(ordered) > self._limits.max_uses:
            left = len(ordered) - self._limits.max_uses
            result.cut(
                f"{left} of {len(ordered)} uses are not listed: limit {self._limits.max_uses} a symbol"
            )
        result.uses = ordered[: self._limits.max_uses]
        result.cuts = list(dict.fromkeys(result.cuts))


def _nearest_first(hits: dict[str, list[SearchHit]], targets: Sequence[TaggedTarget]) -> list[str]:
    """So that what a limit cuts is the least likely to matter."""
    own = {target.path for target in targets}
    near = {dirname(path) for path in own}
    return sorted(hits, key=lambda path: (path not in own, dirname(path) not in near, path))


def _words(hits: list[SearchHit], by_name: dict[str, list[TaggedTarget]]) -> Iterator[str]:
    """Names that stand in the lines; all, where a line came back cut and may have more."""
    if any(len(hit.text) >= _MAX_MENTION for hit in hits):
        yield from by_name
        return
    present = {word for hit in hits for word in re.findall(r"\w+", hit.text)}
    yield from (name for name in by_name if name in present)


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
