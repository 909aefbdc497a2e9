"""Untrusted text inside markdown: it shows as text and does nothing."""

import re

from reviewer.screening.outgoing import screened

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()!|~$^])")
_AT_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
"""What would begin a list or underline a heading; elsewhere in a line it means nothing."""
_MENTION_OR_REFERENCE = re.compile(r"([@#])")
_ADDRESS = re.compile(r"(?i)(www|GH|://|mailto|xmpp)(?=[.\-:]|(?<=//))")
BREAK = "<!-- -->"
"""Splits a text node, so that a code host sees no mention, issue number or address in it."""


def inline(text: str) -> str:
    """`text` as one line of plain words: no markup, mention, issue reference, link or image comes alive."""
    flat = " ".join(screened(text).split())
    safe = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    safe = _PUNCTUATION.sub(r"\\\1", safe)
    safe = _AT_START.sub(_escaped_start, safe)
    safe = _ADDRESS.sub(_broken, safe)
    return _MENTION_OR_REFERENCE.sub(rf"\\\1{BREAK}", safe)


def _escaped_start(match: re.Match[str]) -> str:
    return f"\\{match.group()}" if not match.group().isdigit() else f"{match.group()}{BREAK}"


def _broken(match: re.Match[str]) -> str:
    word = match.group()
    return f":{BREAK}//" if word == "://" else f"{word}{BREAK}"


def code_span(text: str) -> str:
    """`text` as code inside a line, whatever backticks it holds."""
    flat = " ".join(screened(text).split()) or " "
    fence = "`" * (_longest_run(flat) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def code_block(text: str, *, indent: str = "") -> str:
    """`text` as a block of code that its own backticks cannot end."""
    shown = screened(text.replace("\r", ""))
    fence = "`" * max(3, _longest_run(shown) + 1)
    return "\n".join(indent + line for line in [fence, *shown.split("\n"), fence])


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)
