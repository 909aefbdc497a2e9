"""Environment variables: what deployment files set, and what programs read without a default."""

import re
from collections.abc import Iterator

from reviewer.evidence.literals.roles import FileKind
from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source

_NAME = r"(?P<name>[A-Z][A-Z\d]*(?:_[A-Z\d]+)+)"
"""At least two words: a short name such as PORT means something else in most places."""
_QUOTED = rf"[\"']{_NAME}[\"']"
_NO_DEFAULT = r"(?!\s*(?:\|\||\?\?|\bor\b|:-|\?:))"
_READ = re.compile(
    rf"""(?:\benviron\[{_QUOTED}\](?!\s*=[^=])|\bENV\[{_QUOTED}\](?!\s*(?:=[^=]|\|\|=))"""
    rf"""|(?:\bgetenv|\bGetenv|\bLookupEnv|\benviron\.get|\bENV\.fetch|\benv(?:\.\w+)?"
    "|\bmustGetenv)\(\s*{_QUOTED}\s*\)(?!\s*(?:\{{|do\b))"""
    rf"""|\b(?:process|import\.meta)\.env(?:\.{_NAME}\b|\[{_QUOTED}\])(?!\s*=[^=]))""".replace(
        "?P<name>", "?:"
    )
    + _NO_DEFAULT
)
_TAG = re.compile(rf"\benv(?:config)?:\"{_NAME}[\",]")
_INTERPOLATED = re.compile(rf"\$(?:\{{{_NAME}(?::?\?[^}}]*)?\}}|{_NAME}\b)".replace("?P<name>", "?:"))
_INNER = re.compile(_NAME)
_SET_IN_DATA = re.compile(
    r"^[ \t]*(?:-[ \t]+)?[\"']?(?:export[ \t]+|ENV[ \t]+|ARG[ \t]+|Environment=[\"']?|setenv[ \t]+)?"
    rf"{_NAME}[\"']?[ \t]*\??[:=]"
    rf"|\bname[ \t]*[:=][ \t]*[\"']?(?:{_NAME.replace('name', 'named')})\b",
    re.MULTILINE,
)
_SET_IN_CODE = re.compile(
    rf"(?:environ\[|ENV\[|process\.env\[|[sS]etenv\(|putenv\(|setdefault\(|stubEnv\("
    rf"|[{{,]\s*){_QUOTED}\s*(?:\]\s*\|{{0,2}}=[^=]|,|:|=>)"
    rf"|process\.env\.(?:{_NAME.replace('name', 'named')})\s*(?:\?\?|\|\|)?=[^=]"
)
_SHELL = frozenset({"sh", "bash", "zsh", "mk", "service"})
_SETTING_FILES = frozenset({"Dockerfile", "Containerfile", "Makefile", "Procfile", "Vagrantfile"})


def mentions(source: Source) -> Iterator[Mention]:
    """Settings in deployment files and code, reads in code and scripts."""
    if source.kind is FileKind.DOCUMENT:
        return
    deploys = _is_deployment(source)
    if not deploys:
        yield from _mentions(source, _SET_IN_CODE, Role.OFFERS)
        yield from _mentions(source, _READ, Role.READS)
        yield from _mentions(source, _TAG, Role.READS, in_strings=True)
        return
    set_here = {mention.name: mention for mention in _mentions(source, _SET_IN_DATA, Role.OFFERS)}
    yield from _mentions(source, _SET_IN_DATA, Role.OFFERS)
    for mention in _mentions(source, _INTERPOLATED, Role.READS):
        if mention.name not in set_here:
            yield mention


def swapped(source: Source) -> Iterator[Mention]:
    """The other way round: what code reads, and what deployment files set for it."""
    turned = {Role.OFFERS: Role.READS, Role.READS: Role.OFFERS}
    for mention in mentions(source):
        if mention.role is Role.READS or _is_deployment(source):
            yield Mention(turned[mention.role], mention.name, mention.at)


def occurs_in_program(source: Source, offer: Mention, _: Mention) -> bool:
    """True where code holds the variable's name in any way: it may read it."""
    if _is_deployment(source) and source.extension not in _SHELL:
        return f"${offer.name}" in source.text or f"${{{offer.name}" in source.text
    word = re.compile(rf"(?<!\w){re.escape(offer.name)}(?!\w)")
    return next(source.find(word, in_strings=True), None) is not None


def _is_deployment(source: Source) -> bool:
    stem = source.name.split(".", 1)[0]
    return source.kind is FileKind.DATA or source.extension in _SHELL or stem in _SETTING_FILES


def _mentions(
    source: Source, pattern: re.Pattern[str], role: Role, *, in_strings: bool = False
) -> Iterator[Mention]:
    for match in source.find(pattern, in_strings=in_strings):
        inner = _INNER.search(match.group())
        if inner:
            yield Mention(role, inner.group(), match.start() + inner.start())
