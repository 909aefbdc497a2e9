"""Names that are looked up by a literal: who offers them, and who still reads one that is gone."""

from reviewer.evidence.offers.collect import collect_names
from reviewer.evidence.offers.limits import NameLimits

__all__ = ["NameLimits", "collect_names"]
