"""Untrusted text inside markdown: it shows as text and does nothing."""

import re

from reviewer.screening.hidden import reveal

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()!|~+\-.=:$^])")
_MENTION_OR_REFERENCE = re.compile(r"([@#])")
_WEB = re.compile(r"(?i)(www|GH)(?=[.\-\\])")
BREAK = "<!-- -->"
"""Splits a text node, so that a code host sees no mention, issue number or address in it."""


def inline(text: str) -> str:
    """`text` as one line of plain words: no markup, mention, issue reference, link or image comes alive."""
    flat = " ".join(reveal(text).split())
    safe = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    safe = _PUNCTUATION.sub(r"\\\1", safe)
    safe = _WEB.sub(rf"\1{BREAK}", safe)
    safe = safe.replace("\\:", f"\\:{BREAK}")
    return _MENTION_OR_REFERENCE.sub(rf"\\\1{BREAK}", safe)


def code_span(text: str) -> str:
    """`text` as code inside a line, whatever backticks it holds."""
    flat = " ".join(reveal(text).split()) or " "
    fence = "`" * (_longest_run(flat) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def code_block(text: str, *, indent: str = "") -> str:
    """`text` as a block of code that its own backticks cannot end."""
    shown = "\n".join(reveal(line) for line in text.replace("\r", "").split("\n"))
    fence = "`" * max(3, _longest_run(shown) + 1)
    return "\n".join(indent + line for line in [fence, *shown.split("\n"), fence])


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)
