"""Sub-agents: six independent readers of one change, each with one question."""

from reviewer.stages.agents.review import Briefing, brief, not_run, required_pages, review

__all__ = ["Briefing", "brief", "not_run", "required_pages", "review"]
