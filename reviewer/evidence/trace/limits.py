"""How much work the collection of evidence may do for one change."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Whatever ends a search is named in the evidence as a cut."""

    max_symbols: int = 400
    """Definitions that are traced; the rest is named."""
    max_search_lines: int = 60_000
    """Lines with one of the names, over the whole repository."""
    max_files: int = 300
    """Files parsed in search of uses."""
    max_far_files: int = 40
    """Of those, files that name a member and nothing of its class or module; the rest is known by text."""
    max_bytes: int = 8_000_000
    """Sum of what is parsed in search of uses."""
    max_uses: int = 2_000
    """Uses kept of one symbol."""
    max_places: int = 150
    """Places of which the flow analysis is asked what a name there means; further ones stay known by name."""
    max_flow_files: int = 60
    """Files parsed, beside those that have one of the names, to follow values through them."""
    max_flow_bytes: int = 1_000_000
    max_flow_searches: int = 2
    """Searches of the whole repository for the files that define a name which is global (Ruby's constants)."""
    max_reaching: int = 20
    """Definitions whose callers and callees are followed further than one hop."""
    max_paths_of_small_repository: int = 2_000
    max_line: int = 2_000
    """Characters of a line that can be quoted."""
