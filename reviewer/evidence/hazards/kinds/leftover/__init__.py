"""What was put in to find a fault, or to merge by hand, and was not taken out."""

from reviewer.evidence.hazards.kinds.leftover import conflicts, debugging

__all__ = ["conflicts", "debugging"]
