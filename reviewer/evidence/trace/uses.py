"""Finds the uses of definitions across the repository: one search for all names, then only files that have them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from posixpath import dirname

from reviewer.domain.change import Side
from reviewer.domain.evidence import CallShape, Certainty, CodeQuote, SymbolKind, Use
from reviewer.evidence.resolve.by_name import NameResolver
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.go_resolver import GoResolver, package_provides
from reviewer.evidence.resolve.imports import ImportChains
from reviewer.evidence.resolve.java_resolver import JavaResolver
from reviewer.evidence.resolve.resolver import ModuleResolver, Resolver
from reviewer.evidence.resolve.target import Target, target_of
from reviewer.evidence.syntax.grammars.ecmascript_modules import may_import_files
from reviewer.evidence.syntax.languages import grammar_of
from reviewer.evidence.syntax.parsed import Definition, Occurrence
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.trace.candidates import (
    CandidateFile,
    Candidates,
    is_far,
    may_use,
    search,
)
from reviewer.evidence.trace.garbled import hides_a_use
from reviewer.evidence.trace.limits import Limits
from reviewer.evidence.trace.meanings import Meanings
from reviewer.evidence.trace.owners import OwnedPlace, owned_places
from reviewer.evidence.trace.ruby_constants import lost_constants, names_constant
from reviewer.evidence.trace.supers import super_calls

_RANK = {certainty: at for at, certainty in enumerate(Certainty)}
"""The surest first."""
_WHOLE_LINE = 1000
"""Bytes from which on a line of a search may have been cut."""


@dataclass
class FoundUses:
    """Uses of one target."""

    uses: list[Use] = field(default_factory=list)
    cuts: list[str] = field(default_factory=list)
    """What was left out and why, a sentence each."""
    hiding: list[str] = field(default_factory=list)
    """Those cuts behind which a use may be that would be certain."""

    def cut(self, sentence: str, *, hides: bool = True) -> None:
        """Something was left out; without `hides`, nothing of it can be certain."""
        self.cuts.append(sentence)
        if hides:
            self.hiding.append(sentence)


class UseFinder:
    """Looks for uses at the head. `before` is the merge base, for uses of what is gone."""

    def __init__(self, code: Codebase, *, before: Codebase, limits: Limits) -> None:
        self._code = code
        self._limits = limits
        self.meanings = Meanings(code, limits)
        """What names at places stand for, shared by all that is asked of this finder."""
        self._before = before
        self._past = Meanings(before, limits)
        self._lost: frozenset[Target] = frozenset()
        """Ruby's classes that have another name now, of those last asked for."""
        chains = ImportChains(code, before=before.modules)
        modules, go = ModuleResolver(chains), GoResolver(code)
        self._resolvers: dict[str, Resolver] = {
            "python": modules,
            "ecmascript": modules,
            "go": go,
            "java": JavaResolver(code, before=before.modules),
            "ruby": NameResolver(),
        }

    def find(
        self, targets: list[Target], *, mentions_of: frozenset[Target], limits: Limits | None = None
    ) -> dict[Target, FoundUses]:
        """Uses of each target, within `limits` where others are given than the finder's own.

        For `mentions_of`, whose uses may be wrong now, also the places where files without a grammar name it, and
        a cut for each file that was understood in part and may hide a use.
        """
        limits = limits or self._limits
        found = {target: FoundUses() for target in targets}
        candidates = search(self._code, targets, max_lines=limits.max_search_lines)
        for target, result in found.items():
            if candidates.left_out & target.words:
                result.cut(f"the search ended after {limits.max_search_lines} lines with its name")
        self._lost = lost_constants(targets, candidates, before=self._before, after=self._code)
        wanted = [target for target in targets if not self._is_elsewhere(target)]
        budget = _Budget(limits)
        # What may be wrong now comes first, so that a limit rather leaves out what is shown and not judged.
        for stale in (True, False):
            group = [target for target in wanted if (target in mentions_of) is stale]
            self._read_files(group, candidates, found, budget, stale=stale)
        self._read_lines(mentions_of, candidates, found)
        for target, result in found.items():
            _settle(target, result, limits)
        return found

    def names(self, file: SourceFile, target: Target) -> frozenset[str]:
        """What the target may be called in `file`."""
        return self._resolvers[target.family].names(file, target)

    def _is_elsewhere(self, target: Target) -> bool:
        return target.gone and target.family == "go" and package_provides(self._code, target)

    def _read_files(
        self,
        targets: list[Target],
        candidates: Candidates,
        found: dict[Target, FoundUses],
        budget: "_Budget",
        *,
        stale: bool,
    ) -> None:
        skipped: dict[Target, int] = defaultdict(int)
        by_word = _by_word(targets)
        for candidate in candidates.in_order(targets):
            wanted = _wanted(candidate, by_word)
            far = [target for target in wanted if is_far(candidate, target)]
            if far and not budget.has_far:
                self._by_text(candidate, far, found)
                wanted = [target for target in wanted if target not in far]
            if not wanted:
                continue
            if not budget.has(candidate.path):
                for target in wanted:
                    skipped[target] += 1
                continue
            file = self._code.file(candidate.path)
            if file is None or _is_bundle(file):
                continue
            budget.spend(file, far=len(far) == len(wanted))
            for target in wanted:
                self._read_file(file, target, found[target], stale=stale)
        for target, count in skipped.items():
            found[target].cut(
                f"{count} files with its name were not looked at: {budget.told}",
                hides=self._can_be_certain(target),
            )

    def _read_file(self, file: SourceFile, target: Target, result: FoundUses, *, stale: bool) -> None:
        resolver = self._resolvers[target.family]
        # Of one place that is kept twice the first counts, so that the surer answer has to come first.
        if target.gone and target.definition.owner is not None:
            self._read_owned(file, target, result)
        doubtful = self._read_names(file, target, result, stale=stale)
        if not target.gone and not file.partial:
            for found in super_calls(file, target, self.meanings):
                self._keep_at(file, found.start, found.call, Certainty.RESOLVED, result)
        if stale and file.syntax_problem and hides_a_use(file, target, resolver, doubtful):
            result.cut(f"{file.path}: {file.syntax_problem.text}, which may hide a use")
        for limit in file.limits_reached:
            result.cut(f"{file.path}: {limit}")

    def _read_names(
        self, file: SourceFile, target: Target, result: FoundUses, *, stale: bool
    ) -> list[Occurrence]:
        """Keep what is a use of the target; gives those that would be certain if all of the file were understood."""
        resolver = self._resolvers[target.family]
        doubtful = []
        left_out = self._not_followed()
        hides = False
        for name in sorted(resolver.names(file, target)):
            for occurrence in file.occurrences(name):
                certainty = resolver.certainty(file, occurrence, target)
                if target in self._lost and names_constant(file, occurrence, target):
                    certainty = Certainty.RESOLVED
                elif certainty is Certainty.BY_NAME:
                    limited = self._not_followed()
                    certainty = self._meant(file, occurrence, target)
                    unknown = self._not_followed() > limited
                    hides = hides or (unknown and _counts(occurrence, target))
                elif (
                    certainty is Certainty.RESOLVED and target.gone and self.meanings.finds(file, occurrence)
                ):
                    certainty = None
                if certainty is Certainty.RESOLVED and file.partial:
                    certainty = Certainty.BY_NAME
                    doubtful.append(occurrence)
                if certainty is not None:
                    self._keep(file, occurrence, certainty, result)
        if stale and self._not_followed() > left_out:
            result.cut(
                f"{file.path}: places of its name were not followed: limit {self._limits.max_places} a change",
                hides=hides and self._can_be_certain(target),
            )
        return doubtful

    def _can_be_certain(self, target: Target) -> bool:
        """False for a member that is gone from a class which may have it from elsewhere: nothing tells it is lost."""
        return not target.gone or not self.meanings.may_have_more(target) or self._is_renamed(target)

    def _not_followed(self) -> int:
        """How many places have been left known by name by a limit so far, at both sides."""
        return self.meanings.places_left_out + self._past.places_left_out

    def _read_owned(self, file: SourceFile, target: Target, result: FoundUses) -> None:
        """Keep the uses of a member that is gone which name its type beside it, when the type is still there."""
        home = self._code.file(target.path)
        owner = home.definition(target.definition.owner or "") if home else None
        if home is None or owner is None or file.partial or not target.alone:
            return
        owning = target_of(home, owner, gone=False)
        for place in owned_places(file, target.name):
            if self._is_of(file, place, owning):
                self._keep_at(file, place.start, None, Certainty.RESOLVED, result)

    def _is_of(self, file: SourceFile, place: OwnedPlace, owning: Target) -> bool:
        """True when what stands beside the member is the type `owning`, or a value of just that type."""
        if place.by_value:
            wanted = self.meanings.scope_of(owning)
            return wanted is not None and self.meanings.types(file, place.owner) == {wanted}
        if file.grammar.family != "go" and owning.definition.open:
            return False
        resolver = self._resolvers[owning.family]
        for name in sorted(resolver.names(file, owning)):
            for found in file.occurrences(name):
                if found.start == place.owner:
                    certainty = resolver.certainty(file, found, owning)
                    if certainty is Certainty.BY_NAME:
                        certainty = self.meanings.certainty(file, found, owning)
                    return certainty is Certainty.RESOLVED
        return False

    def _meant(self, file: SourceFile, occurrence: Occurrence, target: Target) -> Certainty | None:
        """What values tell of a name that fits. Of what is gone: it meant the target before, and nothing now."""
        found = self.meanings.certainty(file, occurrence, target)
        # What a Ruby object gets from a module does not tell its class, so that without it another class seems meant.
        unsure = found is Certainty.BY_NAME or (found is None and target.family == "ruby")
        if not target.gone or not unsure or occurrence.guarded:
            return found
        before = self._before.file(file.path)
        if before is None or before.source != file.source or not target.alone:
            return found
        meant = self._past.certainty(before, occurrence, replace(target, gone=False))
        renamed = self._is_renamed(target)
        lost = meant is Certainty.RESOLVED and self.meanings.means_nothing(file, occurrence, renamed=renamed)
        return Certainty.RESOLVED if lost else found

    def _is_renamed(self, target: Target) -> bool:
        """True for a method of a Ruby module that got another name and stayed the same otherwise.

        What it was called cannot be a method from outside that it hid: it would have called that by `super`.
        """
        before, after = self._before.file(target.path), self._code.file(target.path)
        if target.family != "ruby" or before is None or after is None or target.definition.owner is None:
            return False
        old = _body(before, target.definition)
        names = {one.qualified_name for one in before.definitions}
        return b"super" not in old and any(
            one.owner == target.definition.owner
            and one.qualified_name not in names
            and _body(after, one) == old
            for one in after.definitions
        )

    def _keep(
        self, file: SourceFile, occurrence: Occurrence, certainty: Certainty, result: FoundUses
    ) -> None:
        self._keep_at(file, occurrence.start, occurrence.call, certainty, result)

    def _keep_at(
        self, file: SourceFile, start: int, call: CallShape | None, certainty: Certainty, result: FoundUses
    ) -> None:
        number = file.line_of(start)
        line = file.lines[number - 1]
        if len(line) > self._limits.max_line:
            result.cut(
                f"a use at {file.path}:{number}: the line has {len(line)} characters,"
                f" limit {self._limits.max_line}",
                hides=certainty is Certainty.RESOLVED,
            )
            return
        around = file.inside(start)
        inside = around.qualified_name if around else None
        quote = self._quote(file.path, number, line)
        result.uses.append(Use(quote=quote, certainty=certainty, inside=inside, call=call))

    def _read_lines(
        self, targets: frozenset[Target], candidates: Candidates, found: dict[Target, FoundUses]
    ) -> None:
        ordered = sorted(targets, key=lambda target: (target.path, target.definition.start))
        for path, candidate in sorted(candidates.files.items()):
            if grammar_of(path) is None:
                self._by_text(candidate, ordered, found)

    def _by_text(
        self, candidate: CandidateFile, targets: Sequence[Target], found: dict[Target, FoundUses]
    ) -> None:
        """Keep the lines that have a target's name without a look at what they mean."""
        for line in candidate.lines:
            for target in targets:
                if target.name in line.words and len(line.text) < _WHOLE_LINE:
                    quote = self._quote(candidate.path, line.number, line.text)
                    use = Use(quote=quote, certainty=Certainty.BY_TEXT, inside=None, call=None)
                    found[target].uses.append(use)

    def _quote(self, path: str, line: int, text: str) -> CodeQuote:
        commit = self._code.workspace.commit(Side.HEAD)
        return CodeQuote(path=path, side=Side.HEAD, commit=commit, first_line=line, last_line=line, text=text)


def _counts(occurrence: Occurrence, target: Target) -> bool:
    """False for a function that changes its parameters, where it is named and not called."""
    is_function = target.definition.kind in (SymbolKind.FUNCTION, SymbolKind.METHOD)
    return target.gone or occurrence.call is not None or not is_function


def _body(file: SourceFile, definition: Definition) -> bytes:
    """What follows the name of the definition."""
    return file.source[definition.start : definition.end].partition(definition.name.encode())[2]


def _by_word(targets: Sequence[Target]) -> Mapping[str, Sequence[Target]]:
    found: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        for word in target.words:
            found[word].append(target)
    return found


def _wanted(candidate: CandidateFile, by_word: Mapping[str, Sequence[Target]]) -> list[Target]:
    """The targets that the file may use, in a fixed order."""
    named = dict.fromkeys(target for word in sorted(candidate.words) for target in by_word.get(word, ()))
    return [target for target in named if may_use(candidate, target)]


def nearness(use: Use, paths: Sequence[str]) -> tuple[bool, bool, str, int, str]:
    """A sort key: uses in `paths` first, then in their folders, then the rest by path and line."""
    path = use.quote.path
    folders = {dirname(one) for one in paths}
    return path not in paths, dirname(path) not in folders, path, use.quote.first_line, str(use.call)


def _is_bundle(file: SourceFile) -> bool:
    """True for a script too large to parse that imports no file: it cannot use anything of another."""
    too_large = bool(file.limits_reached) and not file.definitions
    return too_large and file.grammar.family == "ecmascript" and not may_import_files(file.source)


class _Budget:
    """Files and bytes that may still be parsed."""

    def __init__(self, limits: Limits) -> None:
        self._files, self._far, self._bytes = limits.max_files, limits.max_far_files, limits.max_bytes
        self._spent: set[str] = set()
        self.told = f"limit {limits.max_files} files or {limits.max_bytes} bytes a change"

    def has(self, path: str) -> bool:
        return path in self._spent or (self._files > 0 and self._bytes > 0)

    @property
    def has_far(self) -> bool:
        return self._far > 0

    def spend(self, file: SourceFile, *, far: bool) -> None:
        if file.path in self._spent:
            return
        self._spent.add(file.path)
        self._files, self._bytes = self._files - 1, self._bytes - len(file.source)
        if far:
            self._far -= 1


def _settle(target: Target, result: FoundUses, limits: Limits) -> None:
    """Order, the surest and nearest first, without repetitions, within the limit."""
    unique = {(use.quote.path, use.quote.first_line, use.call): use for use in reversed(result.uses)}
    ordered = sorted(unique.values(), key=lambda use: (_RANK[use.certainty], *nearness(use, [target.path])))
    if len(ordered) > limits.max_uses:
        left = len(ordered) - limits.max_uses
        result.cut(
            f"{left} of {len(ordered)} uses are not listed: limit {limits.max_uses} a symbol",
            hides=ordered[limits.max_uses].certainty is Certainty.RESOLVED,
        )
    result.uses = ordered[: limits.max_uses]
