"""Tasks by name: who registers one under a name of its own, and who sends it by that name."""

import re
from collections.abc import Iterator

from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source

_NAME = r"(?P<q>[\"'])(?P<name>[\w.:-]{3,80})(?P=q)"
_REGISTERED = re.compile(
    rf"@(?:shared_task|\w{{1,40}}\.task)\((?:[\w\s=.,]{{0,120}}[\s,])?name\s{{0,3}}=\s{{0,3}}{_NAME}"
)
_SENT = re.compile(rf"\bsend_task\(\s{{0,40}}(?:name\s{{0,3}}=\s{{0,3}})?{_NAME}")


def mentions(source: Source) -> Iterator[Mention]:
    """Celery's decorators with a name, and `send_task`."""
    for pattern, role in ((_REGISTERED, Role.OFFERS), (_SENT, Role.READS)):
        for match in source.find(pattern):
            yield Mention(role, match["name"], match.start("name"))


def occurs_otherwise(source: Source, offer: Mention, _: Mention) -> bool:
    """True where the name stands in another string, or is one that a task can have from its module and function."""
    if "." in offer.name and all(part.isidentifier() for part in offer.name.split(".")):
        return True
    known = {mention.at for mention in mentions(source) if mention.name == offer.name}
    quoted = re.compile(rf"(?<=[\"'`]){re.escape(offer.name)}(?=[\"'`])")
    return any(match.start() not in known for match in source.find(quoted, in_strings=True))
