"""Builds the kept index of a repository, brings it up to date, and asks it and git the same words."""

import argparse
import json
import multiprocessing
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from tree_sitter import Parser

from benchmarks.result import peak_memory_mb, percentile, print_result
from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import Revisions, Side
from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.search.known_blobs import MAX_BLOB_BYTES, KnownBlobs
from reviewer.evidence.search.words import is_binary
from reviewer.evidence.syntax.bounded import MAX_FILE_BYTES
from reviewer.evidence.syntax.languages import grammar_of
from reviewer.evidence.workspace import SUBMODULE_MODE, SYMLINK_MODE, Workspace

MAX_RATIO, MAX_ANSWER_S, MAX_LAZY_S, MAX_LAZY_MB = 1.3, 0.15, 0.5, 250
JUDGED_SHARE, JUDGED_MB = 0.5, 5
"""What must have a grammar, of all bytes, or the ratio compares reading everything with parsing a little."""
NO_FILES = (SYMLINK_MODE, SUBMODULE_MODE)
_PUSHED_BLOBS = 20
_IDENTIFIER = re.compile(rb"[A-Za-z_][A-Za-z0-9_]{3,40}")

Source = tuple[str, bytes]
"""Extension and content."""


def main() -> int:
    """Run the benchmark; 1 when a promise of benchmarks/README.md does not hold."""
    options = _options()
    prefix = "reviewer-bench-"
    with GitRepository.open(options.repo) as repo, tempfile.TemporaryDirectory(prefix=prefix) as state:
        head = repo.resolve("HEAD")
        workspace = Workspace(repo, Revisions(base=head, merge_base=head, head=head))
        result = {"benchmark": "index", "repo": options.repo.resolve().name, "commit": head}
        result |= _built(repo, workspace, Path(state))
        result |= _parsed(repo, workspace, options.processes)
        result["ratio"] = round(result["index_seconds"] / result["parse_seconds"], 2)
        words = _words(repo, workspace, options.words)
        result |= _answered(options.repo, Path(state), words)
    result["broken_promises"] = _broken(result)
    print_result(result)
    return 1 if result["broken_promises"] else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.index", description=__doc__)
    parser.add_argument("--repo", type=Path, default=Path(), help="a repository, bare or with a work tree")
    parser.add_argument("--words", type=int, default=50, help="how many random words to ask for")
    parser.add_argument("--processes", type=int, default=2, help="processes that parse")
    options = parser.parse_args()
    if options.words < 1 or options.processes < 1:
        parser.error("--words and --processes: at least 1")
    return options


def _built(repo: GitRepository, workspace: Workspace, state: Path) -> dict[str, Any]:
    """Index all but the last blobs, then, as after a push, the rest."""
    blobs = _blobs(workspace, lambda _: True)
    before = blobs[: -min(_PUSHED_BLOBS, len(blobs) - 1)]
    with IndexFile.open(state) as index:
        started = time.perf_counter()
        KnownBlobs(index).add(repo, before, _quietly)
        built = time.perf_counter()
        known = KnownBlobs(index)
        pushed = known.missing(blobs)
        known.add(repo, pushed, _quietly)
        updated = time.perf_counter()
    return {
        "files": len(workspace.entries(Side.HEAD)),
        "blobs": len(blobs),
        "indexed_mb": round(sum(repo.blob_sizes(blobs)) / 1e6, 1),
        "index_seconds": round(built - started, 3),
        "index_memory_mb": peak_memory_mb(),
        "index_disk_mb": round(sum(file.stat().st_size for file in state.iterdir()) / 1e6, 1),
        "update_blobs": len(pushed),
        "update_seconds": round(updated - built, 3),
    }


def _blobs(workspace: Workspace, within: Callable[[str], bool]) -> list[str]:
    """The distinct blobs of the files of HEAD, in git's order of paths."""
    entries = workspace.entries(Side.HEAD).items()
    return list(
        dict.fromkeys(
            entry.object_id for path, entry in entries if entry.mode not in NO_FILES and within(path)
        )
    )


def _quietly(_: str) -> None:
    pass


def _parsed(repo: GitRepository, workspace: Workspace, processes: int) -> dict[str, Any]:
    """What tree-sitter alone needs for the same files: the sum over all processes, divided by their number."""
    extension_of = {
        entry.object_id: grammar.extensions[0]
        for path, entry in workspace.entries(Side.HEAD).items()
        if entry.mode not in NO_FILES and (grammar := grammar_of(path))
    }
    read = repo.blobs(list(extension_of), limit_bytes=MAX_FILE_BYTES)
    sources = [(extension_of[blob.object_id], blob.content) for blob in read if blob.content is not None]
    batches = [sources[start : start + 100] for start in range(0, len(sources), 100)]
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        seconds = sum(pool.map(_parse, batches))
    return {
        "parsed_files": len(sources),
        "parsed_mb": round(sum(len(raw) for _, raw in sources) / 1e6, 1),
        "processes": processes,
        "parse_seconds": round(max(seconds / processes, 0.001), 3),
    }


def _parse(sources: Sequence[Source]) -> float:
    parsers = {extension: _parser(extension) for extension, _ in sources}
    started = time.perf_counter()
    for extension, raw in sources:
        parsers[extension].parse(raw)
    return time.perf_counter() - started


def _parser(extension: str) -> Parser:
    grammar = grammar_of(f"x{extension}")
    assert grammar is not None
    return Parser(grammar.tree_sitter)


def _words(repo: GitRepository, workspace: Workspace, number: int) -> list[str]:
    """Distinct identifiers, each of a random file: of those with a grammar, where there are any."""
    blobs = _blobs(workspace, lambda path: grammar_of(path) is not None) or _blobs(workspace, lambda _: True)
    chance = random.Random(0)  # noqa: S311 - the same words in every run
    words: dict[str, None] = {}
    for object_id in chance.sample(blobs, min(len(blobs), number * 3)):
        raw = repo.blob(object_id, limit_bytes=MAX_BLOB_BYTES)
        found = [] if is_binary(raw) else sorted(set(_IDENTIFIER.findall(raw)))
        if found and len(words) < number:
            words[chance.choice(found).decode()] = None
    return list(words)


def _answered(repo: Path, state: Path, words: list[str]) -> dict[str, Any]:
    indexed, lazy = _ask(repo, words, "--index", str(state)), _ask(repo, words)
    return {
        "words": len(words),
        "equal": indexed["answers"] == lazy["answers"],
        "opening_seconds": indexed["opening_seconds"],
        "answer_p50": percentile(indexed["seconds"], 0.50),
        "answer_p95": percentile(indexed["seconds"], 0.95),
        "change_answer_seconds": indexed["together"],
        "answer_memory_mb": indexed["memory_mb"],
        "lazy_p50": percentile(lazy["seconds"], 0.50),
        "lazy_p95": percentile(lazy["seconds"], 0.95),
        "bounded_lazy_p50": percentile(lazy["bounded"], 0.50),
        "bounded_lazy_p95": percentile(lazy["bounded"], 0.95),
        "change_lazy_seconds": lazy["together"],
        "lazy_memory_mb": lazy["memory_mb"],
        "lazy_git_memory_mb": lazy["git_memory_mb"],
    }


def _ask(repo: Path, words: list[str], *options: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.index_answers", "--repo", str(repo), *options]
    done = subprocess.run(command, input="\n".join(words), stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _broken(result: dict[str, Any]) -> list[str]:
    judged = result["parsed_mb"] >= max(JUDGED_MB, JUDGED_SHARE * result["indexed_mb"])
    held = {
        "equal": result["equal"],
        "ratio": not judged or result["ratio"] <= MAX_RATIO,
        "change_answer_seconds": result["change_answer_seconds"] <= MAX_ANSWER_S,
        "lazy_p50": result["lazy_p50"] <= MAX_LAZY_S,
        "lazy_memory_mb": result["lazy_memory_mb"] + result["lazy_git_memory_mb"] <= MAX_LAZY_MB,
    }
    return [name for name, holds in held.items() if not holds]


if __name__ == "__main__":
    sys.exit(main())
