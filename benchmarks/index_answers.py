"""Asks words in a process of its own, by the index or through git, so that time and memory are of nothing else."""

import argparse
import hashlib
import json
import resource
import sys
import time
from pathlib import Path

from benchmarks.result import peak_memory_mb
from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import Revisions, Side
from reviewer.evidence.search.found import WordSearch
from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.search.indexed import IndexedSearch
from reviewer.evidence.search.lazy import LazySearch
from reviewer.evidence.workspace import Workspace

LIMIT = 1000
"""Files of one answer in the bounded questions."""


def main() -> int:
    """Read words from standard input, one a line; print what asking them cost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.index_answers", description=__doc__)
    parser.add_argument("--repo", type=Path, required=True)
    parser.add_argument("--index", type=Path, help="folder of the index; without it git is asked")
    options = parser.parse_args()
    words = sys.stdin.read().split()
    started = time.perf_counter()
    with GitRepository.open(options.repo) as repo:
        head = repo.resolve("HEAD")
        workspace = Workspace(repo, Revisions(base=head, merge_base=head, head=head))
        if options.index is None:
            search: WordSearch = LazySearch(repo, workspace)
            workspace.entries(Side.HEAD)
        else:
            search = IndexedSearch(repo, workspace, IndexFile.open(options.index))
            search.update(Side.HEAD)
        opened = time.perf_counter() - started
        print(json.dumps({"opening_seconds": round(opened, 3), **_asked(search, words)}))
    return 0


def _asked(search: WordSearch, words: list[str]) -> dict[str, object]:
    seconds, bounded, answers = [], [], hashlib.sha256()
    search.files(["warm"], Side.HEAD)
    for word in words:
        started = time.perf_counter()
        answers.update(repr(_plain(search, [word])).encode())
        seconds.append(time.perf_counter() - started)
        started = time.perf_counter()
        search.files([word], Side.HEAD, limit=LIMIT)
        bounded.append(time.perf_counter() - started)
    started = time.perf_counter()
    answers.update(repr(_plain(search, words[:30])).encode())
    return {
        "seconds": seconds,
        "bounded": bounded,
        "together": round(time.perf_counter() - started, 3),
        "answers": answers.hexdigest(),
        "memory_mb": _own_peak_mb(),
        "git_memory_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6, 1),
    }


def _own_peak_mb() -> float:
    """The peak since this program was started: what `getrusage` tells begins with the size of the parent."""
    status = Path("/proc/self/status")
    if not status.exists():
        return peak_memory_mb()
    [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
    return round(int(line.split()[1]) * 1024 / 1e6, 1)


def _plain(search: WordSearch, words: list[str]) -> list[object]:
    found = search.files(words, Side.HEAD)
    return [
        [(file.path, sorted(file.words)) for file in found.files],
        [(passed.path, passed.reason.value) for passed in found.passed_over],
        found.cut,
    ]


if __name__ == "__main__":
    sys.exit(main())
