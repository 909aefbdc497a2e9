"""How much work the reading of literals may do for one change."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LiteralLimits:
    """Whatever ends a search is named in the evidence as a cut."""

    max_literals: int = 200
    """Changed literals that are traced; the rest is named."""
    max_starts: int = 60
    """Changed numbers, in copy or in code, that are followed."""
    max_hops: int = 4
    """Places between the changed line and the other one."""
    max_names: int = 60
    """Names searched for at one hop, over all starts."""
    max_search_lines: int = 4_000
    """Lines one search may give."""
    max_lines_a_name: int = 60
    """Lines with one name that are looked at."""
    max_files: int = 250
    """Files read besides the changed ones."""
    max_file_bytes: int = 1_000_000
    max_readers: int = 40
    """Readers kept of one literal."""
    max_line: int = 2_000
    """Characters of a line that are looked at, and that can be quoted."""
