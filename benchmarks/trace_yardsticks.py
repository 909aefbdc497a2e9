"""What the tracing of changes is held against: tree-sitter alone, the full index, and Universal Ctags."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tree_sitter import Parser

from benchmarks.merged_changes import git_command
from benchmarks.result import percentile
from benchmarks.trace_runs import ParsedBlob, TraceRun
from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import Side
from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.search.indexed import IndexedSearch
from reviewer.evidence.syntax.bounded import MAX_FILE_BYTES
from reviewer.evidence.syntax.languages import grammar_of, tags_of
from reviewer.evidence.trace.limits import Limits
from reviewer.evidence.workspace import SUBMODULE_MODE, SYMLINK_MODE, Workspace

_AT_ONCE = 200
"""Blobs held in memory together."""


def parse_seconds(repo: GitRepository, blobs: Sequence[ParsedBlob]) -> tuple[float, float]:
    """Seconds of tree-sitter alone for `blobs`, and their size in 10^6 bytes; reading them is not timed."""
    seconds, size = 0.0, 0
    for start in range(0, len(blobs), _AT_ONCE):
        batch = blobs[start : start + _AT_ONCE]
        ids = list(dict.fromkeys(blob.object_id for blob in batch))
        raw = {read.object_id: read.content for read in repo.blobs(ids, limit_bytes=MAX_FILE_BYTES)}
        for blob in batch:
            source = raw[blob.object_id]
            if source is not None:
                size += len(source)
                seconds += _seconds_of(blob.path, source)
    return seconds, size / 1e6


def _seconds_of(path: str, source: bytes) -> float:
    grammar = grammar_of(path) or tags_of(path, source)
    assert grammar is not None
    parser = Parser(grammar.tree_sitter)
    started = time.perf_counter()
    parser.parse(source)
    return time.perf_counter() - started


def blobs_with_grammar(workspace: Workspace) -> list[ParsedBlob]:
    """Every blob of the head that has a grammar or a tag query, once."""
    found = {
        entry.object_id: ParsedBlob(entry.object_id, path)
        for path, entry in workspace.entries(Side.HEAD).items()
        if entry.mode not in (SYMLINK_MODE, SUBMODULE_MODE) and (grammar_of(path) or tags_of(path))
    }
    return list(found.values())


def indexed(repo: GitRepository, workspace: Workspace, runs: Iterable[TraceRun]) -> dict[str, Any]:
    """Build the full word index in one process, then ask it for all names of each change in one question."""
    with tempfile.TemporaryDirectory(prefix="reviewer-bench-") as state, IndexFile.open(Path(state)) as index:
        head = workspace.commit(Side.HEAD)
        search = IndexedSearch(repo, index, may_read=None, tell=_quietly, note=_fail)
        started = time.perf_counter()
        search.knows(head)
        built = time.perf_counter() - started
        seconds = [_answer_seconds(search, head, run) for run in runs if run.names]
    return {
        "index_seconds": round(built, 3),
        "questions": len(seconds),
        "answer_p50": percentile(seconds, 0.50),
        "answer_p95": percentile(seconds, 0.95),
    }


def _answer_seconds(search: IndexedSearch, commit: str, run: TraceRun) -> float:
    started = time.perf_counter()
    search.grep(commit, sorted(run.names), whole_words=True, limit=Limits().max_search_lines)
    return time.perf_counter() - started


def _quietly(_: str) -> None:
    pass


def _fail(note: str) -> None:
    raise SystemExit(f"error: {note}")


def ctags_seconds(repo: Path, commit: str) -> float | None:
    """Seconds of Universal Ctags over every file of `commit`; None where there is no such command."""
    ctags = shutil.which("ctags")
    if ctags is None or not _is_universal(ctags):
        return None
    with tempfile.TemporaryDirectory(prefix="reviewer-bench-") as folder:
        _check_out(repo, commit, folder)
        started = time.perf_counter()
        command = [ctags, "--options=NONE", "--recurse", "--links=no", "-f", "tags", "."]
        subprocess.run(command, cwd=folder, check=True, stderr=subprocess.DEVNULL)
        return time.perf_counter() - started


def _is_universal(ctags: str) -> bool:
    told = subprocess.run([ctags, "--version"], capture_output=True, text=True, check=False)
    return told.stdout.startswith("Universal Ctags")


def _check_out(repo: Path, commit: str, folder: str) -> None:
    command, environment = git_command(repo, "archive", commit)
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as archive:
        subprocess.run(["tar", "-x", "-C", folder], stdin=archive.stdout, check=True)
    if archive.returncode != 0:
        raise SystemExit(f"error: {repo}: git could not write out {commit}")
