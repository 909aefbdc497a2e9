"""Follows an imported name to the file that defines it, through files that only pass it on."""

from reviewer.domain.evidence import Certainty
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.modules import Modules, Named
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.syntax.parsed import WHOLE_EXPORT, Import, Occurrence, Role
from reviewer.evidence.syntax.source_file import SourceFile

_MAX_HOPS = 8


class ImportChains:
    """Answers for one side of the change; `before` are the files of the merge base, for what is gone."""

    def __init__(self, code: Codebase, *, before: Modules) -> None:
        self._code = code
        self._before = before

    def reach(self, importer: str, module: str, name: str, target: Target) -> Certainty | None:
        """How certain `name` of `module`, imported in the file `importer`, is the target; None when it is not."""
        certainty = Certainty.RESOLVED
        todo = [(importer, module, name)]
        seen: set[tuple[str, str, str]] = set()
        while todo and len(seen) < _MAX_HOPS:
            step = todo.pop(0)
            if step in seen:
                continue
            seen.add(step)
            found = self._find(step[0], step[1], target)
            if not found.certain:
                certainty = Certainty.BY_NAME
            if found.path is None:
                if found.outside or found.certain or not _could_name(step[1], step[2], target):
                    continue
                return Certainty.BY_NAME
            if found.path == target.path and self._offers(step[2], target):
                return None if target.gone and self._still_offered(step[2], target) else certainty
            todo.extend((found.path, *passed) for passed in self._passed_on(found.path, step[2]))
        return None

    def leads_to(self, file: SourceFile, taken: Import, target: Target) -> bool:
        """True when the import of `file` names the target's file, or what may be passed on from there."""
        modules = [taken.module]
        if file.grammar.family == "python" and taken.name not in (None, "*"):
            joined = taken.module if taken.module.endswith(".") else f"{taken.module}."
            modules.append(f"{joined}{taken.name}")
        if any(self._find(file.path, module, target).path == target.path for module in modules):
            return True
        name = taken.name if taken.name not in (None, "*", WHOLE_EXPORT) else target.name
        return self.reach(file.path, taken.module, name or target.name, target) is not None

    def module_of(self, file: SourceFile, occurrence: Occurrence) -> tuple[str, ...] | None:
        """The modules that the receiver of `occurrence` may stand for, as written; None when it is no module."""
        parts = (occurrence.receiver or "").split(".")
        binding = file.binding(occurrence, parts[0])
        if binding is None or binding.role is not Role.IMPORT:
            return None
        taken = file.import_at(binding)
        if taken is None:
            return None
        if file.grammar.family == "python":
            return _python_modules(taken, parts)
        whole = taken.name in (None, "default", WHOLE_EXPORT)
        return (taken.module,) if whole and len(parts) == 1 else None

    def lies_outside(self, file: SourceFile, occurrence: Occurrence) -> bool:
        """True when the receiver comes from a module that the repository does not have."""
        binding = file.binding(occurrence, (occurrence.receiver or "").split(".")[0])
        taken = file.import_at(binding) if binding and binding.role is Role.IMPORT else None
        if taken is None:
            return False
        found = self._code.modules.find(file.path, taken.module, file.grammar.family)
        bare = file.grammar.family == "ecmascript" and not taken.module.startswith(".")
        return found.outside or (found.path is None and bare)

    def _find(self, importer: str, module: str, target: Target) -> Named:
        found = self._code.modules.find(importer, module, target.family)
        if found.path is None and target.gone:
            return self._before.find(importer, module, target.family)
        return found

    def _offers(self, name: str, target: Target) -> bool:
        if name in target.exported_as:
            return True
        # `import x from` takes what CommonJS exports as a whole.
        return name == "default" and WHOLE_EXPORT in target.exported_as

    def _still_offered(self, name: str, target: Target) -> bool:
        """True when the file of a definition that is gone offers its name by other means."""
        file = self._code.file(target.path)
        if file is None:
            return False
        if file.grammar.exports is None:
            stars = any(taken.name == "*" for taken in file.imports)
            return stars or file.binds_at_top(name) or file.definition("__getattr__") is not None
        names = {export.name for export in file.exports}
        return not file.exports_known or bool({name, "*"} & names)

    def _passed_on(self, path: str, name: str) -> list[tuple[str, str]]:
        """Modules and names from which the file at `path` takes what it offers as `name`."""
        file = self._code.file(path)
        if file is None:
            return []
        if file.grammar.exports is None:
            stars = [(taken.module, name) for taken in file.imports if taken.name == "*"]
            return [*_taken_as(file, name), *stars]
        passed: list[tuple[str, str]] = []
        for export in file.exports:
            if export.name not in (name, "*"):
                continue
            if export.module is not None:
                passed.append((export.module, name if export.name == "*" else export.imported or name))
            elif export.local is not None:
                passed.extend(_taken_as(file, export.local))
        return passed


def _taken_as(file: SourceFile, local: str) -> list[tuple[str, str]]:
    return [(taken.module, taken.name or WHOLE_EXPORT) for taken in file.imports if taken.local == local]


def _python_modules(taken: Import, parts: list[str]) -> tuple[str, ...]:
    if taken.name is None:
        aliased = taken.local != taken.module.split(".")[0]
        return (".".join([taken.module, *parts[1:]]) if aliased else ".".join(parts),)
    joined = taken.module if taken.module.endswith(".") else f"{taken.module}."
    return (".".join([f"{joined}{taken.name}", *parts[1:]]),)


def _could_name(module: str, name: str, target: Target) -> bool:
    """True when an import that cannot be followed, such as `@/lib/x`, is written like the target's file."""
    last = module.rstrip("/").replace("/", ".").rsplit(".", 1)[-1]
    stem = target.path.rsplit("/", 1)[-1].split(".")[0]
    folder = target.folder.rsplit("/", 1)[-1]
    fits = last in ((folder,) if stem in ("index", "__init__") else (stem,))
    return fits and name in target.exported_as
