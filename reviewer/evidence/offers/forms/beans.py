"""Beans by name (Spring): who names one, and who wants one by its name."""

import re
from collections.abc import Iterator

from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source

_NAME = r"\"(?P<name>[a-z]\w{0,40}[A-Z_]\w{1,40})\""
_GIVEN = re.compile(
    r"@(?:Bean|Component|Service|Repository|Controller|RestController|Configuration|Named)"
    rf"\(\s{{0,40}}(?:(?:name|value)\s{{0,3}}=\s{{0,3}})?{_NAME}\s{{0,40}}\)"
)
_BY_DEFAULT = re.compile(
    r"@Bean\s{1,200}(?:(?:public|protected|static|final)\s{1,40}){0,4}[\w.<>]{1,80}\s{1,40}(?P<name>\w{3,80})\("
)
_CLASS = re.compile(
    r"@(?:Component|Service|Repository|Controller|RestController|Configuration)\s{1,200}"
    r"(?:(?:public|final|abstract)\s{1,40}){0,3}class\s{1,40}(?P<name>\w{3,80})"
)
_WANTED = re.compile(
    rf"@Qualifier\({_NAME}\)\s{{1,200}}(?:(?:final|private|protected|public)\s{{1,40}}){{0,3}}[\w.<>]{{1,80}}\s{{1,40}}\w{{1,80}}"
    r"\s{0,40}[,);=]"
)


def mentions(source: Source) -> Iterator[Mention]:
    """Names in annotations, and those of methods and classes where none is given; `@Qualifier` asks for one."""
    if source.extension not in ("java", "kt"):
        return
    for pattern, role in ((_GIVEN, Role.OFFERS), (_BY_DEFAULT, Role.OFFERS), (_WANTED, Role.READS)):
        for match in source.find(pattern):
            yield Mention(role, match["name"], match.start("name"))
    for match in source.find(_CLASS):
        yield Mention(Role.OFFERS, match["name"][0].lower() + match["name"][1:], match.start("name"))


def occurs_otherwise(source: Source, offer: Mention, _: Mention) -> bool:
    """True where the name stands in another string: in XML, beside a producer, in a list of names."""
    known = {mention.at for mention in mentions(source) if mention.name == offer.name}
    quoted = re.compile(rf"(?<=[\"'`]){re.escape(offer.name)}(?=[\"'`])")
    return any(match.start() not in known for match in source.find(quoted, in_strings=True))
