"""Every detector. What is not listed here is not looked for."""

from reviewer.domain.hazard import HazardTopic
from reviewer.evidence.hazards.detector import Comparison, Detector
from reviewer.evidence.hazards.kinds import mutable_default
from reviewer.evidence.hazards.paths import code_in

DETECTORS: tuple[Detector, ...] = (
    Detector(HazardTopic.MUTABLE_DEFAULT, code_in("python"), mutable_default.find),
)
COMPARISONS: tuple[Comparison, ...] = ()
