"""The tools of a sub-agent, and how they show code."""

from reviewer.evidence.tools.toolbox import EvidenceTools

__all__ = ["EvidenceTools"]
