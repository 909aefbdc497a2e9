"""Tells whether a word of a file may be a framework's: the same name from elsewhere makes no entry point."""

import re
from functools import cached_property

from reviewer.evidence.resolve.modules import Modules
from reviewer.evidence.syntax.parsed import Import
from reviewer.evidence.syntax.source_file import SourceFile

_MADE = r"(?m)^[ \t]*(?:(?:export |const |let |var )+)?{}\s*(?::[^=\n]*)?=\s*(?:new |await )?(?P<maker>[\w.]+)\s*\("


class Origins:
    """Where the names that a file uses come from, by its imports."""

    def __init__(self, file: SourceFile, modules: Modules) -> None:
        self._file = file
        self._modules = modules

    def is_of(self, name: str, source: str) -> bool:
        """Whether the imports say that `name` is of a module that begins with the pattern `source`."""
        found = self._imports.get(name)
        return self._fits(found, source) if found is not None else self._through_stars(source)

    def may_lead_to(self, name: str, source: str) -> bool:
        """Like `is_of`, and true as well for what code of the repository made, or nobody knows what.

        For an object whose member is used, and for a base class: these are passed on and built upon.
        """
        found = self._imports.get(name)
        if found is None:
            made = re.search(_MADE.format(re.escape(name)), self._text)
            found = self._imports.get(made["maker"].split(".")[0]) if made else None
        return found is None or self._fits(found, source) or self._is_own(found.module)

    def _through_stars(self, source: str) -> bool:
        """By all names of a module, or, in Java, because the file is of that package itself."""
        stars = [one for one in self._file.imports if one.name == "*"]
        package = re.search(r"(?m)^package\s+([\w.]+)\s*;", self._text)
        return any(self._fits(one, source) for one in stars) or bool(package and _begins(package[1], source))

    def _fits(self, found: Import, source: str) -> bool:
        return _begins(found.module, source)

    def _is_own(self, module: str) -> bool:
        """True for code of this repository."""
        family = self._file.grammar.family
        return module.startswith(".") or self._modules.find(self._file.path, module, family).path is not None

    @cached_property
    def _imports(self) -> dict[str, Import]:
        return {one.local: one for one in self._file.imports if one.local}

    @cached_property
    def _text(self) -> str:
        return "\n".join(self._file.lines)


def _begins(module: str, source: str) -> bool:
    return re.match(rf"(?:{source})(?![\w-])", module) is not None
