"""The files of one commit as modules: parsed once, lowered when asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from reviewer.evidence.flow import ir
from reviewer.evidence.resolve.modules import Named
from reviewer.evidence.syntax.source_file import SourceFile


class ModuleFile:
    """One parsed file, its module scope, and where in it names are used."""

    def __init__(self, source: SourceFile, lowerer: Callable[[ir.Scope], None]) -> None:
        self.source = source
        self.path = source.path
        self.stars: list[str] = []
        """Modules all of whose names are taken."""
        self.scopes: dict[int, ir.Scope] = {}
        """Functions and classes by the first byte of their node, as far as they were reached."""
        self.uses: dict[int, ir.Expr] = {}
        """Reads, members and imports by the byte of their name, in what was lowered."""
        self.scope = ir.Scope("module", source.path, None, self, source.keep_tree(), lowerer)
        self.scope.partial = source.unparsed  # an empty tree says nothing of what the module holds

    def add(self, scope: ir.Scope) -> ir.Scope:
        """Remember a scope of this file."""
        if scope.node is not None:
            self.scopes[scope.node.start_byte] = scope
        return scope

    def note(self, expr: ir.Expr) -> ir.Expr:
        """Remember where a name is used."""
        self.uses[expr.start] = expr
        return expr


class Files(Protocol):
    """Where modules come from."""

    def module(self, path: str) -> ModuleFile | None:
        """The file at `path` as a module; None where there is none that can be lowered."""

    def find(self, importer: str, module: str, family: str) -> Named:
        """What `module`, as written in the file `importer`, names."""

    def folder(self, importer: str, module: str) -> str | None:
        """The folder that `module` names where no file does: a package without a file of its own."""

    def below(self, path: str, name: str) -> str | None:
        """The file of the module `name` in the package whose file or folder is `path`."""

    def lines(self, words: Sequence[str], family: str) -> Sequence[tuple[str, str]]:
        """Lines of the family's files that contain any of `words` as a whole word, each with its path.

        Ordered by path, then by line; what a limit cut is remembered.
        """

    def in_folder(self, folder: str, family: str) -> Sequence[str]:
        """Paths of the family's files that lie right in `folder`, sorted."""
