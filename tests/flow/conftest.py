"""Whole runs over two commits in memory."""

from collections.abc import Callable

import pytest

from reviewer.domain.change import Origin
from reviewer.domain.decision import Circumstances
from reviewer.ledger.keys import InstallationKey
from reviewer.ledger.record import RunRecorder
from reviewer.llm.router import Router
from reviewer.pipeline import Run, Subject
from reviewer.policy import Policy
from reviewer.ports import ChatModel
from reviewer.testing.memory_git import MemoryGit
from reviewer.testing.memory_ledger import MemoryLedger

KEY = InstallationKey(b"s" * 32)
OLD = "def area(width, height):\n    return width * height\n"
NEW = "def area(width, height):\n    return width * height * 1\n"
USER = "from shapes import area\n\n\ndef floor(room):\n    return area(room.width, room.height)\n"


def _repository(new: str = NEW, **more: str) -> tuple[MemoryGit, str, str]:
    git = MemoryGit()
    base = git.commit({"shapes.py": OLD, "rooms.py": USER})
    return git, base, git.commit({"shapes.py": new, **more}, message="Multiply by one")


def _run(
    git: MemoryGit,
    base: str,
    head: str,
    *,
    model: ChatModel | None = None,
    policy: Policy | None = None,
    ledger: MemoryLedger | None = None,
    suspended: bool = False,
) -> Run:
    policy = policy or Policy()
    recorder = RunRecorder(
        ledger or MemoryLedger(), KEY, run_id="20261123T210400Z-0123456789ab", now_ms=lambda: 1
    )
    return Run(
        subject=Subject(base=base, head=head, origin=Origin.LOCAL_RANGE, asked="range"),
        repo=git,
        policy=policy,
        router=Router.of(model) if model else None,
        no_model_reason="no model key is set",
        boundary_key=b"b" * 32,
        circumstances=Circumstances(approvals_suspended=suspended),
        recorder=recorder,
        tell=lambda _: None,
    )


@pytest.fixture
def a_repository() -> Callable[..., tuple[MemoryGit, str, str]]:
    """Makes a repository with its base and head: `shapes.py` changes, `rooms.py` uses it."""
    return _repository


@pytest.fixture
def a_run() -> Callable[..., Run]:
    """Makes a run over a repository, its base and its head; without a model unless one is given."""
    return _run
