"""Traces single changes and tells what each took, which blobs it parsed, and what was cut."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.merged_changes import MergedChange
from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import Origin, Side, Snapshot
from reviewer.evidence.collect import collect
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.trace import TracedChange, trace_change
from reviewer.evidence.trace.tagged_code import TaggedCode
from reviewer.evidence.workspace import Workspace
from reviewer.stages import snapshot

_PLACE = re.compile(r"^(?:uses of .+?|\S+): |(?<=a use) at \S+(?=:)|first \S+ in \S+(?=:)")
_NUMBER = re.compile(r"\d[\d,]*")


@dataclass(frozen=True, order=True)
class ParsedBlob:
    """A blob, and the path that says by which grammar it was parsed."""

    object_id: str
    path: str


@dataclass(frozen=True)
class TraceRun:
    """One change that was traced."""

    head: str
    seconds: float
    files: int
    megabytes: float
    blobs: tuple[ParsedBlob, ...]
    names: frozenset[str]
    """Of the definitions that the change touches."""
    cuts: frozenset[str]
    """Kinds of what was left out of the uses: the sentences without names and numbers."""
    reach_cuts: frozenset[str]
    """The same of the way up to entry points and down."""


def run_trace(change: MergedChange, repo: Path) -> TraceRun:
    """Trace a change in a fresh workspace; the snapshot and the opening of the repository are not timed."""
    with _taken(change, repo) as (taken, workspace), _watched() as codes:
        started = time.perf_counter()
        traced = trace_change(taken, workspace)
        seconds = time.perf_counter() - started
        return TraceRun(
            head=change.head,
            seconds=seconds,
            files=traced.files_parsed,
            megabytes=traced.bytes_parsed / 1e6,
            blobs=tuple(_blobs(codes, workspace)),
            names=frozenset(trace.symbol.name for trace in traced.traces),
            cuts=_kinds(_cuts(traced)),
            reach_cuts=_kinds(traced.reach.cuts),
        )


def run_collect(change: MergedChange, repo: Path) -> float:
    """Seconds of the whole evidence of a change, in a fresh workspace."""
    with _taken(change, repo) as (taken, workspace):
        started = time.perf_counter()
        collect(taken, workspace)
        return time.perf_counter() - started


@contextmanager
def _taken(change: MergedChange, repo: Path) -> Iterator[tuple[Snapshot, Workspace]]:
    with GitRepository.open(repo) as objects:
        taken = snapshot.take(objects, base=change.base, head=change.head, origin=Origin.LOCAL_RANGE)
        yield taken.snapshot, Workspace(objects, taken.snapshot.revisions)


@contextmanager
def _watched() -> Iterator[list[Codebase | TaggedCode]]:
    """Within, every codebase that is made is kept, to be asked for what it parsed."""
    made: list[Codebase | TaggedCode] = []
    full, tagged = Codebase.__init__, TaggedCode.__init__

    def init_full(code: Codebase, workspace: Workspace, side: Side) -> None:
        full(code, workspace, side)
        made.append(code)

    def init_tagged(code: TaggedCode, workspace: Workspace, side: Side) -> None:
        tagged(code, workspace, side)
        made.append(code)

    with patch.object(Codebase, "__init__", init_full), patch.object(TaggedCode, "__init__", init_tagged):
        yield made


def _blobs(codes: list[Any], workspace: Workspace) -> Iterator[ParsedBlob]:
    for code in codes:
        for path in code.parsed_paths:
            yield ParsedBlob(workspace.entry(path, code.side).object_id, path)


def _cuts(traced: TracedChange) -> Iterator[str]:
    """The sentences one by one: those of a definition's uses are joined in `traced.cuts`."""
    for trace in traced.traces:
        yield from (trace.cut or "").split("; ")
    yield from (cut for cut in traced.cuts if not cut.startswith("uses of "))


def _kinds(cuts: Any) -> frozenset[str]:
    return frozenset(_NUMBER.sub("n", _PLACE.sub("", cut)) for cut in cuts if cut)
