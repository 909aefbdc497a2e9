"""Renames of random definitions of a repository, and which other files use each by its name."""

import difflib
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.evidence import SymbolKind
from reviewer.evidence.literals.roles import is_foreign, is_test
from reviewer.evidence.offers.yaml_keys import yaml_keys
from reviewer.evidence.syntax.languages import grammar_of
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.source_file import SourceFile

KINDS = (
    "function",
    "method",
    "type",
    "field",
    "constant",
    "keyword parameter",
    "message key",
    "environment name",
)
_MAX_USERS = 20
"""Files that use a name: one that more files have is no good sample, and slow."""
_MAX_HITS = 400
_MAX_BYTES = 200_000
_SHORTEST = 4
_TYPES = (SymbolKind.CLASS, SymbolKind.INTERFACE, SymbolKind.TYPE)
_LOCALE = re.compile(
    r"(?:^|/)(?:locales?|i18n|translations?|lang)/(?:[\w-]+/)*(?:en\b[\w-]*)?[\w.-]*\.ya?ml$"
)
_ENVIRONMENT = re.compile(
    r"(?:environ(?:\.get)?[\[(]|getenv\(|Getenv\(|ENV(?:\.fetch\(|\[)|process\.env[.\[])['\"]?(\w+)"
)


@dataclass(frozen=True)
class Mutant:
    """One name that gets another one."""

    kind: str
    language: str
    name: str
    new_name: str
    path: str
    span: tuple[int, int] | None
    """Bytes of the file in which it is renamed; None for all of them."""
    users: tuple[str, ...]
    """Other files that have the name."""
    whole: bool
    """Whether a rename by word of every file that has the name is complete."""


class Sampler:
    """Takes random definitions out of one commit."""

    def __init__(self, repo: GitRepository, commit: str, *, under: str, seed: int) -> None:
        self._repo, self._commit, self._random = repo, commit, random.Random(seed)  # noqa: S311 - a sample
        entries = {entry.path.decode(errors="replace"): entry for entry in repo.tree(commit)}
        self._entries = {path: one for path, one in entries.items() if one.mode in ("100644", "100755")}
        self._paths = sorted(
            path
            for path in self._entries
            if path.startswith(under) and not is_test(path) and not is_foreign(path)
        )
        self._random.shuffle(self._paths)
        self._file = cache(self._parsed)

    def read(self, path: str) -> bytes:
        """The file's content; empty for one that is too large to be sampled."""
        entry = self._entries[path]
        if self._repo.blob_size(entry.object_id) > _MAX_BYTES:
            return b""
        return self._repo.blob(entry.object_id, limit_bytes=_MAX_BYTES)

    def mutants(self, wanted: int, *, files: int) -> Iterator[Mutant]:
        """At most `wanted` of each kind, one of a kind a file, out of at most `files` random files."""
        found = dict.fromkeys(KINDS, 0)
        for path in self._paths[:files]:
            options = list(self._options(path))
            self._random.shuffle(options)
            taken: set[str] = set()
            for kind, name, span in options[:40]:
                if kind in taken or found[kind] == wanted:
                    continue
                mutant = self._mutant(kind, name, path, span)
                if mutant:
                    taken.add(kind)
                    found[kind] += 1
                    yield mutant

    def diff(self, mutant: Mutant, *, everywhere: bool) -> bytes:
        """The rename as a diff: of the definition's file alone, or of every file that has the name."""
        paths = (mutant.path, *(mutant.users if everywhere else ()))
        parts = []
        for path in sorted(paths):
            before = self.read(path)
            span = mutant.span if path == mutant.path and not everywhere else None
            after = _renamed(before, mutant, span)
            parts.append(_diff(path, before, after))
        return b"".join(parts)

    def _options(self, path: str) -> Iterator[tuple[str, str, tuple[int, int] | None]]:
        if _LOCALE.search(path):
            for key, _ in yaml_keys(self.read(path).decode(errors="replace")):
                yield "message key", key.rsplit(".", 1)[-1], None
        file = self._file(path)
        if file is None or file.partial:
            return
        for name in _ENVIRONMENT.findall(file.source.decode(errors="replace")):
            if name.isupper():
                yield "environment name", name, None
        for one in (*file.definitions, *file.fields):
            kind = _kind(one)
            if kind:
                yield kind, one.name, None
            if one.parameters and one.parameters.names_count and not one.parameters.takes_any_keyword:
                for name in one.parameters.optional:
                    yield "keyword parameter", name, (one.start, one.end)

    def _mutant(self, kind: str, name: str, path: str, span: tuple[int, int] | None) -> Mutant | None:
        if not re.fullmatch(r"[A-Za-z_]\w*", name) or len(name) < _SHORTEST or name.startswith("__"):
            return None
        hits = self._repo.grep(self._commit, [name], whole_words=True, limit=_MAX_HITS)
        users = sorted({hit.path.decode(errors="replace") for hit in hits} - {path})
        if (
            len(hits) == _MAX_HITS
            or len(users) > _MAX_USERS
            or any(user not in self._entries for user in users)
        ):
            return None
        if any(not self.read(user) for user in users) or self._is_split(path, name):
            return None
        language = grammar.language if (grammar := grammar_of(path)) else "data"
        if not any(self._uses(user, kind, name, path, span) for user in users):
            return None
        return Mutant(kind, language, name, _new_name(name), path, span, tuple(users), whole=span is None)

    def _is_split(self, path: str, name: str) -> bool:
        """True when the file itself defines the name more than once, so that words do not tell whose a use is."""
        file = self._file(path)
        known = (*file.definitions, *file.fields) if file else ()
        return sum(one.name == name for one in known) > 1

    def _uses(self, user: str, kind: str, name: str, path: str, span: tuple[int, int] | None) -> bool:
        if kind == "message key":
            return grammar_of(user) is not None
        if kind == "environment name":
            return True
        file, home = self._file(user), self._file(path)
        if file is None or home is None or file.grammar.family != home.grammar.family:
            return False
        if kind == "keyword parameter" and span:
            pattern = rf"\b{re.escape(_called(home, span))}\([^()]*\b{re.escape(name)}\s*="
            return re.search(pattern, file.source.decode(errors="replace")) is not None
        return bool(file.occurrences(name))

    def _parsed(self, path: str) -> SourceFile | None:
        grammar = grammar_of(path)
        return SourceFile(path, self.read(path), grammar) if grammar else None

    def is_ambiguous(self, mutant: Mutant) -> bool:
        """Another file defines or assigns the same name, so that words do not tell whose a use is."""
        files = [file for user in mutant.users if (file := self._file(user)) is not None]
        return any(
            one.name == mutant.name for file in files for one in (*file.definitions, *file.fields)
        ) or any(found.written for file in files for found in file.occurrences(mutant.name))


def _kind(one: Definition) -> str | None:
    if one.kind is SymbolKind.CONSTANT or (one.kind is SymbolKind.FIELD and one.name.isupper()):
        return "constant"
    if one.kind in _TYPES:
        return "type"
    plain = {SymbolKind.FUNCTION: "function", SymbolKind.METHOD: "method", SymbolKind.FIELD: "field"}
    return plain.get(one.kind)


def _called(file: SourceFile, span: tuple[int, int]) -> str:
    """The name by which the function at `span` is called: a constructor by that of its class."""
    function = next(one for one in file.definitions if (one.start, one.end) == span)
    named = function.owner if function.name == "__init__" and function.owner else function.name
    return named.rsplit(".", 1)[-1]


def _new_name(name: str) -> str:
    if name.isupper():
        return f"{name}_RENEWED"
    return f"{name}_renewed" if "_" in name.strip("_") or name.islower() else f"{name}Renewed"


def _renamed(text: bytes, mutant: Mutant, span: tuple[int, int] | None) -> bytes:
    start, end = span or (0, len(text))
    pattern = rb"(?<![\w$])" + re.escape(mutant.name.encode()) + rb"(?![\w$])"
    return text[:start] + re.sub(pattern, mutant.new_name.encode(), text[start:end]) + text[end:]


def _diff(path: str, before: bytes, after: bytes) -> bytes:
    names = [f"a/{path}".encode(), f"b/{path}".encode()]
    old, new = (_lines(text) for text in (before, after))
    lines = [
        line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"
        for line in difflib.diff_bytes(difflib.unified_diff, old, new, names[0], names[1])
    ]
    return b"".join(lines)


def _lines(text: bytes) -> list[bytes]:
    """Lines as git counts them, each with the line feed that ends it."""
    *whole, last = text.split(b"\n")
    return [line + b"\n" for line in whole] + ([last] if last else [])
