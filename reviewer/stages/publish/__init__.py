"""Publishing: how a recorded decision is shown, and what must hold before it may act on a code host."""

from reviewer.stages.publish.markdown import summary
from reviewer.stages.publish.post import check_publishable

__all__ = ["check_publishable", "summary"]
