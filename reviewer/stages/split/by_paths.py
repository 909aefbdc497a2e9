"""Ties that paths show: a test after its subject, a lock with its manifest, generated code with its source."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from posixpath import basename, dirname

from reviewer.domain.change import FileChange, FileStatus, UnitKind
from reviewer.stages.split.kinds import Kind, kind_at, looks_generated
from reviewer.stages.split.tie import Tie, by_path

_MANIFESTS = {
    "package-lock.json": "package.json",
    "npm-shrinkwrap.json": "package.json",
    "yarn.lock": "package.json",
    "pnpm-lock.yaml": "package.json",
    "bun.lock": "package.json",
    "poetry.lock": "pyproject.toml",
    "uv.lock": "pyproject.toml",
    "pylock.toml": "pyproject.toml",
    "Pipfile.lock": "Pipfile",
    "Cargo.lock": "Cargo.toml",
    "go.sum": "go.mod",
    "Gemfile.lock": "Gemfile",
    "composer.lock": "composer.json",
}
_TEST_WORDS = re.compile(r"^(?:test|spec)[_-]|[._-](?:tests?|specs?|snap)$|(?<=[a-z0-9])(?:Tests?|Spec|IT)$")
_GENERATED_WORDS = re.compile(r"(?:\.pb|_pb2(?:_grpc)?|_mock|[._]g(?:enerated|en)?|\.min)$")


def ties(files: Sequence[FileChange]) -> Iterator[Tie]:
    """Every tie between two files, and between a file's new path and its hunks."""
    yield from _same_path(files)
    yield from _inside(files)
    yield from _tests(files)
    yield from _locks(files)
    yield from _generated(files)


def _same_path(files: Sequence[FileChange]) -> Iterator[Tie]:
    """No tree can have two files at one path, or a file where a folder is."""
    at: dict[str, FileChange] = {}
    for file in files:
        for path in dict.fromkeys((file.path, file.path_at_base)):
            if path in at:
                yield by_path(_first(at[path]), _first(file), f"both are about {path}", together=True)
            at[path] = file
    for path, file in at.items():
        folder = dirname(path)
        while folder:
            if folder in at and at[folder] is not file:
                text = f"{folder} is a file on one side and a folder on the other"
                yield by_path(_first(at[folder]), _first(file), text, together=True)
            folder = dirname(folder)


def _inside(files: Sequence[FileChange]) -> Iterator[Tie]:
    """The new path of a file before its hunks; the new mode with it."""
    for file in files:
        about = [unit.id for unit in file.units if unit.kind in (UnitKind.RENAME, UnitKind.MODE)]
        for unit in file.units:
            if about and unit.id != about[0]:
                yield by_path(
                    about[0], unit.id, f"{file.path} first gets its path", together=unit.id in about
                )


def _tests(files: Sequence[FileChange]) -> Iterator[Tie]:
    """A test after the changed file that its name names; of several the nearest by folders."""
    subjects: dict[str, list[FileChange]] = defaultdict(list)
    for file in files:
        if kind_at(file.path) is Kind.CODE and file.status is not FileStatus.DELETED:
            subjects[_stem(file.path)].append(file)
    for test in files:
        name = _TEST_WORDS.sub("", _stem(test.path))
        if kind_at(test.path) is not Kind.TESTS or name not in subjects or not name:
            continue
        subject = max(subjects[name], key=lambda file: _shared(file.path, test.path))
        if _ending(subject.path) == _ending(test.path):
            yield by_path(_first(subject), _first(test), f"{test.path} tests {subject.path}")


def _locks(files: Sequence[FileChange]) -> Iterator[Tie]:
    """A lock with its manifest; with many, as in a workspace of packages, after all of them."""
    for lock in files:
        manifest = _MANIFESTS.get(basename(lock.path))
        if manifest is None:
            continue
        folder = dirname(lock.path)
        below = [
            file
            for file in files
            if basename(file.path) == manifest and (not folder or file.path.startswith(f"{folder}/"))
        ]
        for file in below:
            text = f"{lock.path} locks what {file.path} asks for"
            yield by_path(_first(file), _first(lock), text, together=len(below) == 1)


def _generated(files: Sequence[FileChange]) -> Iterator[Tie]:
    """A file that a tool names after another one of its folder."""
    beside: dict[tuple[str, str], list[FileChange]] = defaultdict(list)
    for file in files:
        if not looks_generated(file.path):
            beside[dirname(file.path), _stem(file.path)].append(file)
            beside[dirname(file.path), basename(file.path)].append(file)
    for file in files:
        if looks_generated(file.path):
            folder = dirname(file.path).removesuffix("__snapshots__").rstrip("/")
            for source in beside.get((folder, _GENERATED_WORDS.sub("", _stem(file.path))), ()):
                text = f"{file.path} is made from {source.path}"
                yield by_path(_first(source), _first(file), text, together=True)


def _first(file: FileChange) -> str:
    return file.units[0].id


def _stem(path: str) -> str:
    """The name without its last ending: `user.service.ts` is `user.service`."""
    return basename(path).rsplit(".", 1)[0]


def _ending(path: str) -> str:
    """Endings of one language count as one."""
    ending = path.rsplit(".", 1)[-1]
    return {"tsx": "ts", "jsx": "ts", "js": "ts", "mjs": "ts", "cjs": "ts"}.get(ending, ending)


def _shared(one: str, other: str) -> tuple[int, str]:
    """How many names of folders both paths have, wherever: `src/a/x` and `tests/a/x` share one."""
    return len(set(one.split("/")[:-1]) & set(other.split("/")[:-1])), one
