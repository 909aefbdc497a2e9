from collections.abc import Iterator
from dataclasses import replace

import pytest

from reviewer.domain.value import canonical_json, digest_bytes, digest_of
from reviewer.errors import LedgerError
from reviewer.ledger.coding import decode_event, encode_event, pseudonym
from reviewer.ledger.keys import InstallationKey
from reviewer.ledger.read import read_run
from reviewer.ledger.strict_json import decode
from reviewer.ports import StoredEvent
from reviewer.testing.memory_ledger import MemoryLedger
from reviewer.testing.recorded_run import A_KEY, START_MS, a_run_id, a_start, record_run

OTHER_KEY = InstallationKey(b"o" * 32)


def a_stored_event() -> StoredEvent:
    return encode_event(a_start(), run_id=a_run_id(), sequence=0, at_ms=START_MS, key=A_KEY)[1]


def with_header(stored: StoredEvent, **changes: object) -> StoredEvent:
    """`stored` with fields of its header changed and its id made to fit again, as a forger would."""
    tree = {**decode(stored.header, where=""), **changes}
    del tree["event_id"]
    return replace(stored, header=canonical_json({**tree, "event_id": digest_of(tree)}))


def refusal(stored: StoredEvent, key: InstallationKey = A_KEY) -> str:
    with pytest.raises(LedgerError) as caught:
        decode_event(stored, key=key, place="the ledger")
    assert f"the ledger: {stored.run_id}/{stored.name}" in str(caught.value)
    return str(caught.value)


def flips(raw: bytes) -> Iterator[bytes]:
    """`raw` with one bit of each byte flipped, and with each byte left out."""
    for at, byte in enumerate(raw):
        yield raw[:at] + bytes([byte ^ 1 << at % 8]) + raw[at + 1 :]
        yield raw[:at] + raw[at + 1 :]


def test_every_kind_of_event_reads_back_as_it_was_written() -> None:
    store = MemoryLedger()
    record_run(store)
    events = read_run(store, a_run_id(), key=A_KEY)
    assert len({event.header.facts.kind for event in events}) == 12
    for event, stored in zip(events, store.events(a_run_id()), strict=True):
        assert canonical_json(event.header) == stored.header
        assert (None if event.body is None else canonical_json(event.body)) == stored.body
        assert not event.erased


def test_an_event_id_is_the_digest_of_the_header_without_it() -> None:
    stored = a_stored_event()
    tree = decode(stored.header, where="")
    event_id = tree.pop("event_id")
    assert event_id == digest_bytes(canonical_json(tree))


def test_the_same_draft_at_the_same_place_gives_the_same_bytes() -> None:
    assert a_stored_event() == a_stored_event()


def test_any_changed_byte_of_any_header_or_body_is_detected() -> None:
    store = MemoryLedger()
    record_run(store)
    for stored in store.events(a_run_id()):
        for header in flips(stored.header):
            with pytest.raises(LedgerError):
                decode_event(replace(stored, header=header), key=A_KEY, place="")
        for body in flips(stored.body or b""):
            with pytest.raises(LedgerError):
                decode_event(replace(stored, body=body), key=A_KEY, place="")


def test_a_header_under_another_run_or_name_is_refused() -> None:
    stored = a_stored_event()
    assert "belongs to" in refusal(replace(stored, run_id=a_run_id(2)))
    assert "belongs to" in refusal(replace(stored, name="000001-run_started"))


def test_the_body_of_another_event_is_refused_even_when_it_says_the_same() -> None:
    stored = a_stored_event()
    _, later = encode_event(a_start(), run_id=a_run_id(2), sequence=0, at_ms=START_MS, key=A_KEY)
    assert stored.body == later.body
    commitment = decode(stored.header, where="")["body_commitment"]
    assert "does not fit its commitment" in refusal(with_header(later, body_commitment=commitment))


def test_a_newer_schema_is_refused_by_its_number_not_by_its_fields() -> None:
    newer = with_header(a_stored_event(), schema_version=3, facts={"kind": "unheard_of"})
    assert "schema version 3, this engine reads up to 2" in refusal(newer)


def test_what_an_engine_of_the_first_schema_wrote_is_still_read() -> None:
    older = with_header(a_stored_event(), schema_version=1)
    assert decode_event(older, key=A_KEY, place="the ledger").header.schema_version == 1


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"facts": {"kind": "unheard_of"}}, "facts"),
        ({"schema_version": 0}, "schema_version"),
        ({"schema_version": "1"}, "schema_version"),
        ({"schema_version": True}, "schema_version"),
        ({"sequence": "0"}, "sequence"),
        ({"sequence": -1}, "sequence"),
        ({"at_ms": True}, "at_ms"),
        ({"run_id": ".."}, "run_id"),
        ({"surprise": 1}, "surprise"),
        ({"facts": {"kind": "run_started", "engine_version": "../etc or a name", "origin": "local_range"}}, "engine"),
    ],
)  # fmt: skip
def test_a_header_whose_id_fits_and_whose_fields_do_not_is_refused(
    changes: dict[str, object], named: str
) -> None:
    assert named in refusal(with_header(a_stored_event(), **changes))


def test_a_header_that_is_no_object_is_refused() -> None:
    assert "a header is an object" in refusal(replace(a_stored_event(), header=b"[]"))


def test_an_erased_body_leaves_the_header_readable() -> None:
    event = decode_event(replace(a_stored_event(), body=None), key=A_KEY, place="")
    assert event.erased
    assert event.body is None
    assert event.header.facts.kind == "run_started"


def test_a_body_beside_an_event_without_one_is_refused() -> None:
    bare = with_header(a_stored_event(), body_commitment=None)
    assert "an event that has none" in refusal(bare)


def test_another_key_is_named_and_cannot_read_bodies() -> None:
    said = refusal(a_stored_event(), key=OTHER_KEY)
    assert A_KEY.public_id in said
    assert OTHER_KEY.public_id in said


def test_a_pseudonym_joins_equal_names_of_one_installation_only() -> None:
    assert pseudonym("acme/app", key=A_KEY) == pseudonym("acme/app", key=A_KEY)
    names = {
        pseudonym("acme/app", key=A_KEY),
        pseudonym("acme/app", key=OTHER_KEY),
        pseudonym("b", key=A_KEY),
    }
    assert len(names) == 3
