"""What every domain value shares: frozen, no unknown fields, one canonical digest."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, Self

import rfc8785
from pydantic import BaseModel, ConfigDict, StringConstraints

ObjectId = Annotated[str, StringConstraints(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$")]
"""A git object id in full: 40 hex digits (SHA-1) or 64 (SHA-256)."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in hex."""


class Value(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other fields. What the original had worked out and kept is worked out anew."""
        copied = super().model_copy(update=update, deep=deep)
        for name in [name for name in copied.__dict__ if name not in type(self).model_fields]:
            del copied.__dict__[name]
        return copied


def digest_bytes(raw: bytes) -> str:
    """SHA-256 of `raw`, in hex."""
    return hashlib.sha256(raw).hexdigest()


def canonical_json(value: object) -> bytes:
    """`value` as canonical JSON (RFC 8785); a `Value` is dumped first."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    return rfc8785.dumps(plain)  # type: ignore[arg-type]  # rfc8785 checks the shape itself


def digest_of(value: object) -> str:
    """SHA-256 of the canonical JSON of `value`, in hex: equal values have equal digests."""
    return digest_bytes(canonical_json(value))
