"""Triage: how risky a change is, by facts alone and before any model is asked."""

from reviewer.stages.triage.assess import FACTORS, assess

__all__ = ["FACTORS", "assess"]
