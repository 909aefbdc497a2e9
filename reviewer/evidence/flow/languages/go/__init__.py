"""What the flow analysis knows of Go."""

from reviewer.evidence.flow.languages.go.rules import GoSemantics

__all__ = ["GoSemantics"]
