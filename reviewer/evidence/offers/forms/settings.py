"""Keys of configuration files, and the code that asks for them by their path."""

import re
from collections.abc import Iterator

from reviewer.evidence.literals.roles import FileKind
from reviewer.evidence.offers.forms.locale_files import is_locale_path
from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source
from reviewer.evidence.syntax.grammars.row import named

_PATH = r"[A-Za-z][\w-]*(?:\.[\w-]+)+"
_HOLDER = r"\b(?:\w*(?:[cC]onfig|[sS]ettings?|[cC]onf|[cC]fg|[pP]ropert(?:y|ies))|[eE]nv(?:ironment)?|viper|k|koanf)"
_VALUE = re.compile(rf"@Value\(\s*\"\$\{{(?P<name>{_PATH})\}}\"")
_GOT = re.compile(
    rf"{_HOLDER}(?:\(\))?\.(?:get\w*|Get\w*|String|Int|Bool|Duration|fetch|require"
    rf"|getRequiredProperty)(?:<[^<>()]*>)?"
    rf"\(\s*(?P<q>[\"'])(?P<name>{_PATH})(?P=q)\s*\)(?!\s*(?:\|\||\?\?|\bor\b|\?:|\{{|do\b))"
    rf"|\b(?:getProperty|getRequiredProperty)\(\s*\"(?P<java>{_PATH})\"\s*\)"
    rf"|\bconfig\(\s*(?P<r>[\"'])(?P<php>{_PATH})(?P=r)\s*\)"
)
_CHAIN = re.compile(
    rf"{_HOLDER}(?P<chain>(?:\[\s*(?:[\"'][\w-]+[\"']|:\w+)\s*\]|\.(?:fetch|getSection"
    rf"|getNode)\(\s*(?:[\"'][\w-]+[\"']|:\w+)\s*\)){{2,5}})"
    r"(?!\s*(?:=[^=]|\|\||\?\?|\bor\b|\[))"
)
_PAIR = re.compile(
    rf"{_HOLDER}\.(?:get|getint|getboolean|getfloat|dig)\(\s*(?:(?P<q>[\"'])(?P<one>\w[\w-]*)(?P=q)"
    rf"|:(?P<sym>\w+))\s*,"
    r"\s*[\"':](?P<two>\w[\w-]*)[\"']?\s*\)"
)
_GEM = re.compile(r"\bSettings\.(?P<name>[a-z]\w*(?:\.[a-z]\w*)+)(?![\w?!(])")
_PART = re.compile(r"[\"':]([\w-]+)")
_PROFILES = named("default defaults development production test testing staging shared common base local")


def mentions(source: Source) -> Iterator[Mention]:
    """Keys of configuration by their path of at least two parts; asked for without a default."""
    if source.kind is FileKind.DATA:
        if not is_locale_path(source.path):
            yield from _keys(source)
    elif source.kind is not FileKind.DOCUMENT:
        yield from (Mention(Role.READS, name, at) for name, at in _asked(source))


def last_part(name: str) -> str:
    """The word that stands in every spelling of the key."""
    return name.rsplit(".", 1)[-1]


def may_be_made(source: Source, offer: Mention, _: Mention) -> bool:
    """True where code gives the key a value itself, or a file of configuration has it in a form that is not read."""
    last = re.escape(last_part(offer.name))
    if source.kind is FileKind.DATA:
        known = any(last_part(path) == last_part(offer.name) for path, _ in source.keys)
        return not known and re.search(rf"(?<![\w-]){last}[\"']?\s*[:=]", source.text) is not None
    given = re.compile(
        rf"[\"']{re.escape(offer.name)}[\"']\s*(?:,|:|=>|\]\s*=[^=])|[\"']{last}[\"']\s*(?:\]\s*=[^=]|:|=>)"
        rf"|\b{last}:\s"
    )
    return next(source.find(given), None) is not None


def _keys(source: Source) -> Iterator[Mention]:
    for path, at in source.keys:
        parts = path.split(".")
        if parts[0] in _PROFILES and len(parts) > 2:
            parts = parts[1:]
        if len(parts) > 1 and not parts[-1].isupper():  # the name of an environment variable
            ends = {".".join(parts[first:]) for first in range(1, len(parts) - 1)}
            groups = {".".join(parts[:last]) for last in range(2, len(parts))}
            yield Mention(Role.OFFERS, ".".join(parts), at, others=frozenset(ends | groups))


def _asked(source: Source) -> Iterator[tuple[str, int]]:
    for match in source.find(_VALUE):
        yield match["name"], match.start("name")
    for match in source.find(_GOT):
        yield match["name"] or match["java"] or match["php"], match.start()
    for match in source.find(_CHAIN):
        yield ".".join(_PART.findall(match["chain"])), match.start()
    for match in source.find(_PAIR):
        yield f"{match['one'] or match['sym']}.{match['two']}", match.start()
    for match in source.find(_GEM):
        yield match["name"], match.start()
