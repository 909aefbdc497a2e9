"""Methods that Ruby looks up by a symbol: callbacks, validations, helpers, `send`."""

import re
from collections.abc import Iterator

from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source

_DEFINED = re.compile(r"\bdef[ ]+(?:self\.)?(?P<name>\w+[?!]?)")
_MADE = re.compile(
    r"\b(?:attr_\w+|define_method|alias_method|alias|delegate|scope|has_\w+|belongs_to|attribute|enum"
    r"|def_delegators?|helper_method|mattr_\w+|cattr_\w+"
    r"|class_attribute|store_accessor|memoize)\b[ (]+(?P<names>[^\n]+)"
)
_CALLBACK = re.compile(
    r"^[ \t]*(?:(?:before|after|around|prepend|append)_\w+|validate|layout)[ (]+(?P<names>:[^\n{]*)",
    re.MULTILINE,
)
_OPTION = re.compile(
    r"\b(?:if|unless|with):[ ]*:(?P<name>\w+[?!]?)|\b(?:send|public_send|__send__|method)\(\s*:(?P<sent>\w+[?!]?)"
)
_SYMBOL = re.compile(r"(?<![\w:]):(?P<name>\w+[?!]?)")
_WRITTEN = frozenset({"def"})
"""What a macro makes can be meant, but only what is written with `def` can be lost."""
_WORD = re.compile(r":?(?P<name>\w+[?!]?)")


def mentions(source: Source) -> Iterator[Mention]:
    """Everything that makes a method, and the places that name one by a symbol."""
    if source.extension not in ("rb", "rake"):
        return
    for match in source.find(_DEFINED):
        yield Mention(Role.OFFERS, match["name"], match.start("name"), _WRITTEN)
    for match in source.find(_MADE):
        for name in _WORD.finditer(match["names"]):
            yield Mention(Role.OFFERS, name["name"], match.start("names") + name.start("name"))
    for match in source.find(_CALLBACK):
        names = re.split(r",\s*\w+:", match["names"])[0]
        for name in _SYMBOL.finditer(names):
            yield Mention(Role.READS, name["name"], match.start("names") + name.start(), _WRITTEN)
    for match in source.find(_OPTION):
        yield Mention(Role.READS, match["name"] or match["sent"], match.start(), _WRITTEN)


def word(name: str) -> str:
    """The name without its sign."""
    return name.rstrip("?!")
