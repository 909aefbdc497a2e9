"""Which files of the head hold the names that are gone: one search for all of them."""

import re
from collections import defaultdict
from collections.abc import Sequence

from reviewer.domain.change import Side
from reviewer.evidence.literals.roles import FileKind, is_foreign, is_test, kind_of, tells_the_past
from reviewer.evidence.offers.changed_files import Sources
from reviewer.evidence.offers.limits import NameLimits
from reviewer.evidence.offers.source import Source
from reviewer.evidence.workspace import SearchHit, Workspace

_CUT_BY_GIT = 990
"""Bytes of a line from which on its text may be cut, so that any of the words may stand behind."""


class Holders:
    """The files of the head by a word they hold; what a limit hides is told in `cuts`."""

    def __init__(self, workspace: Workspace, sources: Sources, limits: NameLimits) -> None:
        self.cuts: list[str] = []
        self._workspace = workspace
        self._sources = sources
        self._limits = limits
        self._opened: dict[str, Source | None] = {}

    def find(self, words: Sequence[str], *, bare: frozenset[str]) -> dict[str, list[Source]]:
        """All files with each word, ordered by path. A word with a file that is not known has no entry at all.

        Lines on which a word only stands in a sentence do not count, except for those that are `bare`.
        """
        limit = self._limits.max_search_lines
        found = self._workspace.search_some(words, Side.HEAD, limit=limit, whole_words=True)
        if found.complete:
            return self._by_word(words, found.hits, bare)
        if len(words) == 1:
            self.cuts.append(f"{words[0]} stands on {limit} lines or more: who looks it up is not known")
            return {}
        half = len(words) // 2
        return {**self.find(words[:half], bare=bare), **self.find(words[half:], bare=bare)}

    def _by_word(
        self, words: Sequence[str], hits: Sequence[SearchHit], bare: frozenset[str]
    ) -> dict[str, list[Source]]:
        paths: dict[str, set[str]] = defaultdict(set)
        forms = {word: _as_a_name(word) for word in words if word not in bare}
        for hit in hits:
            whole = len(hit.text) < _CUT_BY_GIT
            for word in words:
                if not whole or (word in hit.text and (word in bare or forms[word].search(hit.text))):
                    paths[word].add(hit.path)
        opened = {word: self._open(word, sorted(holders)) for word, holders in paths.items()}
        return {word: sources for word, sources in opened.items() if sources is not None}

    def _open(self, word: str, paths: Sequence[str]) -> list[Source] | None:
        passed = (is_foreign, is_test, _is_bundle, _is_old_prose)
        wanted = [path for path in paths if not any(is_passed(path) for is_passed in passed)]
        if len(wanted) > self._limits.max_files:
            self.cuts.append(f"{word} stands in {len(wanted)} files, limit {self._limits.max_files} a name")
            return None
        opened = [self._source(path) for path in wanted]
        for path in wanted:
            if path in self._sources.unread:
                self.cuts.append(f"{word} stands in {path}: {self._sources.unread[path]}")
                return None
        return [source for source in opened if source]

    def _source(self, path: str) -> Source | None:
        if path not in self._opened:
            self._opened[path] = self._sources.open(path, Side.HEAD)
        return self._opened[path]


def _as_a_name(word: str) -> re.Pattern[str]:
    """The word beside a quote, a dot, a colon or the like, alone on its line, or where it is defined or imported."""
    name = re.escape(word)
    return re.compile(
        rf"[\"'`.:$,\[{{(/<>#-]\s*{name}|{name}[\"'`?!]?\s*[:=\],)}}\"'`]|^\s*{name}\s*$"
        rf"|\b(?:def|class|import|alias|as|export|ENV|ARG)\b.*{name}"
    )


def _is_bundle(path: str) -> bool:
    """True for many files of others put into one."""
    return re.search(r"[.-]bundle\.\w+$", path) is not None


def _is_old_prose(path: str) -> bool:
    return tells_the_past(path) and kind_of(path) is not FileKind.PROGRAM
