"""Ties inside one file: hunks of one function stay together, and an import stands where its name is used."""

from collections.abc import Iterator
from itertools import pairwise

from reviewer.domain.change import Side
from reviewer.domain.evidence import SymbolKind
from reviewer.domain.split_plan import SplitReason
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.stages.split.reading import ChangedCode, Reading
from reviewer.stages.split.tie import Tie, by_path

_BLOCKS = (SymbolKind.FUNCTION, SymbolKind.METHOD)
_REFUSES_UNUSED_IMPORTS = "go"


def ties(code: ChangedCode) -> Iterator[Tie]:
    """Neighbours among the hunks of each function, and imports with the hunks that use what they bind."""
    for file in code.files:
        for side in Side:
            yield from _of_functions(file, side)
            yield from _of_imports(file, side)


def _of_functions(file: Reading, side: Side) -> Iterator[Tie]:
    parsed = file.parsed(side)
    for found in parsed.definitions if parsed else ():
        if found.kind not in _BLOCKS:
            continue
        lines = range(found.first_line, found.last_line + 1)
        units = dict.fromkeys(file.unit_at[side, line] for line in lines if (side, line) in file.unit_at)
        for one, other in pairwise(units):
            text = f"both are in {found.qualified_name} of {file.change.path}"
            yield Tie(one, other, SplitReason(text=text, quotes=()), together=True)


def _of_imports(file: Reading, side: Side) -> Iterator[Tie]:
    """A new import before its uses, one that goes after them."""
    parsed = file.parsed(side)
    if not isinstance(parsed, SourceFile):
        return
    together = file.family == _REFUSES_UNUSED_IMPORTS
    for taken in parsed.imports:
        unit = file.unit_at.get((side, parsed.line_of(taken.start)))
        name = _bound(taken.local, taken.module, file.family)
        for user in file.changed_words(side).get(name, ()) if unit else ():
            if unit is not None and user != unit:
                first, then = (unit, user) if side is Side.HEAD else (user, unit)
                text = f"{file.change.path} uses {name}, which it imports"
                yield by_path(first, then, text, together=together)


def _bound(local: str | None, module: str, family: str) -> str:
    """The word that the import binds: of `a.b` the `a` in Python, of `x/y` the `y` in Go."""
    if local is not None:
        return local.split(".")[0]
    return module.rsplit("/", 1)[-1] if family == "go" else module.split(".", maxsplit=1)[0]
