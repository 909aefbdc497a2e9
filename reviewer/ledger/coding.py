"""Events to bytes and back: ids, commitments, and every check that a read event must pass."""

import hashlib
import hmac
from typing import Any

from pydantic import ValidationError

from reviewer.domain.value import digest_bytes
from reviewer.errors import LedgerError
from reviewer.ledger.events import Commitment, Draft, Header, RecordedEvent
from reviewer.ledger.facts import SCHEMA_VERSION
from reviewer.ledger.keys import InstallationKey
from reviewer.ledger.strict_json import decode, encode, encode_decoded
from reviewer.ports import StoredEvent

_ALTERED = (
    "The record was altered or damaged. Keep the file, restore it from a backup, and find who writes there."
)


def encode_event(
    draft: Draft, *, run_id: str, sequence: int, at_ms: int, key: InstallationKey
) -> tuple[Header, StoredEvent]:
    """The event that `draft` becomes at its place in the run, and the bytes to store. Deterministic."""
    body = None if draft.body is None else encode(draft.body)
    unnamed: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "run_id": run_id,
        "sequence": sequence,
        "at_ms": at_ms,
        "facts": draft.facts.model_dump(mode="json"),
        "body_commitment": None if body is None else _commit(key, run_id, sequence, body).model_dump(),
    }
    raw = encode({**unnamed, "event_id": digest_bytes(encode(unnamed))})
    header = Header.model_validate_json(raw, strict=True)
    return header, StoredEvent(run_id=run_id, name=header.name, header=raw, body=body)


def decode_event(stored: StoredEvent, *, key: InstallationKey, place: str) -> RecordedEvent:
    """The event in `stored`; `LedgerError` names the file and what is wrong with it.

    `place` names the store. That the events of a run follow one another is checked in `read.py`.
    """
    # 1. The header is canonical, of a version we know, and its id fits its bytes.
    # 2. It lies under its own run and name.
    # 3. The body fits the commitment, and is strict JSON.
    where = f"{place}: {stored.run_id}/{stored.name}"
    try:
        header = _decode_header(stored.header, where=where)
        if (header.run_id, header.name) != (stored.run_id, stored.name):
            raise LedgerError(f"{where}: the header belongs to {header.run_id}/{header.name}")
        body = _decode_body(stored.body, header=header, key=key, where=where)
    except LedgerError as error:
        raise LedgerError(str(error), advice=_advice(error)) from error
    return RecordedEvent(header=header, header_json=stored.header.decode(), body=body)


def pseudonym(text: str, *, key: InstallationKey) -> str:
    """A digest that stands for `text` in headers: equal texts join, and nobody without the key can guess them."""
    return hmac.new(key.derive("ledger pseudonym"), text.encode(), hashlib.sha256).hexdigest()


def _decode_header(raw: bytes, *, where: str) -> Header:
    tree = decode(raw, where=where)
    if not isinstance(tree, dict):
        raise LedgerError(f"{where}: a header is an object, found {type(tree).__name__}")
    version = tree.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise LedgerError(
            f"{where}: schema version {version}, this engine reads up to {SCHEMA_VERSION}",
            advice="Read this ledger with the engine that wrote it, or a newer one.",
        )
    unnamed = {name: value for name, value in tree.items() if name != "event_id"}
    if tree.get("event_id") != digest_bytes(encode_decoded(unnamed)):
        raise LedgerError(f"{where}: event_id does not fit the header's bytes")
    try:
        return Header.model_validate_json(raw, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        raise LedgerError(f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def _decode_body(
    raw: bytes | None, *, header: Header, key: InstallationKey, where: str
) -> dict[str, Any] | None:
    expected = header.body_commitment
    if raw is None:
        return None
    if expected is None:
        raise LedgerError(f"{where}: a body lies beside an event that has none")
    if expected.key != key.public_id:
        raise LedgerError(
            f"{where}: the body was committed under key {expected.key}, the key at hand is {key.public_id}",
            advice="Give the state folder that holds the key with which this ledger was written.",
        )
    found = _commit(key, header.run_id, header.sequence, raw)
    if not hmac.compare_digest(found.digest, expected.digest):
        raise LedgerError(f"{where}: the body does not fit its commitment in the header")
    body = decode(raw, where=f"{where} (body)")
    if not isinstance(body, dict):
        raise LedgerError(f"{where}: a body is an object, found {type(body).__name__}")
    return body


def _commit(key: InstallationKey, run_id: str, sequence: int, body: bytes) -> Commitment:
    secret = key.derive("ledger body commitment")
    bound = f"{run_id}/{sequence}\n".encode() + body
    return Commitment(key=key.public_id, digest=hmac.new(secret, bound, hashlib.sha256).hexdigest())


def _advice(error: LedgerError) -> str:
    return _ALTERED if error.advice == LedgerError.advice else error.advice
