"""Scripts of a package.json, and what runs them by name."""

import re
from collections.abc import Iterator

from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source

_RUN = re.compile(
    r"\b(?:npm|pnpm|yarn) (?:run|run-script) (?P<name>[A-Za-z][\w:.-]{1,79})(?=[\s\"'`;&|)\]]|$)"
    r"(?P<rest>[^\n]{0,200})"
)
_TELLING = re.compile(r"[\w][:_-]|[a-z][A-Z]")
_RUNS = frozenset({"", "sh", "bash", "mk", "yml", "yaml", "toml"})
_ELSEWHERE = ("--if-present", "--prefix", "--dir", "--cwd", " -C ")


def mentions(source: Source) -> Iterator[Mention]:
    """Scripts of several words: `test` stands everywhere. A program may print a command, so that it is no reader."""
    if source.name == "package.json":
        for path, at in source.keys:
            group, _, name = path.partition(".")
            if group == "scripts" and _TELLING.search(name):
                yield Mention(Role.OFFERS, name, at)
    if source.extension in _RUNS or source.name == "package.json":
        for match in source.find(_RUN, in_strings=True):
            if not any(option in match["rest"] for option in _ELSEWHERE):
                yield Mention(Role.READS, match["name"], match.start("name"))
