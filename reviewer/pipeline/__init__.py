"""The order of the stages; the only importer of langgraph."""

from reviewer.pipeline.review import review_change
from reviewer.pipeline.run import Run, Subject
from reviewer.pipeline.simulate import simulate

__all__ = ["Run", "Subject", "review_change", "simulate"]
