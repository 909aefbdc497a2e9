"""Looks for the forms of known faults in what a change writes."""

from reviewer.evidence.hazards.collect import collect_hazards

__all__ = ["collect_hazards"]
