"""Bare module names of JavaScript and TypeScript: path aliases, and packages of the same repository."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from posixpath import dirname, join, normpath

from reviewer.errors import RepositoryError

_CONFIGS = ("tsconfig.json", "jsconfig.json", "tsconfig.base.json")
_CONDITIONS = ("source", "development", "import", "module", "default", "require", "node", "browser", "types")
_ENTRIES = ("source", "module", "main", "types")
_BUILT = re.compile(r"^(?:lib|dist|build|out|esm|cjs)(?=/|$)(?:/(?:esm|cjs|es|src)(?=/))?")
_MAX_EXTENDS = 5
_Json = dict[str, object]


class EcmascriptPackages:
    """Where bare names lead, by the configuration files of one commit."""

    def __init__(self, paths: frozenset[str], read: Callable[[str], bytes]) -> None:
        self._paths = paths
        self._read = read
        self._parsed: dict[str, _Json] = {}
        self._nearest: dict[str, str | None] = {}

    def places(self, importer: str, module: str) -> Iterator[tuple[str, bool]]:
        """Paths without an ending where `module` may be, the surest first; False where it is only likely there."""
        yield from ((place, True) for place in self._aliased(importer, module))
        parts = module.split("/")
        length = 2 if module.startswith("@") else 1
        folder = self._packages.get("/".join(parts[:length]))
        if folder is not None:
            yield from self._in_package(folder, "/".join(parts[length:]))

    # -- tsconfig.json and jsconfig.json

    def _aliased(self, importer: str, module: str) -> Iterator[str]:
        config = self._config_of(dirname(importer))
        for _ in range(_MAX_EXTENDS):
            if config is None:
                return
            parsed = self._json(config)
            options = _object(parsed.get("compilerOptions"))
            yield from _alias_places(dirname(config), options, module)
            config = self._extended(config, parsed.get("extends"))

    def _extended(self, config: str, written: object) -> str | None:
        base = written[-1] if isinstance(written, list) and written else written
        if not isinstance(base, str) or not base.startswith("."):
            return None
        path = normpath(join(dirname(config), base))
        return next((one for one in (path, f"{path}.json") if one in self._paths), None)

    def _config_of(self, folder: str) -> str | None:
        if folder not in self._nearest:
            here = next((path for name in _CONFIGS if (path := join(folder, name)) in self._paths), None)
            self._nearest[folder] = here or (self._config_of(dirname(folder)) if folder else None)
        return self._nearest[folder]

    # -- package.json

    @cached_property
    def _packages(self) -> dict[str, str]:
        """Folders of the repository's own packages, by their name; the one nearest to the top wins."""
        found: dict[str, str] = {}
        own = [path for path in self._paths if path.rsplit("/", 1)[-1] == "package.json"]
        for path in sorted(own, key=lambda path: (path.count("/"), path)):
            name = self._json(path).get("name") if "node_modules/" not in path else None
            if isinstance(name, str):
                found.setdefault(name, dirname(path))
        return found

    def _in_package(self, folder: str, below: str) -> Iterator[tuple[str, bool]]:
        package = self._json(join(folder, "package.json"))
        for written in _entries(package, below):
            place = normpath(join(folder, written))
            yield place, True
            inner = normpath(written)
            if _BUILT.match(inner):
                for source in (_BUILT.sub("src", inner), _BUILT.sub(".", inner)):
                    yield normpath(join(folder, source.rsplit(".", 1)[0])), False
        yield normpath(join(folder, below)), bool(below)
        yield normpath(join(folder, "src", below)), False

    def _json(self, path: str) -> _Json:
        if path not in self._parsed:
            self._parsed[path] = self._load(path)
        return self._parsed[path]

    def _load(self, path: str) -> _Json:
        """The file's object; without entries where it cannot be read, since then it leads nowhere."""
        try:
            text = self._read(path).decode("utf-8", "replace")
            return _object(json.loads(_without_comments(text)))
        except (RepositoryError, ValueError, RecursionError):
            return {}


def _object(value: object) -> _Json:
    return value if isinstance(value, dict) else {}


def _alias_places(folder: str, options: _Json, module: str) -> Iterator[str]:
    base = options.get("baseUrl")
    root = normpath(join(folder, base)) if isinstance(base, str) else None
    for pattern, targets in _object(options.get("paths")).items():
        before, star, after = pattern.partition("*")
        fits = module.startswith(before) and module.endswith(after) if star else module == pattern
        if not fits or len(module) < len(before) + len(after):
            continue
        middle = module[len(before) : len(module) - len(after)] if star else ""
        for target in targets if isinstance(targets, list) else ():
            if isinstance(target, str):
                yield normpath(join(root if root is not None else folder, target.replace("*", middle)))
    if root is not None:
        yield normpath(join(root, module))


def _entries(package: _Json, below: str) -> Iterator[str]:
    exports = package.get("exports")
    wanted = f"./{below}" if below else "."
    table = _object(exports)
    if isinstance(exports, str) and not below:
        yield exports
    elif table and not any(key.startswith(".") for key in table):
        yield from _conditions(table) if not below else ()
    for pattern, target in table.items():
        before, star, after = pattern.partition("*")
        if pattern == wanted:
            yield from _conditions(target)
        elif star and wanted.startswith(before) and wanted.endswith(after):
            middle = wanted[len(before) : len(wanted) - len(after)]
            yield from (one.replace("*", middle) for one in _conditions(target))
    if not below:
        yield from (entry for key in _ENTRIES if isinstance(entry := package.get(key), str))


def _conditions(target: object, depth: int = 0) -> Iterator[str]:
    if isinstance(target, str):
        yield target
    elif isinstance(target, dict) and depth < _MAX_EXTENDS:
        for name in _CONDITIONS:
            if name in target:
                yield from _conditions(target[name], depth + 1)


_PARTS = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/|,(?=\s*[}\]])', re.DOTALL)


def _without_comments(text: str) -> str:
    """JSON from what TypeScript accepts: comments and commas before a closing bracket are dropped."""
    stripped = _PARTS.sub(lambda found: found.group() if found.group().startswith('"') else "", text)
    return _PARTS.sub(lambda found: found.group() if found.group().startswith('"') else "", stripped)
