"""Walls around untrusted text in a prompt: a tag that the text cannot contain, because it is made of the text."""

from __future__ import annotations

import hashlib
import hmac
import re

_LABEL = re.compile(r"[a-z][a-z0-9_.:-]{0,99}")


def fence(label: str, text: str, key: bytes) -> str:
    """`text` as a data part: `<data-KEY label="…">`, the text unchanged, `</data-KEY>`.

    KEY is an HMAC of label and text under `key`, so who writes the text cannot write its closing tag. The same
    text under the same key gives the same bytes: prompts stay cacheable. `label` is a word of ours
    (`change`, `commit:<sha>`); a name that others chose, such as a path, belongs inside the text.
    """
    tag = f"data-{boundary(label, text, key)}"
    return f'<{tag} label="{label}">\n{text}\n</{tag}>'


def boundary(label: str, text: str, key: bytes) -> str:
    """The KEY of the data part: 128 bits in hex."""
    if not _LABEL.fullmatch(label):
        raise ValueError(f"label {label!r} is not one of our words ({_LABEL.pattern})")
    if not key:
        raise ValueError("a boundary under an empty key could be forged")
    # surrogatepass: text is whatever Python holds, and two texts must never share their bytes.
    message = label.encode() + b"\0" + text.encode("utf-8", "surrogatepass")
    return hmac.new(key, message, hashlib.sha256).hexdigest()[:32]
