"""The dossier: a change and its evidence as plain text, for readers that have no tool to look with."""

from reviewer.evidence.dossier.change import change_text
from reviewer.evidence.dossier.evidence import evidence_text

__all__ = ["change_text", "evidence_text"]
