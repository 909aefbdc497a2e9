"""Rules: claims that follow from facts alone. One file a rule, listed in the catalogue."""

from reviewer.stages.rules.catalogue import CATALOGUE
from reviewer.stages.rules.prose_rule import ProseRule
from reviewer.stages.rules.rule import Rule
from reviewer.stages.rules.run import run

__all__ = ["CATALOGUE", "ProseRule", "Rule", "run"]
