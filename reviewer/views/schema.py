"""The tables that auditors query: names, columns and types.

Columns that come from an event's body are NULL once the body was erased; all others stay. Times are UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """One table; every row carries all columns."""

    name: str
    columns: Mapping[str, str]
    """Name to DuckDB type, in order."""


_PLACE = {"run_id": "VARCHAR NOT NULL", "sequence": "INTEGER NOT NULL"}
"""Names the event a row comes from."""

EVENTS = Table(
    "events",
    _PLACE
    | {
        "kind": "VARCHAR NOT NULL",
        "recorded_at": "TIMESTAMP NOT NULL",
        "event_id": "VARCHAR NOT NULL",
        "erased": "BOOLEAN NOT NULL",
        "header": "JSON NOT NULL",
    },
)

RUNS = Table(
    "runs",
    {
        "run_id": "VARCHAR NOT NULL",
        "status": "VARCHAR NOT NULL",  # decided | failed | no decision
        "decision": "VARCHAR",
        "eligible": "BOOLEAN",
        "mode": "VARCHAR",
        "started_at": "TIMESTAMP",
        "decided_at": "TIMESTAMP",
        "last_event_at": "TIMESTAMP",
        "events": "INTEGER NOT NULL",
        "engine_version": "VARCHAR",
        "origin": "VARCHAR",
        "repository": "VARCHAR",  # body
        "asked": "VARCHAR",  # body
        "repository_digest": "VARCHAR",
        "base": "VARCHAR",
        "merge_base": "VARCHAR",
        "head": "VARCHAR",
        "diff_digest": "VARCHAR",
        "author_kind": "VARCHAR",
        "complete": "BOOLEAN",
        "files": "BIGINT",
        "units": "BIGINT",
        "added_lines": "BIGINT",
        "deleted_lines": "BIGINT",
        "policy_digest": "VARCHAR",
        "failed_stage": "VARCHAR",
        "error": "VARCHAR",
        "error_message": "VARCHAR",  # body
    },
)

GATES = Table(
    "gates",
    _PLACE
    | {
        "gate": "VARCHAR NOT NULL",
        "answer": "VARCHAR NOT NULL",
        "effect": "VARCHAR NOT NULL",
        "value_text": "VARCHAR",  # body
        "limit_text": "VARCHAR",  # body
        "reason": "VARCHAR",  # body
    },
)

EVIDENCE = Table(
    "evidence",
    _PLACE
    | {
        "traces": "BIGINT NOT NULL",
        "uses": "BIGINT NOT NULL",
        "files": "BIGINT NOT NULL",
        "files_partial": "BIGINT NOT NULL",
        "cuts": "BIGINT NOT NULL",
        "files_parsed": "BIGINT NOT NULL",
        "bytes_parsed": "BIGINT NOT NULL",
    },
)

TRIAGE = Table(
    "triage",
    _PLACE
    | {
        "tier": "VARCHAR NOT NULL",
        "kind_of_change": "VARCHAR NOT NULL",
        "raised": "BOOLEAN NOT NULL",
        "arguing": "VARCHAR[] NOT NULL",
        "unknown": "VARCHAR[] NOT NULL",
        "factors": "JSON",  # body: each with its reason
    },
)

RULES = Table(
    "rules",
    _PLACE
    | {
        "rule": "VARCHAR NOT NULL",
        "version": "VARCHAR NOT NULL",
        "findings": "BIGINT NOT NULL",
        "unable": "BOOLEAN NOT NULL",
        "reason": "VARCHAR",  # body
    },
)

AGENTS = Table(
    "agents",
    _PLACE
    | {
        "agent": "VARCHAR NOT NULL",
        "status": "VARCHAR NOT NULL",
        "model": "VARCHAR",
        "page_digest": "VARCHAR NOT NULL",
        "prompt_digest": "VARCHAR",
        "policy_digest": "VARCHAR NOT NULL",
        "findings": "BIGINT NOT NULL",
        "units_clear": "BIGINT NOT NULL",
        "units_with_finding": "BIGINT NOT NULL",
        "units_unable": "BIGINT NOT NULL",
        "turns": "BIGINT NOT NULL",
        "tool_calls": "BIGINT NOT NULL",
        "calls": "BIGINT NOT NULL",
        "input_tokens": "BIGINT NOT NULL",
        "cached_input_tokens": "BIGINT NOT NULL",
        "output_tokens": "BIGINT NOT NULL",
        "duration_ms": "BIGINT NOT NULL",
        "cost_micro_usd": "BIGINT",
        "reason": "VARCHAR",  # body
        "summary": "VARCHAR",  # body
    },
)

FINDINGS = Table(
    "findings",
    _PLACE
    | {
        "finding": "VARCHAR NOT NULL",
        "source_kind": "VARCHAR NOT NULL",
        "source": "VARCHAR NOT NULL",
        "source_version": "VARCHAR NOT NULL",
        "severity": "VARCHAR NOT NULL",
        "confidence": "VARCHAR NOT NULL",
        "subject": "VARCHAR NOT NULL",
        "units": "BIGINT NOT NULL",
        "guidance": "VARCHAR",
        "title": "VARCHAR",  # body
        "explanation": "VARCHAR",  # body
        "path": "VARCHAR",  # body; NULL for prose and absence
        "first_line": "BIGINT",  # body; code only
        "last_line": "BIGINT",  # body; code only
        "quote": "VARCHAR",  # body; code and prose
    },
)

VERIFICATIONS = Table(
    "verifications",
    _PLACE
    | {
        "finding": "VARCHAR NOT NULL",
        "outcome": "VARCHAR NOT NULL",
        "stage": "VARCHAR NOT NULL",
        "reason": "VARCHAR",  # body
    },
)

CHALLENGES = Table(
    "challenges",
    _PLACE
    | {
        "outcome": "VARCHAR NOT NULL",
        "reason": "VARCHAR",  # body
    },
)

DECISIONS = Table(
    "decisions",
    _PLACE
    | {
        "event_id": "VARCHAR NOT NULL",
        "decided_at": "TIMESTAMP NOT NULL",
        "outcome": "VARCHAR NOT NULL",
        "eligible": "BOOLEAN NOT NULL",
        "mode": "VARCHAR NOT NULL",
        "policy_digest": "VARCHAR NOT NULL",
        "decision_digest": "VARCHAR NOT NULL",
        "reason_codes": "VARCHAR[] NOT NULL",
        "challenge": "VARCHAR",
        "human_requested": "BOOLEAN NOT NULL",
        "approvals_suspended": "BOOLEAN NOT NULL",
        "headline": "VARCHAR",  # body
        "reasons": "JSON",  # body: the whole tree
    },
)

TABLES = (
    RUNS,
    GATES,
    EVIDENCE,
    TRIAGE,
    RULES,
    AGENTS,
    FINDINGS,
    VERIFICATIONS,
    CHALLENGES,
    DECISIONS,
    EVENTS,
)
