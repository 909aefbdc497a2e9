"""The files of one side of a change, ready for the flow analysis."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from posixpath import dirname, join

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.languages.ecmascript import EcmascriptSemantics
from reviewer.evidence.flow.languages.go import GoSemantics
from reviewer.evidence.flow.languages.java import JavaSemantics
from reviewer.evidence.flow.languages.python import PythonSemantics
from reviewer.evidence.flow.languages.ruby import RubySemantics
from reviewer.evidence.flow.lower import ecmascript, go, java, python, ruby
from reviewer.evidence.flow.modules import ModuleFile
from reviewer.evidence.flow.semantics import Semantics
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.modules import Named
from reviewer.evidence.syntax.languages import grammar_of

_SEARCH_LINES = 60_000

LOWERERS: Mapping[str, Callable[[ir.Scope], None]] = {
    "ecmascript": ecmascript.lower_module,
    "go": go.lower_module,
    "java": java.lower_module,
    "python": python.lower_module,
    "ruby": ruby.lower_module,
}
"""By family; a family without one is not followed."""


class Program:
    """Implements `flow.modules.Files` over the files of one commit."""

    def __init__(
        self,
        code: Codebase,
        *,
        max_files: int | None = None,
        max_bytes: int | None = None,
        max_searches: int | None = None,
    ) -> None:
        self.code = code
        self._max_files = max_files
        self._max_bytes = max_bytes
        self._searches_left = max_searches
        self._files = self._bytes = 0
        self._ruled_out = 0
        self._unparsed: dict[str, None] = {}
        self._named: set[str] = set()
        self.languages: Mapping[str, Semantics] = {
            "ecmascript": EcmascriptSemantics(),
            "go": GoSemantics(),
            "java": JavaSemantics(),
            "python": PythonSemantics(),
            "ruby": RubySemantics(),
        }
        self.cuts: dict[str, None] = {}
        """What a limit left out, a sentence each."""
        self._modules: dict[str, ModuleFile | None] = {}

    def module(self, path: str) -> ModuleFile | None:
        """See `Files`."""
        if path not in self._modules:
            file = self.code.file(path) if self._may_parse(path) else None
            lowerer = LOWERERS.get(file.grammar.family) if file is not None else None
            self._modules[path] = ModuleFile(file, lowerer) if file is not None and lowerer else None
            if file is not None and file.unparsed is not None:
                self._unparsed[path] = None
        return self._modules[path]

    @property
    def left_out(self) -> int:
        """Files and searches that a limit ruled out, so that what is known may lack something.

        A script of which nothing is known counts where it is imported: others hold every word, and bind no name of
        another file.
        """
        unknown = (path for path in self._unparsed if path in self._named or _family(path) != "ecmascript")
        return self._ruled_out + sum(1 for _ in unknown)

    @property
    def partial(self) -> tuple[str, ...]:
        """What of the code that was looked at could not be lowered, a sentence a file and reason."""
        told: dict[str, None] = {}
        for path, module in self._modules.items():
            scopes = (module.scope, *module.scopes.values()) if module is not None else ()
            told.update((f"{path}: {scope.partial}", None) for scope in scopes if scope.partial)
        return tuple(told)

    def _may_parse(self, path: str) -> bool:
        """True for what costs nothing any more, and within the limits."""
        if (self._max_files is None and self._max_bytes is None) or self.code.is_parsed(path):
            return True
        if path not in self.code.paths or _family(path) not in LOWERERS:
            return True
        full = self._max_files is not None and self._files >= self._max_files
        if full or (self._max_bytes is not None and self._bytes >= self._max_bytes):
            self._ruled_out += 1
            return False
        self._files, self._bytes = self._files + 1, self._bytes + self.code.size(path)
        return True

    def find(self, importer: str, module: str, family: str) -> Named:
        """See `Files`."""
        found = self.code.modules.find(importer, module, family)
        if found.path is not None:
            self._named.add(found.path)
        return found

    def folder(self, importer: str, module: str) -> str | None:
        """See `Files`."""
        return self.code.modules.folder(importer, module)

    def below(self, path: str, name: str) -> str | None:
        """See `Files`."""
        folder = dirname(path) if path.endswith((".py", ".pyi")) else path
        if path.endswith((".py", ".pyi")) and not path.rsplit("/", 1)[-1].startswith("__init__."):
            return None
        tries = (join(folder, name, "__init__.py"), join(folder, f"{name}.py"), join(folder, f"{name}.pyi"))
        return next((one for one in tries if one in self.code.paths), None)

    def lines(self, words: Sequence[str], family: str) -> Sequence[tuple[str, str]]:
        """See `Files`."""
        if self._searches_left is not None:
            if self._searches_left <= 0:
                self._ruled_out += 1
                return []
            self._searches_left -= 1
        found = self.code.workspace.search_some(words, self.code.side, limit=_SEARCH_LINES)
        if not found.complete:
            self.cuts[f"the search for {', '.join(words)} ended after {_SEARCH_LINES} lines"] = None
        return [(hit.path, hit.text) for hit in found.hits if _family(hit.path) == family]

    def in_folder(self, folder: str, family: str) -> Sequence[str]:
        """See `Files`."""
        return self._by_folder.get((folder, family), [])

    @cached_property
    def _by_folder(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for path in sorted(self.code.paths):
            if family := _family(path):
                found.setdefault((dirname(path), family), []).append(path)
        return found


def _family(path: str) -> str | None:
    grammar = grammar_of(path)
    return grammar.family if grammar else None
