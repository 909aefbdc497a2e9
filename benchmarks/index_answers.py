"""Asks words in a process of its own, by the index or through git, so that time and memory are of nothing else."""

import argparse
import hashlib
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.result import peak_memory_mb
from reviewer.adapters.git_repo import GitRepository
from reviewer.evidence.search.index_file import IndexFile
from reviewer.evidence.search.indexed import IndexedSearch
from reviewer.ports import GrepHit

LIMIT = 1000
"""Lines of one answer in the bounded questions."""
_ALL = 10_000_000

Ask = Callable[[list[str], int], Sequence[GrepHit]]


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
        search = repo.grep
        if options.index is not None:
            index = IndexFile.open(options.index)
            indexed = IndexedSearch(repo, index, may_read=None, tell=_quietly, note=_fail)
            assert indexed.knows(head)
            search = indexed.grep
        opened = time.perf_counter() - started

        def ask(words: list[str], limit: int) -> Sequence[GrepHit]:
            return search(head, words, whole_words=True, limit=limit)

        print(json.dumps({"opening_seconds": round(opened, 3), **_asked(ask, words)}))
    return 0


def _quietly(_: str) -> None:
    pass


def _fail(note: str) -> None:
    raise SystemExit(f"error: {note}")


def _asked(ask: Ask, words: list[str]) -> dict[str, object]:
    seconds, bounded, answers = [], [], hashlib.sha256()
    ask(["warm"], _ALL)
    for word in words:
        started = time.perf_counter()
        answers.update(repr(ask([word], _ALL)).encode())
        seconds.append(time.perf_counter() - started)
        started = time.perf_counter()
        ask([word], LIMIT)
        bounded.append(time.perf_counter() - started)
    started = time.perf_counter()
    answers.update(repr(ask(words[:30], _ALL)).encode())
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


if __name__ == "__main__":
    sys.exit(main())
