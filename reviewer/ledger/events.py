"""An event: what happened, where in its run, and the id that names its bytes."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from reviewer.domain.value import Digest, Value
from reviewer.ledger.facts import SCHEMA_VERSION, Facts
from reviewer.ledger.run_ids import RunId

MAX_SEQUENCE = 999_999
"""Six digits in an event's name, so that names sort in the order of writing."""

EVENT_NAME = r"^[0-9]{6}-[a-z]{1,20}(?:_[a-z]{1,20}){0,3}$"


class Commitment(Value):
    """Binds a header to its body without telling anything about it to who lacks the key."""

    key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    """Public id of the installation key."""
    digest: Digest
    """HMAC-SHA-256 over run, sequence and body bytes: equal bodies of two events show no equal digests."""


class Header(Value):
    """The part of an event that is kept for ever."""

    schema_version: Annotated[int, Field(ge=1, le=SCHEMA_VERSION)]
    run_id: RunId
    sequence: Annotated[int, Field(ge=0, le=MAX_SEQUENCE)]
    """Place in the run, from 0, without holes."""
    at_ms: Annotated[int, Field(ge=0, le=253_402_300_799_999)]
    """UTC, milliseconds since 1970; the clock may jump, the order is that of `sequence`."""
    facts: Facts
    body_commitment: Commitment | None
    """None when the event never had a body."""
    event_id: Digest
    """SHA-256 of this header's canonical bytes without this field."""

    @property
    def name(self) -> str:
        """The event's name in a store: `000012-gate_evaluated`."""
        return f"{self.sequence:06d}-{self.facts.kind}"


@dataclass(frozen=True)
class Draft:
    """Something that happened, before it has a place in a run."""

    facts: Facts
    body: Value | None
    """What may have to be erased one day: prose, names, paths, quotes."""


@dataclass(frozen=True)
class RecordedEvent:
    """An event read back whole: its id fits its bytes, and its body fits its commitment."""

    header: Header
    header_json: str
    """The canonical text of the header."""
    body: dict[str, Any] | None
    """None when there was no body, or it was erased."""

    @property
    def erased(self) -> bool:
        """True when there was a body and it is gone."""
        return self.body is None and self.header.body_commitment is not None


def is_event_name(text: str) -> bool:
    """Whether `text` names an event, and so is safe as the name of a file or key."""
    return re.fullmatch(EVENT_NAME, text) is not None
