"""Verification: what is claimed is checked before anyone reads it, and an approval is attacked before it is given."""

from reviewer.stages.verify.challenge import challenge
from reviewer.stages.verify.confirm import Refuter, confirm

__all__ = ["Refuter", "challenge", "confirm"]
