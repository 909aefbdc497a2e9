"""How long `reviewer --help` takes, as a multiple of a bare interpreter start on the same machine."""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.result import print_result

MAX_RATIO = 7.0


def main() -> int:
    """Run the benchmark; 1 when help takes more than `MAX_RATIO` times a bare start."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__)
    parser.add_argument("--pairs", type=int, default=15, help="how many pairs of starts")
    options = parser.parse_args()
    if options.pairs < 1:
        parser.error(f"--pairs {options.pairs}: at least 1")
    helps: list[float] = []
    bares: list[float] = []
    # In turns, so that what else the machine does falls on both; one of each beforehand fills the file cache.
    for counted in (False, *[True] * options.pairs):
        bare, of_help = _seconds(sys.executable, "-c", "pass"), _seconds(_command(), "--help")
        if counted:
            bares.append(bare)
            helps.append(of_help)
    ratio = round(statistics.median(helps) / statistics.median(bares), 2)
    print_result(
        {
            "benchmark": "startup",
            "pairs": options.pairs,
            "help_ms": round(statistics.median(helps) * 1000, 1),
            "bare_ms": round(statistics.median(bares) * 1000, 1),
            "ratio": ratio,
        }
    )
    return 1 if ratio > MAX_RATIO else 0


def _command() -> str:
    path = Path(sys.executable).with_name("reviewer")
    if not path.exists():
        raise SystemExit(
            f"error: {path}: there is no such command\nInstall the package into this environment."
        )
    return str(path)


def _seconds(*command: str) -> float:
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
