"""Gates: facts about a change that stop it, pass it, or cannot be told. One file a gate."""

from reviewer.stages.gates.check import check, check_structure
from reviewer.stages.gates.size import is_too_large

__all__ = ["check", "check_structure", "is_too_large"]
