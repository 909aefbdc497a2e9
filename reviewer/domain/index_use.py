"""What a command does with the kept index of words."""

from enum import StrEnum


class IndexUse(StrEnum):
    """How the index is chosen; the answers are the same, only their cost differs."""

    AUTO = "auto"
    """Use one that is there and lacks little."""
    BUILD = "build"
    """Build it first where it is not there, or lacks much."""
    OFF = "off"
