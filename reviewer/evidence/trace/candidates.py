"""Finds the files that may use a target, by words alone, and tells which of them are likely to."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import dirname

from reviewer.domain.change import Side
from reviewer.domain.evidence import SymbolKind
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.syntax.languages import grammar_of
from reviewer.evidence.workspace import SearchHit

_MOST_SEARCHES = 8


@dataclass(frozen=True)
class WordLine:
    """A line that has words of targets."""

    number: int
    """From 1."""
    text: str
    words: frozenset[str]


@dataclass
class CandidateFile:
    """One file that has words of targets."""

    path: str
    words: set[str] = field(default_factory=set)
    dotted: set[str] = field(default_factory=set)
    """Words that stand after a dot, or first in a line, where a dot may end the line before."""
    lines: list[WordLine] = field(default_factory=list)

    @cached_property
    def family(self) -> str:
        """The family of its language; empty where no grammar reads it."""
        grammar = grammar_of(self.path)
        return grammar.family if grammar else ""


@dataclass
class Candidates:
    """Files by path, and for which words the search came to its end."""

    files: dict[str, CandidateFile]
    left_out: frozenset[str]
    """Words of which the search did not give every line."""

    def in_order(self, targets: Sequence[Target]) -> list[CandidateFile]:
        """Files of the targets first, then their folders, then what names where they come from, then by path."""
        own = {target.path for target in targets}
        folders = {dirname(path) for path in own}
        around = {word for target in targets for word in _surroundings(target)}
        return sorted(
            self.files.values(),
            key=lambda file: (
                file.path not in own,
                dirname(file.path) not in folders,
                not file.words & around,
                file.path,
            ),
        )


def search(code: Codebase, targets: Sequence[Target], *, max_lines: int) -> Candidates:
    """Every file at the head that has a word of one of `targets`."""
    found = Candidates({}, left_out=frozenset())
    private = [target for target in targets if is_private_to_folder(target)]
    for target in private:
        for path in code.paths_with(target.folder, target.name):
            file = found.files.setdefault(path, CandidateFile(path))
            file.words.add(target.name)
            file.dotted.add(target.name)
    words = _words(target for target in targets if target not in private)
    if not words:
        return found
    hits, found.left_out = _hits(code, words, max_lines)
    pattern = _pattern(words)
    for hit in hits:
        # A long line comes back cut: what it matched may stand in the part that is missing.
        here = pattern.findall(hit.text) or [(".", word) for word in words]
        file = found.files.setdefault(hit.path, CandidateFile(hit.path))
        file.words.update(word for _, word in here)
        file.dotted.update(word for before, word in here if before)
        file.lines.append(WordLine(hit.line, hit.text, frozenset(word for _, word in here)))
    for file in found.files.values():
        file.words.update(found.left_out)  # it may have them
    return found


def _hits(code: Codebase, words: list[str], max_lines: int) -> tuple[list[SearchHit], frozenset[str]]:
    """The lines, each once, and the words that stand on more of them than one search gives.

    One common word among many would end the search for all: so the words are searched for in halves then, for twice
    as many lines in all.
    """
    todo, left_out = [words], set[str]()
    found: dict[tuple[str, int], SearchHit] = {}
    searches = 0
    while todo:
        part = todo.pop(0)
        limit = max(1, min(max_lines, 2 * max_lines - len(found)))
        result = code.workspace.search_some(part, Side.HEAD, limit=limit)
        searches += 1
        if not result.complete and len(part) > 1 and searches + len(todo) < _MOST_SEARCHES:
            todo += [part[: len(part) // 2], part[len(part) // 2 :]]
            continue
        found.update(((hit.path, hit.line), hit) for hit in result.hits)
        left_out.update(() if result.complete else part)
    return list(found.values()), frozenset(left_out)


def is_private_to_folder(target: Target) -> bool:
    """True for Go's lower-case names and test files: a look into one folder replaces the search of all."""
    return target.family == "go" and (not target.definition.exported or target.path.endswith("_test.go"))


_INSTALLED = re.compile(r"(?:^|/)(?:node_modules|\.yarn)/")
"""Folders of packages and of the tool that installs them, which use nothing of the repository."""


def may_use(file: CandidateFile, target: Target) -> bool:
    """Tell by path and spelling alone, before anything is read, where the language leaves no room for a use."""
    if file.family != target.family or not file.words & target.words or _INSTALLED.search(file.path):
        return False
    if target.family == "go" and dirname(file.path) != target.folder:
        keyed = target.definition.kind is SymbolKind.FIELD
        return not is_private_to_folder(target) and (keyed or target.name in file.dotted)
    if target.family == "python" and target.definition.owner is not None:
        return target.name in file.dotted or file.path == target.path
    return True


def is_far(file: CandidateFile, target: Target) -> bool:
    """True for a file that has the name of a member and nothing of where the member comes from.

    A value of the member's class may still reach it through others.
    """
    if target.definition.owner is None or dirname(file.path) == target.folder:
        return False
    return not file.words & _surroundings(target)


def _surroundings(target: Target) -> frozenset[str]:
    """Words that a file has which names the target's class or module."""
    owner = target.definition.owner
    return target.module_words | ({owner.rsplit(".", 1)[-1]} if owner is not None else set())


def _words(targets: Iterable[Target]) -> list[str]:
    found: dict[str, None] = {}
    for target in targets:
        found.update(dict.fromkeys(target.words))
        if target.definition.owner is not None:
            found.update(dict.fromkeys(_surroundings(target)))
    return sorted(found)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    either = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"((?:\.|^)\s*)?(?<!\w)({either})(?!\w)")
