"""The last line of a benchmark, and the statistics in it."""

import json
import math
import resource
import sys
from collections.abc import Sequence
from typing import Any


def print_result(values: dict[str, Any]) -> None:
    """Print `values` as one line of JSON; nothing may be printed after it."""
    sys.stdout.write(json.dumps(values) + "\n")


def percentile(values: Sequence[float], share: float) -> float | None:
    """The smallest value that at least `share` (0 to 1) of `values` do not exceed; None of nothing.

    Nearest rank, so that the result is a time that was measured.
    """
    if not values:
        return None
    rank = max(1, math.ceil(share * len(values)))
    return round(sorted(values)[rank - 1], 3)


def peak_memory_mb() -> float:
    """The largest resident size this process has had, in units of 10^6 bytes; its children are not in it."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak * (1 if sys.platform == "darwin" else 1024) / 1e6, 1)
