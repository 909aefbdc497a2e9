"""How much work the search for readers of names may do for one change."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NameLimits:
    """Whatever ends a search is named in the evidence as a cut."""

    max_names: int = 60
    """Names that disappeared and are searched for; the rest is named."""
    max_search_lines: int = 3_000
    """Lines that the search may give."""
    max_files: int = 150
    """Files read besides the changed ones."""
    max_file_bytes: int = 400_000
    max_line: int = 1_000
    """Characters of a line that can be quoted."""
    max_readers: int = 20
    """Readers kept of one name."""
