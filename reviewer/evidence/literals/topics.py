"""What a named number is about, and which part of the product the place of a name or a text belongs to."""

import re
from dataclasses import dataclass

from reviewer.evidence.literals.context import function_of
from reviewer.evidence.literals.document import Document
from reviewer.evidence.literals.words import GENERIC, SAME, parts_of, stem
from reviewer.evidence.syntax.grammars.row import named

_ROLES = named(
    """
    kept keep keeps valid retention retain retained stored store held hold pause sleep live lives
    after every rate soft hard initial attempt retry try tries age grace rows
    """
)
"""Words that tell what a number does, not what it is about."""
_PLACES = named(
    """
    src app apps lib libs pkg internal main java kotlin resources python com org net io example web www
    index init base core shared public static assets template templates view views page pages component
    components locale locales en doc docs readme manual guide handbook script scripts constant constants
    rule service services server client backend frontend controller controllers model
    models mailer mailers html erb jinja haml json yaml yml md rst txt py rb ts tsx js jsx go vue php
    api policy schema schemas util utils helper helpers partial partials mail mails email emails job jobs
    spec test tests module modules package packages markdown prose
    default defaults limit limits setting settings config option options
    """
)
"""Words of paths that most products share."""
_CLASS = re.compile(r"^\s*(?:\w+\s+)*(?:class|interface|struct|module|record|object|enum|type)\s+(\w+)")
_VERB = re.compile(r"(?:ing|ed)$")


@dataclass(frozen=True)
class Topic:
    """What a name says about its number besides the side that it bounds."""

    words: frozenset[str]
    """Empty where the name tells nothing but a role: `TRIES`, `RETENTION_DAYS`."""
    period: str
    """The time that it counts within: `minute` in `SEARCHES_PER_MINUTE`; empty for none."""
    is_tries: bool


def topic_of(name: str) -> Topic:
    """The topic of a constant, option or key; only its last part counts."""
    parts = parts_of(re.split(r"[.:-]+", name)[-1])
    period = ""
    if "per" in parts[:-1]:
        at = parts.index("per")
        period, parts = parts[at + 1], parts[:at]
    kept = {stem(part) for part in parts if len(part) > 2 and part not in GENERIC and part not in _ROLES}
    words = frozenset(SAME.get(word, word) for word in kept if word not in GENERIC and word not in _ROLES)
    tries = {"attempt", "attempts", "retry", "retries", "try", "tries"}
    return Topic(words, period, is_tries=bool(tries & set(parts)))


def spoken(text: str) -> frozenset[str]:
    """The words of a text in the form that names have: without plural, `tried` and `retries` as `attempt`."""
    found = set()
    for part in parts_of(text):
        word = stem(part)
        bare = _VERB.sub("", word) if len(word) > 6 else word
        found |= {SAME.get(word, word), SAME.get(bare, bare)}
        if word in ("tried", "retried", "attempted"):
            found.add("attempt")
    return frozenset(found)


def part_of_product(path: str) -> frozenset[str]:
    """Words of a path that tell one part of a product from another."""
    words = [stem(part) for piece in path.split("/") for part in parts_of(piece)]
    return frozenset(word for word in words if word not in _PLACES and len(word) > 2 and not word.isdigit())


def surroundings(doc: Document, line: int) -> frozenset[str]:
    """The part of the product that a line belongs to: by path, class and function."""
    above = (_CLASS.match(doc.skeleton[at - 1]) for at in range(min(line, len(doc.skeleton)), 0, -1))
    owner = next((match.group(1) for match in above if match), "")
    function = function_of(doc, line)
    words = {stem(part) for part in (*parts_of(owner), *parts_of(function[1] if function else ""))}
    return part_of_product(doc.path) | (frozenset(words) - _PLACES - GENERIC)
