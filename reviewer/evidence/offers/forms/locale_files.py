"""Which files hold messages for people by key, and under which keys they can be asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.evidence.literals.roles import FileKind
from reviewer.evidence.offers.source import Source
from reviewer.evidence.syntax.grammars.row import named

_FOLDERS = named("locales locale i18n lang langs languages translations l10n messages intl strings _locales")
_CODE = re.compile(r"^[a-z]{2}(?:[-_][A-Za-z]{2,4})?$")
_NAMED_SO = re.compile(
    r"^(?:messages|strings|translations?|locali[sz]ation|labels|texts)(?:[._-].*)?$", re.IGNORECASE
)
_NO_NAMESPACE = named("translation translations messages common strings index default labels texts")
_PLURAL = re.compile(r"[._](?:zero|one|two|few|many|other|plural)$")


@dataclass(frozen=True)
class MessageEntry:
    """A message under its key."""

    name: str
    """The key without the language, with the namespace of its file before it."""
    others: frozenset[str]
    """Further keys that lead to it: its ends of two parts or more, the groups it is in, without a plural form."""
    at: int


def is_locale_path(path: str) -> bool:
    """True for files of messages, whatever they are written in."""
    *folders, name = path.split("/")
    stem = name.split(".", 1)[0]
    return bool(_FOLDERS & set(folders)) or bool(_NAMED_SO.match(stem))


def message_entries(source: Source) -> Iterator[MessageEntry]:
    """Every message of a locale file in a format of keys and values; nothing for other files."""
    if (
        source.kind is not FileKind.DATA
        or source.extension in ("po", "pot")
        or not is_locale_path(source.path)
    ):
        return
    namespace = _namespace(source)
    for path, at in source.keys:
        parts = path.split(".")
        if _CODE.match(parts[0]) and len(parts) > 1:
            parts = parts[1:]
        elif _CODE.match(parts[0]) and source.extension in ("yml", "yaml"):
            continue
        yield _entry([*namespace, *parts], at)


def _entry(parts: list[str], at: int) -> MessageEntry:
    name = ".".join(parts)
    ends = {".".join(parts[first:]) for first in range(1, len(parts) - 1)}
    groups = {".".join(parts[:last]) for last in range(1, len(parts))}
    plain = _PLURAL.sub("", name)
    return MessageEntry(name, frozenset((ends | groups | {plain}) - {name}), at)


def _namespace(source: Source) -> list[str]:
    """A JSON file beside others of its language is a namespace of its own."""
    stem = source.name.rsplit(".", 1)[0]
    is_namespace = source.extension == "json" and not _CODE.match(stem) and stem not in _NO_NAMESPACE
    return [stem] if is_namespace and _CODE.match(source.path.split("/")[-2:][0]) else []
