"""The names of runs: sortable by time, unique without asking anyone, safe as names of folders and keys."""

import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from pydantic import StringConstraints

RUN_ID = r"^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{12}$"

RunId = Annotated[str, StringConstraints(pattern=RUN_ID)]


def new_run_id(*, at_ms: int, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """A run id that sorts by time, to the second: `20261123T210400Z-` and 12 random hex digits."""
    moment = datetime.fromtimestamp(at_ms // 1000, tz=UTC)
    return f"{moment:%Y%m%dT%H%M%SZ}-{random_bytes(6).hex()}"


def is_run_id(text: str) -> bool:
    """Whether `text` is a run id, and so safe as the name of a folder or key."""
    return re.fullmatch(RUN_ID, text) is not None
