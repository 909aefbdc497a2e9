"""Whether a lock file beside a manifest, which the change left alone, still fits it."""

import json
import re
from posixpath import dirname

from reviewer.domain.change import Side
from reviewer.errors import RepositoryError
from reviewer.evidence.hazards.kinds.dependency_risk.python import normal
from reviewer.evidence.hazards.kinds.dependency_risk.requirement import Requirement
from reviewer.evidence.hazards.touched_file import TouchedFile

_LOCKS = {
    "package.json": ("package-lock.json", "yarn.lock", "pnpm-lock.yaml"),
    "pyproject.toml": ("uv.lock", "poetry.lock"),
    "Pipfile": ("Pipfile.lock",),
    "Gemfile": ("Gemfile.lock",),
    "Cargo.toml": ("Cargo.lock",),
    "go.mod": ("go.sum",),
}
_UPWARDS = ("package.json", "Cargo.toml", "pyproject.toml")
"""Manifests of a workspace share the lock of a folder above."""
_MAX_BYTES = 5_000_000


def stale_lock(file: TouchedFile, requirement: Requirement) -> str | None:
    """The lock file that has nothing of `requirement`; None when it has, was changed too, or there is none.

    Only absence counts, of the name and for JavaScript and Go also of the written bound: what satisfies a bound
    is left to the package manager.
    """
    name = file.path.rsplit("/", 1)[-1]
    for path in _places(file, name):
        entry = file.workspace.entry(path, Side.HEAD)
        if not file.workspace.exists(path, Side.BASE):
            return None
        if file.workspace.entry(path, Side.BASE).object_id != entry.object_id:
            return None
        try:
            text = file.workspace.read(path, Side.HEAD).decode("utf-8", "replace")
        except RepositoryError:
            return None
        return None if len(text) > _MAX_BYTES or _holds(path, text, requirement, file.path) else path
    return None


def has_lock(file: TouchedFile) -> bool:
    """True when a lock file holds what the manifest leaves open."""
    return bool(_places(file, file.path.rsplit("/", 1)[-1]))


def was_locked(file: TouchedFile, name: str) -> bool:
    """True when a lock of the base had `name` already, as something that another package needs."""
    shapes = (f'"{name}"', f'node_modules/{name}"', f"\n{name}@", f"\n    {name} (")
    for path in _places(file, file.path.rsplit("/", 1)[-1]):
        if path.endswith("go.sum") or not file.workspace.exists(path, Side.BASE):
            continue
        try:
            text = file.workspace.read(path, Side.BASE).decode("utf-8", "replace")
        except RepositoryError:
            continue
        if any(shape in text for shape in shapes):
            return True
    return False


def is_exported(file: TouchedFile) -> bool:
    """True for a requirements file beside a lock: a program writes it from there."""
    folder = dirname(file.path)
    beside = (
        f"{folder}/{lock}".lstrip("/") for lock in ("poetry.lock", "uv.lock", "Pipfile.lock", "pdm.lock")
    )
    return file.path.endswith(".txt") and any(file.workspace.exists(path, Side.HEAD) for path in beside)


def _places(file: TouchedFile, name: str) -> list[str]:
    folder = dirname(file.path)
    folders = [folder]
    while folder and name in _UPWARDS:
        folder = dirname(folder)
        folders.append(folder)
    paths = [f"{one}/{lock}".lstrip("/") for one in folders for lock in _LOCKS.get(name, ())]
    return [path for path in paths if file.workspace.exists(path, Side.HEAD)]


def _holds(path: str, text: str, requirement: Requirement, manifest: str) -> bool:
    lock, name, bound = path.rsplit("/", 1)[-1], requirement.name, requirement.bound
    if lock == "go.sum":
        return f"{name} {bound}" in text
    if lock == "package-lock.json":
        return _npm_holds(path, text, requirement, manifest)
    if lock == "yarn.lock":
        return any(f"{name}@{prefix}{bound}" in text for prefix in ("", "npm:"))
    if lock == "pnpm-lock.yaml":
        return any(f"{quote}{name}{quote}:" in text for quote in ("", "'", '"'))
    if lock in ("uv.lock", "poetry.lock", "Cargo.lock"):
        wanted = name if lock == "Cargo.lock" else normal(name)
        names = {one.lower() for one in re.findall(r'^name = "([^"\n]{1,200})"', text, re.MULTILINE)}
        return wanted in {normal(one) for one in names} | names | {one.replace("_", "-") for one in names}
    return f'"{name}"' in text if lock == "Pipfile.lock" else f" {name}" in text


def _npm_holds(path: str, text: str, requirement: Requirement, manifest: str) -> bool:
    """A lock that says what each package of the workspace asks for is compared with it; others are trusted."""
    try:
        packages = json.loads(text).get("packages")
    except (ValueError, RecursionError, AttributeError):
        return True
    folder = dirname(manifest)[len(dirname(path)) :].lstrip("/")
    entry = packages.get(folder) if isinstance(packages, dict) else None
    if not isinstance(entry, dict):
        return True
    asked = [entry.get(section) for section in ("dependencies", "devDependencies", "optionalDependencies")]
    bounds = [section.get(requirement.name) for section in asked if isinstance(section, dict)]
    return requirement.bound in bounds
