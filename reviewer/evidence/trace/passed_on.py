"""Names that a module passes on from another one, as definitions of its own: Python, JavaScript, TypeScript."""

from collections.abc import Iterator

from reviewer.domain.evidence import SymbolKind
from reviewer.evidence.syntax.parsed import Definition, Import
from reviewer.evidence.syntax.source_file import SourceFile


def passed_on(file: SourceFile) -> Iterator[Definition]:
    """Names that others can take from `file` although they are defined elsewhere; ordered by place."""
    if file.grammar.family == "python":
        for taken in file.imports:
            if taken.local is None or taken.name in (None, "*") or not file.binds_at_top(taken.local):
                continue
            if not _may_be_a_file(file, taken):
                yield _definition(file, taken.local, taken.local_start)
    elif file.grammar.family == "ecmascript":
        locals_of = {taken.local: taken.local_start for taken in file.imports if taken.local}
        passed = {taken.name: taken.start for taken in file.imports if taken.local is None}
        for export in file.exports:
            if export.name in ("*", "default", "="):
                continue
            start = (
                passed.get(export.imported or export.name)
                if export.module
                else locals_of.get(export.local or export.name)
            )
            if start is not None:
                yield _definition(file, export.name, start)


def still_offers(file: SourceFile, name: str) -> bool:
    """True when a module that was changed may offer the name by whatever means."""
    if file.grammar.exports is not None:
        return not file.exports_known or any(export.name in (name, "*") for export in file.exports)
    stars = any(taken.name == "*" for taken in file.imports)
    return stars or file.binds_at_top(name) or file.definition("__getattr__") is not None


def _may_be_a_file(file: SourceFile, taken: Import) -> bool:
    """True when the name may be a module of the package itself, which importers find without any import here."""
    if not file.path.endswith("/__init__.py"):
        return False
    folder = file.path.split("/")[-2]
    last = taken.module.rsplit(".", 1)[-1]
    return last in ("", folder, taken.local)


def _definition(file: SourceFile, name: str, start: int) -> Definition:
    line = file.line_of(start)
    return Definition(
        name=name,
        owner=None,
        kind=SymbolKind.EXPORT,
        first_line=line,
        signature_end=line,
        last_line=line,
        start=start,
        end=start + len(name.encode()),
        parameters=None,
        exported=True,
    )
