"""Keys that a program reads into a structure, and the configuration files that give them."""

import re
from collections import defaultdict
from collections.abc import Iterator

from reviewer.evidence.offers.forms.locale_files import is_locale_path
from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source
from reviewer.evidence.syntax.grammars.row import named

_STRUCT = re.compile(r"\btype\s+(?P<name>\w+)\s+struct\s*\{(?P<body>[^{}]*)\}")
_TAG = re.compile(r"\b(?P<format>yaml|json|toml|mapstructure|koanf|hcl):\"(?P<name>[\w.-]+)[\",]")
_PROPERTIES = re.compile(
    r"@ConfigurationProperties\(\s*(?:(?:prefix|value)\s*=\s*)?\"(?P<prefix>[\w.-]+)\"[^)]*\)(?P<body>[\s\S]*)"
)
_FIELD = re.compile(
    r"^\s*private\s+(?!static)(?:final\s+)?[\w<>,. \[\]]+?\s(?P<name>\w+)\s*(?:=[^;\n]*)?;", re.MULTILINE
)
_COMPONENT = re.compile(r"[(,]\s*(?:@\w+(?:\([^)]*\))?\s*)*[\w<>.]+\s+(?P<name>\w+)(?=\s*[,)])")
_CONFIGURES = re.compile(r"conf|setting|option", re.IGNORECASE)
"""JSON is what programs send one another too: its keys count where the names speak of configuration."""
_FORMATS = {"yaml": "yaml", "yml": "yaml", "json": "json", "toml": "toml", "properties": "properties"}
_ANY_FORMAT = named("mapstructure koanf hcl")
_COMMON = named("name id type version description title enabled labels kind key value url path status")


def mentions(source: Source) -> Iterator[Mention]:
    """A key belongs to what stands beside it in its structure or its part of the file."""
    if source.extension == "go":
        yield from _go(source)
    elif source.extension in ("java", "kt"):
        yield from _spring(source)
    elif source.extension in _FORMATS and not is_locale_path(source.path):
        yield from _given(source)


def _go(source: Source) -> Iterator[Mention]:
    for struct in source.find(_STRUCT):
        is_payload = not _CONFIGURES.search(f"{source.path} {struct['name']}")
        tags = [tag for tag in _TAG.finditer(struct["body"]) if tag["format"] != "json" or not is_payload]
        for tag in tags:
            formats = set(_FORMATS.values()) if tag["format"] in _ANY_FORMAT else {tag["format"]}
            beside = (
                {other["name"] for other in tags if other["format"] == tag["format"]}
                - {tag["name"]}
                - _COMMON
            )
            scopes = frozenset(f"{form} {name}" for form in formats for name in beside)
            at = struct.start("body") + tag.start("name")
            yield Mention(Role.OFFERS, tag["name"], at, scopes | {f"struct {struct['name']}"})


def _spring(source: Source) -> Iterator[Mention]:
    for match in source.find(_PROPERTIES):
        found = _FIELD if "record " not in match["body"].split("{", 1)[0] else _COMPONENT
        body = match["body"] if found is _FIELD else match["body"].split("{", 1)[0]
        for field in found.finditer(body):
            at = match.start("body") + field.start("name")
            for name in sorted(_relaxed(field["name"])):
                yield Mention(Role.OFFERS, name, at, frozenset({f"properties {match['prefix']}"}))


def _given(source: Source) -> Iterator[Mention]:
    groups: dict[str, set[str]] = defaultdict(set)
    for path, _ in source.keys:
        group, _, name = path.rpartition(".")
        groups[group].add(name)
    form = _FORMATS[source.extension]
    for path, at in source.keys:
        group, _, name = path.rpartition(".")
        beside = {f"{form} {other}" for other in groups[group] - {name} - _COMMON}
        yield Mention(Role.READS, name, at, frozenset(beside | {f"properties {group}"}))


def _relaxed(field: str) -> frozenset[str]:
    """A field `senderName` is set as `senderName`, `sender-name` or `sender_name`."""
    parts = re.sub(r"(?<=[a-z\d])(?=[A-Z])", "-", field).lower()
    return frozenset({field, parts, parts.replace("-", "_")})
