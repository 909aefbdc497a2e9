"""How much of a change is read; past a limit it is named as not read, never left out."""

from reviewer.domain.value import Value


class Limits(Value):
    """What a snapshot reads at most."""

    file_bytes: int = 5_000_000
    """Of one file on one side; a larger one becomes an oversized unit."""
    changed_lines: int = 200_000
    """Added and deleted, all files together."""
    diff_bytes: int = 64_000_000
    """Of the text diff, all files together."""
    link_bytes: int = 4_096
    """Of the target of a symlink. Source: PATH_MAX of Linux."""
    commits: int = 250
    """Commit messages kept, the newest ones."""
