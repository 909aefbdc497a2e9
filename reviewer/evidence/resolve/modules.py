"""Which file of the repository an import names. Knows paths only; nothing is run, no environment is asked."""

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from posixpath import commonprefix, dirname, join, normpath

from reviewer.evidence.resolve.ecmascript_packages import EcmascriptPackages

_PYTHON_ROOTS = ("src", "lib", "python")
_JAVASCRIPT_ENDINGS = (".ts", ".tsx", ".d.ts", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
_WRITTEN_AS_JAVASCRIPT = {".js": (".ts", ".tsx"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}


@dataclass(frozen=True)
class Named:
    """What an import names."""

    path: str | None
    """A file; for Go the folder of a package. None when it is not in the repository, or cannot be told."""
    certain: bool = True
    """False when the language would find it only if the program is started the right way."""
    outside: bool = False
    """The module is known to lie outside of the repository."""


UNKNOWN = Named(None, certain=False)
OUTSIDE = Named(None, outside=True)


class Modules:
    """The files of one commit, asked by the module names that imports use."""

    def __init__(self, paths: Iterable[str], *, read: Callable[[str], bytes]) -> None:
        self._paths = frozenset(paths)
        self._read = read

    def find(self, importer: str, module: str, family: str) -> Named:
        """What `module`, as written in the file `importer`, names."""
        if family == "go":
            return self._go(importer, module)
        if family == "java":
            return self._java(importer, module)
        if family == "ruby":
            return self._ruby(importer, module)
        return self._python(importer, module) if family == "python" else self._ecmascript(importer, module)

    def folder(self, importer: str, module: str) -> str | None:
        """The folder of a Python package that has no file of its own; None when there is none."""
        parts = module.lstrip(".").split(".")
        if module.startswith("."):
            folder = dirname(importer)
            for _ in range(len(module) - len(module.lstrip(".")) - 1):
                folder = dirname(folder)
            tries = [join(folder, *parts)]
        else:
            tries = [join(root, *parts) for root in ("", dirname(importer), *_PYTHON_ROOTS)]
        return next((one for one in tries if one and one in self._folders), None)

    @cached_property
    def _folders(self) -> frozenset[str]:
        found = set()
        for path in self._paths:
            folder = dirname(path)
            while folder and folder not in found:
                found.add(folder)
                folder = dirname(folder)
        return frozenset(found)

    def _python(self, importer: str, module: str) -> Named:
        if module.startswith("."):
            rest = module.lstrip(".")
            folder = dirname(importer)
            for _ in range(len(module) - len(rest) - 1):
                folder = dirname(folder)
            return Named(self._python_file(join(folder, *rest.split("."))) if rest else self._package(folder))
        parts = module.split(".")
        found = sorted(self._python_candidates(parts), key=lambda root: _distance(root, importer))
        standard = parts[0] in sys.stdlib_module_names
        for root in found:
            certain = _is_python_root(root, importer)
            if standard and root not in ("", dirname(importer)):
                continue
            return Named(self._python_file(join(root, *parts)), certain=certain)
        top = self._python_candidates(parts[:1])
        return OUTSIDE if standard or not top else UNKNOWN

    def _python_candidates(self, parts: list[str]) -> list[str]:
        """Folders from which `parts` lead to a file; a folder that is itself a package is none."""
        suffix = "/".join(parts)
        roots = []
        for path in self._python_by_stem.get(parts[-1], ()):
            if path == suffix or path.endswith(f"/{suffix}"):
                root = path[: -len(suffix)].rstrip("/")
                if f"{root}/__init__.py" not in self._paths:
                    roots.append(root)
        return roots

    @cached_property
    def _python_by_stem(self) -> dict[str, list[str]]:
        """Modules as paths without their ending, by their last part."""
        found: dict[str, dict[str, None]] = {}
        for path in self._paths:
            if path.endswith((".py", ".pyi")):
                stem = path.rsplit(".", 1)[0].removesuffix("/__init__")
                found.setdefault(stem.rsplit("/", 1)[-1], {})[stem] = None
        return {name: sorted(stems) for name, stems in found.items()}

    def _python_file(self, stem: str) -> str | None:
        return self._package(stem) or self._first([f"{stem}.py", f"{stem}.pyi"])

    def _package(self, folder: str) -> str | None:
        return self._first([join(folder, "__init__.py"), join(folder, "__init__.pyi")])

    def _ecmascript(self, importer: str, module: str) -> Named:
        if module.startswith("."):
            return Named(self._ecmascript_file(normpath(join(dirname(importer), module))))
        for place, certain in self._packages.places(importer, module):
            path = self._ecmascript_file(place) if not place.startswith("..") else None
            if path is not None and path != importer:
                return Named(path, certain=certain)
        return UNKNOWN

    @cached_property
    def _packages(self) -> EcmascriptPackages:
        return EcmascriptPackages(self._paths, self._read)

    def _ecmascript_file(self, stem: str) -> str | None:
        stem = "" if stem == "." else stem
        tries = [stem]
        for written, meant in _WRITTEN_AS_JAVASCRIPT.items():
            if stem.endswith(written):
                tries += [stem.removesuffix(written) + ending for ending in meant]
        tries += [stem + ending for ending in _JAVASCRIPT_ENDINGS if stem]
        tries += [join(stem, f"index{ending}") for ending in _JAVASCRIPT_ENDINGS]
        return self._first(tries)

    def _java(self, importer: str, module: str) -> Named:
        """A class by its full name: of the files `**/package/Name.java` the one nearest to the importer."""
        suffix = f"{module.replace('.', '/')}.java"
        fits = [
            path
            for path in self._java_by_name.get(module.rsplit(".", 1)[-1], ())
            if path == suffix or path.endswith(f"/{suffix}")
        ]
        if fits:
            nearest = max(fits, key=lambda path: len(commonprefix([path, importer])))
            return Named(nearest, certain=len(fits) == 1)
        package = dirname(suffix)
        return UNKNOWN if package in self._java_packages else OUTSIDE

    @cached_property
    def _java_by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted(self._paths):
            if path.endswith(".java"):
                found.setdefault(path.rsplit("/", 1)[-1].removesuffix(".java"), []).append(path)
        return found

    @cached_property
    def _java_packages(self) -> frozenset[str]:
        """Every folder that holds classes, written from each of its parts on: where the root is, is not known."""
        folders = {tuple(dirname(path).split("/")) for paths in self._java_by_name.values() for path in paths}
        return frozenset("/".join(parts[at:]) for parts in folders for at in range(len(parts)))

    def _ruby(self, importer: str, module: str) -> Named:
        """`./x` lies beside the importer; `x/y` is below a load path, which any folder may be: the nearest counts."""
        stem = module.removesuffix(".rb")
        if module.startswith("."):
            return Named(self._first([f"{normpath(join(dirname(importer), stem))}.rb"]))
        suffix = f"/{stem}.rb"
        found = [
            path
            for path in self._ruby_by_stem.get(stem.rsplit("/", 1)[-1], ())
            if f"/{path}".endswith(suffix)
        ]
        if not found:
            return OUTSIDE
        roots = {f"/{path}"[: -len(suffix)].lstrip("/"): path for path in found}
        first = min(roots, key=lambda root: (root.rsplit("/", 1)[-1] != "lib", _distance(root, importer)))
        return Named(roots[first], certain=first == "lib")

    @cached_property
    def _ruby_by_stem(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted(self._paths):
            if path.endswith(".rb"):
                found.setdefault(path.rsplit("/", 1)[-1].removesuffix(".rb"), []).append(path)
        return found

    def _go(self, importer: str, module: str) -> Named:
        for prefix, folder in self._go_modules:
            if module == prefix or module.startswith(f"{prefix}/"):
                found = join(folder, module[len(prefix) :].lstrip("/")).rstrip("/")
                return Named(found, certain=self._builds_together(importer, prefix, folder))
        names_a_host = "." in module.split("/", maxsplit=1)[0]
        return self._go_unnamed(module) if names_a_host and not self._go_modules else OUTSIDE

    def _go_unnamed(self, module: str) -> Named:
        """In a repository that says nowhere what it is called: the longest end of the import that is a folder."""
        parts = module.split("/")
        for at in range(1, len(parts)):
            if (folder := "/".join(parts[at:])) in self._go_folders:
                return Named(folder)
        return OUTSIDE

    @cached_property
    def _go_folders(self) -> frozenset[str]:
        return frozenset(dirname(path) for path in self._paths if path.endswith(".go"))

    def _builds_together(self, importer: str, prefix: str, folder: str) -> bool:
        """False when the importing module would build with a published version of the other one."""
        around = [other for _, other in self._go_modules if not other or importer.startswith(f"{other}/")]
        own = max(around, key=len, default="")
        if own == folder:
            return True
        if folder in self._go_workspace and own in self._go_workspace:
            return True
        replaced = rb"^\s*(?:replace\s+)?" + re.escape(prefix.encode()) + rb"(?:\s+v\S+)?\s*=>\s*\.{1,2}/"
        path = join(own, "go.mod")
        return path in self._paths and re.search(replaced, self._read(path), re.MULTILINE) is not None

    @cached_property
    def _go_workspace(self) -> frozenset[str]:
        """Folders that a `go.work` at the top builds together."""
        if "go.work" not in self._paths:
            return frozenset()
        written = re.findall(rb"^\s*(?:use\s+)?(\.[^\s)]*)", self._read("go.work"), re.MULTILINE)
        return frozenset(normpath(path.decode("utf-8", "replace")).removeprefix(".") for path in written)

    @cached_property
    def _go_modules(self) -> list[tuple[str, str]]:
        """Module paths of the `go.mod` files with their folders, the longest first."""
        found = []
        for path in sorted(self._paths):
            if path == "go.mod" or path.endswith("/go.mod"):
                line = re.search(rb'^module[ \t]+"?([^\s"]+)', self._read(path), re.MULTILINE)
                if line:
                    found.append((line.group(1).decode("utf-8", "replace"), dirname(path)))
        return sorted(found, key=lambda pair: (-len(pair[0]), pair))

    def _first(self, paths: Iterable[str]) -> str | None:
        return next((path for path in paths if path in self._paths), None)


def _is_python_root(root: str, importer: str) -> bool:
    """The top, a source folder, or a folder around the importing file: places where Python does look."""
    below = importer.startswith(f"{root}/") if root else True
    return below or root.rsplit("/", 1)[-1] in _PYTHON_ROOTS


def _distance(root: str, importer: str) -> tuple[bool, int, str]:
    """Nearer roots first: the deepest folder around the importer, then all others by name."""
    around = not root or importer.startswith(f"{root}/")
    return not around, -len(root), root
