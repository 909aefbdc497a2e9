"""Splits names and sentences into the words that tell what they are about."""

import re
from functools import lru_cache
from itertools import pairwise

from reviewer.evidence.syntax.grammars.row import named

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|\d+")

GENERIC = named(
    """
    a an and any are as at be been before after but by can cannot could do does each every for from has
    have here if in into is it its just least less lets like long longer longest make may might minimum
    maximum min max mins more most must need needs no not of on one only or our out over per please
    provide put required requires requirement same should shorter short small big large larger smaller
    so some than that the their them then there these they this those to too under until up use used
    using we when which will with within without would you your again also always limit limits limited
    length len size sizes count counts number numbers num value values total amount allowed permitted
    accept accepted between exceed exceeds exceeding exceeded equal exactly range greater higher lower
    fewer bigger above below char chars character characters byte bytes kb mb gb second seconds minute
    minutes hour hours day days week weeks year years month months ms percent pct invalid valid validate
    validates validation validator validators error errors err message messages msg msgs label hint help
    default defaults config settings setting conf const constants options option params param self cls
    props data form forms field fields input inputs string str int integer float bool get set check
    checks test new old current enter entered choose chosen add t i18n en fail failed fails upper bound
    bounds boundary cap len0 strlen let var val def reached sorry try us time times model models
    attributes activerecord activemodel helpers hints views locale locales translation translations
    placeholder contain contains include constraint rule rules regex pattern create update expire
    expires expired wait waits inactive inactivity lasts last timed older younger minlength maxlength
    minlen maxlen timeout ttl expiry expiration duration lifetime validity window interval rune utf utf8
    integerfield charfield exclusive inclusive inside outside inner outer shown show
    """
)  # fmt: skip
"""Words that name no thing: two names that share only these are not about the same."""


@lru_cache(maxsize=20_000)
def parts_of(name: str) -> tuple[str, ...]:
    """The lower-case words of a name or sentence: `minPasswordLength2` gives min, password, length, 2."""
    return tuple(part.lower() for part in _PARTS.findall(name[:400]))


def stem(word: str) -> str:
    """The word without the plural: `tries` gives try, `tags` gives tag."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


SAME = {"link": "token", "code": "token", "url": "token", "invitation": "invite", "retry": "attempt",
         "try": "attempt", "pwd": "password", "passwd": "password", "pass": "password",
         "pw": "password", "img": "image", "picture": "image", "photo": "image", "attachment": "file",
         "doc": "document", "msg": "message", "addr": "address", "desc": "description", "qty": "quantity",
         "passphrase": "passphrase", "bio": "bio", "usernames": "username"}  # fmt: skip
"""Words that programmers write for each other."""


def subject_of(*texts: str) -> frozenset[str]:
    """The words that tell what the texts are about, without plural and without words that say nothing.

    `user name` and `username` share a word: two that follow each other also count as one.
    """
    found: set[str] = set()
    for text in texts:
        words = [
            stem(part)
            for part in parts_of(text)
            if part not in GENERIC and len(part) > 1 and not part.isdigit()
        ]
        kept = [SAME.get(word, word) for word in words if word not in GENERIC]
        found.update(kept)
        found.update(first + second for first, second in pairwise(kept))
    return frozenset(found)
