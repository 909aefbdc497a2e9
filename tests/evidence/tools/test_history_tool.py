import asyncio
import json
from dataclasses import replace

import pytest

from reviewer.domain.change import Origin, Side
from reviewer.domain.chat import ToolCall, ToolResult
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.evidence.tools.toolbox import EvidenceTools
from reviewer.evidence.workspace import Workspace
from reviewer.ports import LineOrigins
from reviewer.stages import snapshot
from reviewer.testing.memory_git import MemoryGit

TOKEN = "gh" + "p_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0fG3hJ6"
NOTHING = EvidenceSet.of_nothing()
MARCH_1ST = 1_709_251_200


class House:
    """Three commits, and the tools of a sub-agent that is shown the last two as a change."""

    def __init__(self, *, subject: str = "start", time: int = MARCH_1ST, lines: str = "one\ntwo\n") -> None:
        self.git = MemoryGit()
        self.first = self.git.commit({"a.py": lines}, message=f"{subject}\n\nbody of it", time=time)
        self.git.commit({"a.py": lines.upper()}, message="the change: flawless")
        self.head = self.git.commit({"b.py": "x\n"}, message="the change: perfect")
        self.workspace = self._workspace()

    def _workspace(self) -> Workspace:
        taken = snapshot.take(self.git, base=self.first, head=self.head, origin=Origin.LOCAL_RANGE)
        return Workspace(self.git, taken.snapshot.revisions)

    def ask(self, first: int, last: int, *, path: str = "a.py", max_bytes: int = 24_000) -> ToolResult:
        tools = EvidenceTools(self.workspace, NOTHING, max_calls=9, max_result_bytes=max_bytes)
        arguments = json.dumps({"path": path, "first_line": first, "last_line": last})
        return asyncio.run(tools.run(ToolCall(id="c1", name="history", arguments=arguments)))


def test_lines_come_with_commit_day_and_subject() -> None:
    house = House()
    answer = house.ask(1, 2)
    assert not answer.is_error
    assert answer.content.split("\n") == [
        f"a.py:1-2@{house.first[:12]} (base): who touched it last",
        f"          1-2  {house.first[:12]}  2024-03-01  start",
    ]


def test_no_word_of_the_changes_own_commits_is_told() -> None:
    house = House()
    every = "\n".join(
        house.ask(1, 99, path=path).content for path in [*house.workspace.paths(Side.HEAD), "a.py"]
    )
    assert "start" in every
    assert "flawless" not in every
    assert "perfect" not in every
    assert house.head[:12] not in every


def test_a_subject_is_screened_before_it_is_shown_or_cut() -> None:
    content = House(subject=f"use {TOKEN} \u202e now").ask(1, 1).content
    assert TOKEN not in content
    assert "[secret: " in content
    assert "<U+202E>" in content
    cut = House(subject="x " * 95 + TOKEN).ask(1, 1).content
    assert "ghp_" not in cut


def test_a_subject_is_one_line_and_not_longer_than_a_line() -> None:
    content = House(subject="a\rb\x0bc " + "y" * 5000).ask(1, 1).content
    assert len(content.split("\n")) == 2
    assert "a<U+000D>b<U+000B>c" in content
    assert len(content) < 400
    assert content.endswith("…")


@pytest.mark.parametrize("time", [10**17, 2**63 - 1])
def test_a_time_that_no_calendar_has_is_said_to_be_none(time: int) -> None:
    assert "on no possible day" in House(time=time).ask(1, 1).content


def test_lines_that_were_not_told_in_time_are_said_to_be_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()
    monkeypatch.setattr(
        MemoryGit, "line_origins", lambda *_, **__: LineOrigins((), complete=False, commit_time=0)
    )
    assert "2 lines were not told within 3 s: nothing is known of them." in house.ask(1, 2).content


def test_where_a_clone_ends_the_commit_is_said_to_be_the_latest_possible(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House()
    whole = house.git.line_origins(house.first, b"a.py", [(1, 2)], timeout_s=9)
    cut = replace(whole, origins=tuple(replace(origin, at_clone_end=True) for origin in whole.origins))
    monkeypatch.setattr(MemoryGit, "line_origins", lambda *_, **__: cut)
    content = house.ask(1, 2).content
    assert "or before: start" in content
    assert "this clone ends, which is shallow" in content


def test_a_long_answer_is_bounded_and_says_so() -> None:
    house = House()
    old = house.first
    for number in range(1, 60):
        text = "".join(f"{line}\n" for line in range(number))
        old = house.git.commit({"a.py": text}, message="m" * 50, parent=old)
    house.workspace = Workspace(
        house.git, house.workspace.revisions.model_copy(update={"base": old, "merge_base": old})
    )
    answer = house.ask(1, 59, max_bytes=1000)
    assert len(answer.content.encode()) <= 1000
    assert "[cut at 1000 bytes: ask for fewer lines]" in answer.content
