"""The snapshot: a change frozen into units that must each be accounted for, and its prose kept apart."""

from reviewer.stages.snapshot.limits import Limits
from reviewer.stages.snapshot.take import take

__all__ = ["Limits", "take"]
