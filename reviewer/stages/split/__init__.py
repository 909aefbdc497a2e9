"""Cuts a change that is too large into parts that merge one after the other."""

from reviewer.stages.split.plan import no_plan, plan
from reviewer.stages.split.script import branch_script

__all__ = ["branch_script", "no_plan", "plan"]
