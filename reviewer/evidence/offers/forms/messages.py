"""Keys of messages: locale files that define them, and code and templates that ask for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.evidence.literals.roles import FileKind
from reviewer.evidence.offers.forms.locale_files import is_locale_path, message_entries
from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source
from reviewer.evidence.syntax.grammars.row import named

_KEY = r"\.?[A-Za-z][\w-]*(?:[.:][\w-]+)*"
_ASKED = re.compile(
    rf"(?P<callee>[\w$]+[?!]?)(?:\(\s*"
    rf"|[ ])(?:\{{\s*(?:id|key):\s*)?:?(?P<q>[\"'`])(?P<name>{_KEY})(?P=q)(?P<after>[^\n]{{0,120}})"
)
_ATTRIBUTE = re.compile(
    rf"\b(?:i18nKey|id|code|messageId|v-t|data-i18n)=(?P<q>[\"'])'?(?P<name>{_KEY})'?(?P=q)"
    rf"|\#\{{(?P<spring>{_KEY})[(}}]|message\s*=\s*\"\{{(?P<bean>{_KEY})\}}\""
)
_T = named(
    """
    t $t tc $tc te translate tr trans __ msg say text message gettext formatMessage getMessage getString getText
    localize lang i18n label
    """
)
"""Names of functions that give a message, and may be asked by a key of one part."""
_NOT_MESSAGES = named(
    """
    require import include emit on once off describe it test join fetch url path get post put patch delete route log
    open render publish subscribe
    """
)
_DEFAULT = re.compile(r"^\s*,\s*(?:[\"'`]|[^\n]*\bdefault|\[[^\n]*\],\s*[\"']|null,\s*\")|\|\||\?\?")
_CONTEXT = re.compile(
    r"(?:\b\w*(?:[mM]essages|[tT]ranslat|[iI]18n|[lL]ocale|scoped)\w*\(\s*|\b(?:keyPrefix|ns|namespace|scope):\s*)"
    r"(?P<q>[\"'])(?P<name>[A-Za-z][\w.-]*)(?P=q)"
)
_VIEW = re.compile(r"(?:^|/)views/(?P<view>.+?)\.[\w.+]+$")
_CONTROLLER = re.compile(r"(?:^|/)(?:controllers|mailers)/(?P<name>.+?)(?:_controller)?\.rb$")
_ACTION = re.compile(r"^\s*def (?P<name>\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Asked:
    """A place that asks for a message."""

    names: tuple[str, ...]
    """Keys that could be meant; the first is the one written, or the whole key where a short one is written."""
    at: int
    end: int
    """Where the key ends; what fills the message stands behind."""


def mentions(source: Source) -> Iterator[Mention]:
    """Entries of locale files and places that ask for them without a default."""
    for entry in message_entries(source):
        yield Mention(Role.OFFERS, entry.name, entry.at, others=entry.others)
    if source.kind not in (FileKind.DATA, FileKind.DOCUMENT) and not is_locale_path(source.path):
        for asked in asked_in(source):
            yield Mention(Role.READS, asked.names[0], asked.at, others=frozenset(asked.names[1:]))


def asked_in(source: Source) -> Iterator[Asked]:
    """Places that ask for a message by a literal key."""
    contexts = tuple(dict.fromkeys(match["name"] for match in source.find(_CONTEXT)))
    for match in source.find(_ASKED):
        key = match["name"]
        names = (key.replace(":", "."), *(f"{context}.{key}" for context in contexts))
        if key.startswith("."):
            whole = _whole_key(source, key, match.start()) if match["callee"] in _T else None
            names = (whole,) if whole else ()
        elif match["callee"] in _NOT_MESSAGES or ("." not in names[0] and match["callee"] not in _T):
            continue
        if names and not _DEFAULT.search(match["after"]):
            yield Asked(names, match.start("name"), match.end("q") + len(key) + 1)
    for match in source.find(_ATTRIBUTE, in_strings=True):
        name = match["name"] or match["spring"] or match["bean"]
        if "." in name:
            yield Asked((name,), match.start(), match.end())


def last_part(name: str) -> str:
    """The word that stands in every spelling of the key."""
    return name.rsplit(".", 1)[-1]


def may_be_made(source: Source, offer: Mention, _: Mention) -> bool:
    """True for a file of messages in a form that is not read by key: a program, a catalogue."""
    if not is_locale_path(source.path):
        return False
    is_read = source.kind is FileKind.DATA and source.extension not in ("po", "pot")
    word = re.compile(rf"(?<!\w){re.escape(last_part(offer.name))}[\"']?\s*[:=]")
    return not is_read and word.search(source.text) is not None


def _whole_key(source: Source, short: str, at: int) -> str | None:
    """`.title` in `views/boats/_row.html.erb` is `boats.row.title`; in a controller its action stands between."""
    if view := _VIEW.search(source.path):
        folders, _, name = view["view"].rpartition("/")
        return ".".join(part for part in (folders.replace("/", "."), name.removeprefix("_")) if part) + short
    controller = _CONTROLLER.search(source.path)
    actions = [match["name"] for match in _ACTION.finditer(source.text, 0, at)]
    return f"{controller['name'].replace('/', '.')}.{actions[-1]}{short}" if controller and actions else None
