"""A note of work that is left, without the issue in which it is kept."""

from collections.abc import Iterator

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.intent import COMMENTS
from reviewer.evidence.hazards.touched_file import TouchedFile, text_of
from reviewer.evidence.syntax.grammars.row import named

LANGUAGES = ("python", "javascript", "typescript", "tsx", "go", "java", "ruby")
_WORDS = named("TODO FIXME XXX HACK")
_OPENING = "/*#!<-=; \t"
_MAX_FURTHER = 6
"""Lines of the same comment in which a reference may follow."""


def find(file: TouchedFile) -> Iterator[Spot]:
    """Comments on touched lines that begin with one of the words."""
    file.refuse_packed()
    lines = file.text.splitlines()
    for comment in file.nodes(*COMMENTS):
        for offset, line in enumerate(text_of(comment).splitlines()):
            at = comment.start_point.row + 1 + offset
            note = line.lstrip(_OPENING)
            word = note[: next((i for i, letter in enumerate(note) if not letter.isalpha()), len(note))]
            if word not in _WORDS or not file.touches(at, at) or note[len(word) :].startswith("("):
                continue
            if not any(
                _refers(one) for one in lines[at - 1 : at + _MAX_FURTHER] if _is_note(one, lines[at - 1])
            ):
                yield Spot("note", at, at, (word, note.rstrip("*/ \t")))


def _is_note(line: str, first: str) -> bool:
    """True for the line itself and for those after it that are comments."""
    return line == first or line.lstrip().startswith(("#", "//", "*"))


def _refers(line: str) -> bool:
    """`#12`, `ABC-12`, or an address."""
    if "://" in line:
        return True
    for word in line.replace("(", " ").replace(")", " ").replace("[", " ").replace("]", " ").split():
        plain = word.rstrip(".,:;")
        head, dash, number = plain.rpartition("-")
        if plain.rpartition("#")[2].isdigit() and "#" in plain:
            return True
        if dash and number.isdigit() and head.isalpha() and head.isupper():
            return True
    return False
