"""Calls that run, load, trust or open what they should not, a file a language."""

import re
from collections.abc import Callable, Iterator

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.dangerous_calls import go, java, javascript, python, ruby
from reviewer.evidence.hazards.kinds.dangerous_calls.look import Look
from reviewer.evidence.hazards.paths import code_in
from reviewer.evidence.hazards.touched_file import TouchedFile

_LOOKS: dict[str, tuple[Callable[[Look], Iterator[Spot]], ...]] = {
    "python": (python.look, python.look_at_assignments),
    "javascript": (javascript.look,),
    "typescript": (javascript.look,),
    "tsx": (javascript.look,),
    "go": (go.look,),
    "java": (java.look,),
    "ruby": (ruby.look,),
}
_SHOWN = re.compile(
    r"(?:^|/)(?:docs?|docs_src|examples?|samples?|demos?|tutorials?|bench(?:mark)?s?|guides)/", re.IGNORECASE
)
"""Code that is there to be read or measured."""
_TOOLS = re.compile(
    r"(?:^|/)(?:scripts?|tools?|tasks?|ci|\.github|hack|bin|buildSrc|releas\w*)/|(?:^|/)(?:Rakefile"
    r"|Gulpfile|Gruntfile)|\.rake$|(?:^|/)setup\.py$"
)
"""What developers run themselves, on input of their own."""
_code = code_in(*_LOOKS, tests=False)


def applies(path: str) -> bool:
    """Code that runs where strangers reach it: no tests, examples, documents or benchmarks."""
    return _code(path) and _SHOWN.search(path) is None


def find(file: TouchedFile) -> Iterator[Spot]:
    """Dangerous calls on touched lines; shell commands of developers' own tools are left out."""
    seen = Look(file)
    is_tool = _TOOLS.search(file.path) is not None
    told: set[tuple[str, int]] = set()
    for look in _LOOKS[seen.language]:
        for spot in look(seen):
            is_own = is_tool and spot.form in ("shell-text", "eval-text", "guessable-random")
            if not is_own and (spot.form, spot.first_line) not in told:
                told.add((spot.form, spot.first_line))
                yield spot
