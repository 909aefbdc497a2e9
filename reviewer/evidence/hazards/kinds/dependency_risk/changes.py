"""What a change does to the requirements of a manifest."""

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname

from reviewer.domain.change import Side
from reviewer.errors import RepositoryError
from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.dependency_risk.locked import (
    has_lock,
    is_exported,
    stale_lock,
    was_locked,
)
from reviewer.evidence.hazards.kinds.dependency_risk.manifests import reader_of
from reviewer.evidence.hazards.kinds.dependency_risk.requirement import Hold, Requirement, Scope, line_of
from reviewer.evidence.hazards.touched_file import TouchedFile
from reviewer.evidence.literals.piece import LineStarts

_MAX_REQUIREMENTS = 2_000
_MAX_SIBLINGS = 200


def compare(before: TouchedFile | None, after: TouchedFile | None) -> Iterator[Spot]:
    """New, loosened and lowered requirements, sources outside the registry, and a lock that was left behind."""
    read = reader_of(after.path) if after else None
    if after is None or read is None or is_exported(after):
        return
    had = _by_name(read(before.text)) if before else None
    lines = LineStarts(after.text)
    for one in _by_name(read(after.text)).values():
        line = None if one.is_local else line_of(after, lines, one)
        if line is None:
            continue
        was = _before(one, had) if had is not None else None
        form = _form(after, one, was, is_new_file=had is None)
        if form is not None:
            yield Spot(
                form, line, line, (one.name, one.bound or "any version", was.bound if was else "", one.source)
            )
        lock = stale_lock(after, one) if had is not None and _asks_anew(one, was) else None
        if lock is not None:
            yield Spot("lock-left-behind", line, line, (one.name, one.bound or "any version", lock))


def _by_name(requirements: list[Requirement]) -> dict[tuple[str, Scope], Requirement]:
    if len(requirements) > _MAX_REQUIREMENTS:
        raise ValueError(f"{len(requirements)} requirements, limit {_MAX_REQUIREMENTS}")
    found: dict[tuple[str, Scope], Requirement] = {}
    for one in requirements:
        found.setdefault((one.name, one.scope), one)
    return found


def _before(one: Requirement, had: Mapping[tuple[str, Scope], Requirement]) -> Requirement | None:
    """What stood for it before; what only developers had is not what everybody had."""
    wider = (one.scope, Scope.RUNTIME, Scope.OFFERED)
    return next((had[one.name, scope] for scope in wider if (one.name, scope) in had), None)


def _asks_anew(one: Requirement, was: Requirement | None) -> bool:
    if one.scope is Scope.OFFERED or one.source or one.is_conditional:
        return False
    return was is None or was.bound != one.bound


def _form(file: TouchedFile, one: Requirement, was: Requirement | None, *, is_new_file: bool) -> str | None:
    if one.source and (was is None or was.source != one.source):
        return _source_form(file, one, was)
    if one.scope is Scope.OFFERED or one.source:
        return None
    if was is None:
        return None if is_new_file or _is_for_developers(file, one) else _new_form(file, one)
    if _is_loosened(one, was) and not has_lock(file):
        return "bound-removed" if one.hold is Hold.ANY else "pin-loosened"
    if one.scope is Scope.DEVELOPMENT:
        return None
    alike = one.hold is was.hold and one.hold in (Hold.PIN, Hold.SERIES)
    return "lowered" if alike and _is_older(one, was) else None


def _is_older(one: Requirement, was: Requirement) -> bool:
    """As far as both write their version out: `~> 1.3` allows what `~> 1.3.6` does."""
    parts = min(len(one.version), len(was.version))
    return one.version[:parts] < was.version[:parts]


def _is_loosened(one: Requirement, was: Requirement) -> bool:
    """A version that is let in again is no bound that is gone, and a range with an end is a fair one."""
    if one.hold is Hold.ANY:
        return was.hold is not Hold.ANY and not was.bound.lstrip().startswith("!")
    return was.hold is Hold.PIN and one.hold is Hold.RANGE and "<" not in one.bound


def _source_form(file: TouchedFile, one: Requirement, was: Requirement | None) -> str | None:
    if one.source.startswith(("http:", "git:", "git+http:")):
        return "source-without-tls"
    if one.has_fixed_source or _is_for_developers(file, one):
        return None
    return "source-outside" if was is None or not was.source else "source-changed"


def _new_form(file: TouchedFile, one: Requirement) -> str | None:
    if was_locked(file, one.name) or _is_known(file, one):
        return None
    return "new-unbounded" if one.hold is Hold.ANY and one.bound else "new-dependency"


def _is_known(file: TouchedFile, one: Requirement) -> bool:
    """True for a package of this repository, and for one that another of its manifests asked for before, or tells."""
    short = one.name.rsplit("/", 1)[-1]
    kind = file.path.rsplit("/", 1)[-1]
    old, new = (
        [path for path in file.workspace.paths(side) if _is_like(path, kind)]
        for side in (Side.BASE, Side.HEAD)
    )
    if any(dirname(path).rsplit("/", 1)[-1] == short or path.endswith(f"/{short}.gemspec") for path in new):
        return True
    earlier = [path for path in new if path < file.path]
    return _named_in(file, old, Side.BASE, one.name) or _named_in(file, earlier, Side.HEAD, one.name)


def _named_in(file: TouchedFile, paths: list[str], side: Side, name: str) -> bool:
    word = re.compile(rb"(?<![\w-])" + re.escape(name.encode()) + rb"(?![\w-])")
    for path in paths[:_MAX_SIBLINGS]:
        try:
            if word.search(file.workspace.read(path, side)):
                return True
        except RepositoryError:
            continue
    return False


def _is_like(path: str, kind: str) -> bool:
    name = path.rsplit("/", 1)[-1]
    return name == kind or (name.endswith(".gemspec") and kind.endswith(("Gemfile", ".gemspec")))


def _is_for_developers(file: TouchedFile, one: Requirement) -> bool:
    """True for development dependencies, and for the Gemfile of a gem: who uses the gem never reads it."""
    if one.scope is Scope.DEVELOPMENT:
        return True
    folder, name = dirname(file.path), file.path.rsplit("/", 1)[-1]
    beside = file.workspace.paths(Side.HEAD, prefix=folder) if name == "Gemfile" else ()
    return any(path.endswith(".gemspec") and dirname(path) == folder for path in beside)
