"""Finds credentials by the shapes their issuers gave them, and takes them out of text.

Only shapes that are hardly ever anything else: a hit is worth a human's time, and silence proves nothing.
JSON web tokens are left out on purpose: a sample and a live one look the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reviewer.screening.encoded import decoded

_EDGE = r"(?:^|[^A-Za-z0-9_])"
"""What stands before a credential: a longer word that only ends like one is none."""

_SHAPES = {
    "AWS access key id": r"(?:AKIA|ASIA)[A-Z2-7]{16}",
    "GitHub token": r"gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}",
    "Slack token": r"xox[abposre]-(?:[0-9]+-)?[A-Za-z0-9-]{20,255}|xapp-[0-9]-[A-Za-z0-9-]{30,255}",
    "Stripe live key": r"[sr]k_live_[A-Za-z0-9]{20,255}",
    "Anthropic key": r"sk-ant-[A-Za-z0-9_-]{24,255}",
    "OpenAI key": r"sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{32,255}|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}",
    "Google API key": r"AIza[A-Za-z0-9_-]{35}",
    "npm token": r"npm_[A-Za-z0-9]{36}",
    "PyPI token": r"pypi-AgE[A-Za-z0-9_-]{50,500}",
    "GitLab token": r"gl(?:pat|dt|rt|ptt|soat|agent)-[A-Za-z0-9_-]{20,64}",
    "SendGrid key": r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}",
    "Hugging Face token": r"hf_[A-Za-z]{34}",
    "DigitalOcean token": r"do[opr]_v1_[a-f0-9]{64}",
    "Shopify token": r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
    "Slack webhook": r"https://hooks\.slack\.com/services/T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{24}",
    "Discord webhook": r"https://discord(?:app)?\.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,80}",
    "Telegram bot token": r"[0-9]{8,10}:AA[A-Za-z0-9_-]{33}",
    "Databricks token": r"dapi[a-f0-9]{32}",
    "Linear key": r"lin_api_[A-Za-z0-9]{40}",
    "Docker Hub token": r"dckr_pat_[A-Za-z0-9_-]{27}",
    "Vault token": r"hv[sb]\.[A-Za-z0-9_-]{24,200}",
    "Grafana token": r"glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}",
    "RubyGems key": r"rubygems_[a-f0-9]{48}",
    "Google client secret": r"GOCSPX-[A-Za-z0-9_-]{28}",
    "Azure storage key": r"AccountKey=[A-Za-z0-9+/]{86}==",
    "Terraform Cloud token": r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,70}",
    "Postman key": r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}",
    "New Relic key": r"NRAK-[A-Z0-9]{27}",
    "Doppler token": r"dp\.(?:pt|st)\.[A-Za-z0-9._-]{40,80}",
    "Atlassian token": r"ATATT3[A-Za-z0-9_=-]{100,255}",
    "age secret key": r"AGE-SECRET-KEY-1[0-9A-Z]{58}",
    "Groq key": r"gsk_[A-Za-z0-9]{52}",
    "Replicate token": r"r8_[A-Za-z0-9]{37}",
}
_KEY_BLOCK = (
    r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----"
    r"(?:\\[nr]|[\s\"'+,])*(?:[A-Za-z-]+: [^\n]*(?:\\[nr]|[\s\"'+,])+)*"
    r"[A-Za-z0-9+/=]{24,}"
    r"(?:(?:\\[nr]|[\s\"'+,])*[A-Za-z0-9+/=]+)*"
)
"""A header alone is a word people write about; with key material after it, it is a key."""

_PLACEHOLDER = re.compile(
    r"example|sample|dummy|fake|placeholder|redacted|changeme|your[-_]|x{4,}|"
    r"01234567|12345678|abcdefgh|qwerty|foobar|deadbeef|notreal|invalid",
    re.IGNORECASE,
)
_ISSUER = re.compile(r"^(?:AKIA|ASIA|AIza|xox[a-z]-(?:[0-9]+-)*|(?:[A-Za-z]+[-_])+)")
"""What is the same in every credential of a kind says nothing about this one."""

_FEWEST_DISTINCT = 8
"""Characters a real credential has at the least; `AAAA…` and `0000…` have fewer."""


@dataclass(frozen=True)
class SecretHit:
    """Where a credential stands; what it says is not held."""

    kind: str
    start: int
    """Characters from 0; `end` is not included."""
    end: int


def find_secrets(text: str) -> tuple[SecretHit, ...]:
    """Credentials in `text`, in order and apart from each other, also in base64 or hex; placeholders are none.

    Runs in time linear in the length of `text`, whatever stands in it. What is encoded twice, or put together from
    parts, is not found.
    """
    hits = list(_plain(text))
    for inner in decoded(text):
        hits += [
            SecretHit(f"{hit.kind} in {inner.how}", inner.start, inner.end) for hit in _plain(inner.plain)
        ]
    return apart(hits)


def _plain(text: str) -> Iterator[SecretHit]:
    for kind, pattern in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span(1)
            if not is_placeholder(text[start:end]):
                yield SecretHit(kind, start, end)


def redact(text: str) -> str:
    """`text` with each credential as `[secret: kind]`, once for each line it spans: lines keep their numbers.

    What is only suspected (`suspected.py`) stays: two constants that a test tells apart would read the same.
    """
    parts, done = [], 0
    for hit in find_secrets(text):
        lines = text.count("\n", hit.start, hit.end) + 1
        parts += [text[done : hit.start], "\n".join([f"[secret: {hit.kind}]"] * lines)]
        done = hit.end
    return "".join(parts) + text[done:]


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, Any], ...]:
    """Compiled once, at first use: RE2 takes no part in starting the program."""
    import re2  # type: ignore[import-untyped]  # the wheel ships no types

    shapes = [(kind, re2.compile(f"{_EDGE}({shape})")) for kind, shape in _SHAPES.items()]
    return (*shapes, ("private key", re2.compile(f"({_KEY_BLOCK})")))


def is_placeholder(secret: str) -> bool:
    """True for what stands where a credential would: too few different characters, or a word that says so."""
    body = _ISSUER.sub("", secret)
    few = len(set(body)) < _FEWEST_DISTINCT
    return few or (not secret.startswith("-----") and bool(_PLACEHOLDER.search(body)))


def apart(hits: Sequence[SecretHit]) -> tuple[SecretHit, ...]:
    """The hits in order, those that overlap an earlier one joined to it."""
    joined: list[SecretHit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if joined and hit.start < joined[-1].end:
            last = joined[-1]
            joined[-1] = SecretHit(last.kind, last.start, max(last.end, hit.end))
        else:
            joined.append(hit)
    return tuple(joined)
