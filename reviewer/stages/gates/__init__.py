"""Gates: facts about a change that stop it, pass it, or cannot be told. One file a gate."""

from reviewer.stages.gates.check import check, check_structure

__all__ = ["check", "check_structure"]
