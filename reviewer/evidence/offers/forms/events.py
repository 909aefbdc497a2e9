"""Events by name: who emits them, and who listens."""

import re
from collections.abc import Iterator

from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source

_NAME = r"\(?\s*(?:new\s+(?:Custom)?Event\(\s*)?(?P<q>[\"'])(?P<name>[\w.:/-]{4,80})(?P=q)"
_EMITTED = re.compile(
    r"(?:[.?]|\b)(?:emit|publish|dispatch|dispatchEvent|trigger|fire|broadcast|instrument|send_event|publish_event"
    rf"|emit_event|Emit|Publish|Dispatch|Trigger|Fire)\s*{_NAME}"
)
_HEARD = re.compile(
    r"[.@](?:on|once|addListener|addEventListener|prependListener|subscribe|listen|listens_for|listen_to|handle_event"
    rf"|On|Once|Subscribe|Listen|On[A-Z]\w*|KafkaListener|EventListener)\s*{_NAME}"
)
_TELLING = re.compile(r"[.:/_-]|[a-z][A-Z]")


def mentions(source: Source) -> Iterator[Mention]:
    """Names of several words only: `close` or `data` are events of every library."""
    for pattern, role in ((_EMITTED, Role.OFFERS), (_HEARD, Role.READS)):
        for match in source.find(pattern):
            if _TELLING.search(match["name"]):
                yield Mention(role, match["name"], match.start("name"))


def swapped(source: Source) -> Iterator[Mention]:
    """The other way round: who listens, and who still emits for nobody."""
    turned = {Role.OFFERS: Role.READS, Role.READS: Role.OFFERS}
    for mention in mentions(source):
        yield Mention(turned[mention.role], mention.name, mention.at)


def occurs_otherwise(source: Source, offer: Mention, _: Mention) -> bool:
    """True where the name stands in a string that is no event as written above: a constant, a table of events."""
    known = {mention.at for mention in mentions(source) if mention.name == offer.name}
    quoted = re.compile(rf"(?<=[\"'`]){re.escape(offer.name)}(?=[\"'`])")
    return any(match.start() not in known for match in source.find(quoted, in_strings=True))
