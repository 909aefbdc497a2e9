"""Finds the uses of definitions across the repository: one search for all names, then only files that have them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from posixpath import dirname

from reviewer.domain.change import Side
from reviewer.domain.evidence import Certainty, CodeQuote, Use
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.go_resolver import GoResolver, package_provides
from reviewer.evidence.resolve.imports import ImportChains
from reviewer.evidence.resolve.modules import Modules
from reviewer.evidence.resolve.resolver import ModuleResolver, Resolver
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.syntax.grammars.ecmascript_modules import may_import_files
from reviewer.evidence.syntax.languages import grammar_of
from reviewer.evidence.syntax.parsed import Occurrence
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.trace.garbled import hides_a_use
from reviewer.evidence.trace.limits import Limits
from reviewer.evidence.trace.meanings import Meanings

_RANK = {certainty: at for at, certainty in enumerate(Certainty)}
"""The surest first."""


@dataclass
class FoundUses:
    """Uses of one target."""

    uses: list[Use] = field(default_factory=list)
    cuts: list[str] = field(default_factory=list)
    """What was left out and why, a sentence each."""


@dataclass
class _Candidates:
    """Files that contain words, and the lines of those that have no grammar."""

    words: dict[str, set[str]]
    dotted: dict[str, set[str]]
    """Words that stand after a dot, or first in a line, where a dot may end the line before."""
    lines: dict[str, list[tuple[int, str, frozenset[str]]]]
    complete: bool


class UseFinder:
    """Looks for uses at the head. `before` are the files of the merge base, for imports of what is gone."""

    def __init__(self, code: Codebase, *, before: Modules, limits: Limits) -> None:
        self._code = code
        self._limits = limits
        self._meanings = Meanings(code, max_places=limits.max_places)
        chains = ImportChains(code, before=before)
        modules, go = ModuleResolver(chains), GoResolver(code)
        self._resolvers: dict[str, Resolver] = {"python": modules, "ecmascript": modules, "go": go}

    def find(self, targets: list[Target], *, mentions_of: frozenset[Target]) -> dict[Target, FoundUses]:
        """Uses of each target.

        For `mentions_of`, whose uses may be wrong now, also the places where files without a grammar name it, and
        a cut for each file that was understood in part and may hide a use.
        """
        found = {target: FoundUses() for target in targets}
        candidates = self._search(targets)
        if not candidates.complete:
            for result in found.values():
                result.cuts.append(
                    f"the search ended after {self._limits.max_search_lines} lines with its name"
                )
        wanted = [target for target in targets if not self._is_elsewhere(target)]
        self._read_files(wanted, candidates, found, mentions_of)
        self._read_lines(mentions_of, candidates, found)
        for target, result in found.items():
            self._settle(target, result)
        return found

    def _search(self, targets: list[Target]) -> _Candidates:
        found = _Candidates(defaultdict(set), defaultdict(set), defaultdict(list), complete=True)
        near = [target for target in targets if _is_private_to_folder(target)]
        for target in near:
            for path in self._code.paths_with(target.folder, target.name):
                found.words[path].add(target.name)
                found.dotted[path].add(target.name)
        words = sorted({word for target in targets if target not in near for word in target.words})
        if not words:
            return found
        either = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        pattern = re.compile(rf"(?<!\w)((?:\.|^)\s*)?({either})(?!\w)")
        result = self._code.workspace.search_some(words, Side.HEAD, limit=self._limits.max_search_lines)
        found.complete = result.complete
        for hit in result.hits:
            here = pattern.findall(hit.text)
            if not here:
                # A long line comes back cut: what it matched stands in the part that is missing.
                here = [(".", word) for word in words]
            found.words[hit.path].update(word for _, word in here)
            found.dotted[hit.path].update(word for before, word in here if before)
            if grammar_of(hit.path) is None:
                found.lines[hit.path].append((hit.line, hit.text, frozenset(word for _, word in here)))
        return found

    def _is_elsewhere(self, target: Target) -> bool:
        return target.gone and target.family == "go" and package_provides(self._code, target)

    def _read_files(
        self,
        targets: list[Target],
        candidates: _Candidates,
        found: dict[Target, FoundUses],
        stale: frozenset[Target],
    ) -> None:
        by_word: dict[tuple[str, str], list[Target]] = defaultdict(list)
        for target in targets:
            for word in target.words:
                by_word[target.family, word].append(target)
        skipped: dict[Target, int] = defaultdict(int)
        files = read = 0
        for path in self._in_order(candidates, targets):
            grammar = grammar_of(path)
            family = grammar.family if grammar else ""
            named = [
                target
                for word in sorted(candidates.words[path])
                for target in by_word.get((family, word), ())
            ]
            wanted = list(dict.fromkeys(named))
            if not wanted:
                continue
            if files >= self._limits.max_files or read >= self._limits.max_bytes:
                for target in wanted:
                    skipped[target] += 1
                continue
            file = self._code.file(path)
            if file is None or _is_bundle(file):
                continue
            files, read = files + 1, read + len(file.source)
            for target in wanted:
                self._read_file(file, target, found[target], stale=target in stale)
        for target, count in skipped.items():
            found[target].cuts.append(
                f"{count} files with its name were not looked at: limit {self._limits.max_files} files"
                f" or {self._limits.max_bytes} bytes a change"
            )

    def _in_order(self, candidates: _Candidates, targets: list[Target]) -> list[str]:
        """Nearest first, so that what a limit cuts is the least likely to matter."""
        own = {target.path for target in targets}
        near = {dirname(path) for path in own}
        return sorted(candidates.words, key=lambda path: (path not in own, dirname(path) not in near, path))

    def _read_file(self, file: SourceFile, target: Target, result: FoundUses, *, stale: bool) -> None:
        resolver = self._resolvers[target.family]
        doubtful = []
        for name in sorted(resolver.names(file, target)):
            for occurrence in file.occurrences(name):
                certainty = resolver.certainty(file, occurrence, target)
                if certainty is Certainty.BY_NAME:
                    certainty = self._meanings.certainty(file, occurrence, target)
                if certainty is Certainty.RESOLVED and file.partial:
                    certainty = Certainty.BY_NAME
                    doubtful.append(occurrence)
                if certainty is not None:
                    self._keep(file, occurrence, certainty, result)
        if stale and file.syntax_problem and hides_a_use(file, target, resolver, doubtful):
            result.cuts.append(f"{file.path}: {file.syntax_problem.text}, which may hide a use")
        result.cuts.extend(f"{file.path}: {limit}" for limit in file.limits_reached)

    def _keep(
        self, file: SourceFile, occurrence: Occurrence, certainty: Certainty, result: FoundUses
    ) -> None:
        line = file.lines[occurrence.line - 1]
        if len(line) > self._limits.max_line:
            result.cuts.append(
                f"a use at {file.path}:{occurrence.line}: the line has {len(line)} characters,"
                f" limit {self._limits.max_line}"
            )
            return
        around = file.inside(occurrence.start)
        inside = around.qualified_name if around else None
        quote = self._quote(file.path, occurrence.line, line)
        result.uses.append(Use(quote=quote, certainty=certainty, inside=inside, call=occurrence.call))

    def _read_lines(
        self, targets: frozenset[Target], candidates: _Candidates, found: dict[Target, FoundUses]
    ) -> None:
        for path, lines in sorted(candidates.lines.items()):
            for number, text, words in lines:
                for target in targets:
                    if target.name in words and len(text) < 1000:
                        quote = self._quote(path, number, text)
                        use = Use(quote=quote, certainty=Certainty.BY_TEXT, inside=None, call=None)
                        found[target].uses.append(use)

    def _quote(self, path: str, line: int, text: str) -> CodeQuote:
        commit = self._code.workspace.commit(Side.HEAD)
        return CodeQuote(path=path, side=Side.HEAD, commit=commit, first_line=line, last_line=line, text=text)

    def _settle(self, target: Target, result: FoundUses) -> None:
        """Order, the surest and nearest first, without repetitions, within the limit."""
        unique = {(use.quote.path, use.quote.first_line, use.call): use for use in reversed(result.uses)}
        ordered = sorted(
            unique.values(), key=lambda use: (_RANK[use.certainty], *nearness(use, [target.path]))
        )
        if len(ordered) > self._limits.max_uses:
            left = len(ordered) - self._limits.max_uses
            result.cuts.append(
                f"{left} of {len(ordered)} uses are not listed: limit {self._limits.max_uses} a symbol"
            )
        result.uses = ordered[: self._limits.max_uses]


def nearness(use: Use, paths: Sequence[str]) -> tuple[bool, bool, str, int, str]:
    """A sort key: uses in `paths` first, then in their folders, then the rest by path and line."""
    path = use.quote.path
    folders = {dirname(one) for one in paths}
    return path not in paths, dirname(path) not in folders, path, use.quote.first_line, str(use.call)


def _is_bundle(file: SourceFile) -> bool:
    """True for a script too large to parse that imports no file: it cannot use anything of another."""
    too_large = bool(file.limits_reached) and not file.definitions
    return too_large and file.grammar.family == "ecmascript" and not may_import_files(file.source)


def _is_private_to_folder(target: Target) -> bool:
    """True for Go's lower-case names and test files: a look into one folder replaces the search of all."""
    return target.family == "go" and (not target.definition.exported or target.path.endswith("_test.go"))


def _may_use(path: str, target: Target, dotted: set[str]) -> bool:
    """Tell by path and spelling alone, before anything is read, where the language leaves no room for a use."""
    if target.family == "go" and dirname(path) != target.folder:
        return not _is_private_to_folder(target) and target.name in dotted
    return target.definition.owner is None or target.name in dotted
