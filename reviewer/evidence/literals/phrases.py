"""How people would write a number that code holds: what is searched for where no name connects the two."""

from reviewer.domain.literals import BoundKind, Dimension
from reviewer.evidence.literals.compare import Held

_LEAD = {
    BoundKind.MIN: (
        "at least {}",
        "minimum of {}",
        "minimum {}",
        "{} or more",
        "between {}",
        "{} to",
        "{}-",
        "from {}",
    ),
    BoundKind.MAX: (
        "at most {}",
        "up to {}",
        "maximum of {}",
        "maximum {}",
        "no more than {}",
        "{} or less",
        "and {}",
    ),
}


def phrases_of(held: Held) -> set[str]:
    """How people would write the number as it was."""
    found: set[str] = set()
    for value in held.amount.values:
        if held.dimension is Dimension.TIME:
            for unit, scale in (("second", 1), ("minute", 60), ("hour", 3600), ("day", 86400)):
                if value % scale == 0 and value:
                    found |= {f"{value // scale} {unit}s", f"{value // scale} {unit}"}
        elif held.dimension is Dimension.BYTES:
            for unit, scale in (
                ("KB", 1024),
                ("MB", 2**20),
                ("GB", 2**30),
                ("MB", 10**6),
                ("GB", 10**9),
                ("KB", 1000),
            ):
                if value % scale == 0 and value >= scale:
                    found |= {f"{value // scale} {unit}", f"{value // scale}{unit}"}
        elif value.denominator == 1:
            found |= _plain_phrases(int(value), held)
    return found


_NUMBER_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def _plain_phrases(value: int, held: Held) -> set[str]:
    spelled = [str(value), *([_NUMBER_WORDS[value]] if 0 <= value < len(_NUMBER_WORDS) else [])]
    found = {pattern.format(number) for number in spelled for pattern in _LEAD.get(held.kind, ())}
    if held.dimension in (Dimension.LENGTH, Dimension.UNKNOWN):
        found |= {f"{number} {unit}" for number in spelled for unit in ("characters", "character", "chars")}
    for word in held.subject:
        found |= {f"{number} {word}s" for number in spelled}
    return found
