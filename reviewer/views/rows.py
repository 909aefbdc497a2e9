"""Rows out of verified events: what each kind of event says, table by table."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from reviewer.domain.value import Value
from reviewer.ledger import facts
from reviewer.ledger.events import Header, RecordedEvent
from reviewer.views import schema
from reviewer.views.schema import Table

Row = dict[str, Any]

_TABLE_OF: Mapping[type[Value], tuple[Table, Mapping[str, str]]] = {
    facts.GateEvaluated: (
        schema.GATES,
        {"value_text": "value", "limit_text": "limit", "reason": "reason"},
    ),
    facts.EvidenceCollected: (schema.EVIDENCE, {}),
    facts.ChangeTriaged: (schema.TRIAGE, {"factors": "factors"}),
    facts.RuleCompleted: (schema.RULES, {"reason": "unable"}),
    facts.AgentCompleted: (schema.AGENTS, {"reason": "reason", "summary": "summary"}),
    facts.FindingRaised: (
        schema.FINDINGS,
        {
            "title": "title",
            "explanation": "explanation",
            "path": "subject.path",
            "first_line": "subject.first_line",
            "last_line": "subject.last_line",
            "quote": "subject.quote",
        },
    ),
    facts.FindingVerified: (schema.VERIFICATIONS, {"reason": "reason"}),
    facts.FindingDiscarded: (schema.VERIFICATIONS, {"reason": "reason"}),
    facts.ChallengeCompleted: (schema.CHALLENGES, {"reason": "reason"}),
    facts.DecisionMade: (
        schema.DECISIONS,
        {"headline": "decision.headline", "reasons": "decision.reasons"},
    ),
}
"""The table of a kind of event: its columns are the header's facts, and these, by their place in the body."""


def rows_of(event: RecordedEvent) -> Iterator[tuple[Table, Row]]:
    """The rows of one event, with every column of their tables."""
    header = event.header
    place = {"run_id": header.run_id, "sequence": header.sequence}
    yield (
        schema.EVENTS,
        place
        | {
            "kind": header.facts.kind,
            "recorded_at": _utc(header),
            "event_id": header.event_id,
            "erased": event.erased,
            "header": event.header_json,
        },
    )
    own = _own_row(event)
    if own is not None:
        table, row = own
        yield table, place | row


def run_row(run_id: str, events: Sequence[RecordedEvent]) -> Row:
    """The run's own row; without a decision its status says so."""
    row: Row = dict.fromkeys(schema.RUNS.columns) | {
        "run_id": run_id,
        "status": "no decision",
        "events": len(events),
    }
    if events:
        row |= {"started_at": _utc(events[0].header), "last_event_at": _utc(events[-1].header)}
    for event in events:
        row |= _part_of_run(event, decided=row["decision"] is not None)
    return row


def _part_of_run(event: RecordedEvent, *, decided: bool) -> Row:
    said, body = event.header.facts, event.body or {}
    match said:
        case facts.RunStarted():
            return _header_columns(said) | {"repository": body.get("repository"), "asked": body.get("asked")}
        case facts.SnapshotTaken():
            return _header_columns(said, but={"problems"})
        case facts.DecisionMade():
            return {
                "status": "decided",
                "decision": said.outcome,
                "eligible": said.eligible,
                "mode": said.mode,
                "policy_digest": said.policy_digest,
                "decided_at": _utc(event.header),
            }
        case facts.RunFailed():
            return {
                # What fails after the decision leaves the decision standing; the error is shown beside it.
                "status": "decided" if decided else "failed",
                "failed_stage": said.stage,
                "error": said.error,
                "error_message": body.get("message"),
            }
    return {}


def _own_row(event: RecordedEvent) -> tuple[Table, Row] | None:
    said = event.header.facts
    if type(said) not in _TABLE_OF:
        return None
    table, from_body = _TABLE_OF[type(said)]
    row = _header_columns(said) | {column: _in_body(event, path) for column, path in from_body.items()}
    if table is schema.DECISIONS:
        row |= {"event_id": event.header.event_id, "decided_at": _utc(event.header)}
    return table, row


def _in_body(event: RecordedEvent, path: str) -> Any:
    found: Any = event.body
    for name in path.split("."):
        # None for an erased body, and for what this subject does not have: prose has no lines.
        found = found.get(name) if found is not None else None
    return json.dumps(found, ensure_ascii=False) if isinstance(found, list | dict) else found


def _header_columns(said: facts.Facts, *, but: set[str] | None = None) -> Row:
    return said.model_dump(mode="json", exclude={"kind", *(but or ())})


def _utc(header: Header) -> str:
    seconds, rest = divmod(header.at_ms, 1000)
    return f"{datetime.fromtimestamp(seconds, tz=UTC):%Y-%m-%d %H:%M:%S}.{rest:03d}"
