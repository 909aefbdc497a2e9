"""package.json: commands that run on the machine of everybody who installs it."""

import json
import re
from collections.abc import Iterator

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.dependency_risk.node import package
from reviewer.evidence.hazards.touched_file import TouchedFile

_ON_INSTALL = ("preinstall", "install", "postinstall")
_PIPED = re.compile(r"\b(?:curl|wget)\b[^|\n]{1,400}\|\s*(?:sudo\s+)?(?:ba|z)?sh\b")
_HARMLESS = re.compile(
    r"(?:npx )?(?:husky(?: install)?|patch-package|only-allow \w+|lerna bootstrap)(?: \|\| true)?"
)


def scripts(before: TouchedFile | None, after: TouchedFile | None) -> Iterator[Spot]:
    """New or changed scripts of an installation, and those that fetch something and run it."""
    if after is None or not after.path.endswith("package.json"):
        return
    had = _scripts(before) if before else {}
    lines = after.text.split("\n")
    for name, command in _scripts(after).items():
        fetches = _PIPED.search(command) is not None
        if not fetches and (name not in _ON_INSTALL or _HARMLESS.fullmatch(command)):
            continue
        needle = json.dumps(name) + ":"
        line = next((at for at in sorted(after.units) if at <= len(lines) and needle in lines[at - 1]), None)
        if line is None or had.get(name) == command:
            continue
        yield Spot("script-fetches" if fetches else "install-script", line, line, (name, command))


def _scripts(file: TouchedFile) -> dict[str, str]:
    found = package(file.text).get("scripts")
    return (
        {name: text for name, text in found.items() if isinstance(text, str)}
        if isinstance(found, dict)
        else {}
    )
