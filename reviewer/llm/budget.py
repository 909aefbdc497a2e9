"""What one conversation may spend, and what it has spent."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Self

from reviewer import policy
from reviewer.domain.chat import ChatRequest, Usage
from reviewer.errors import BudgetSpentError

CHARACTERS_A_TOKEN = 4
"""Low enough that the estimate stays below the truth for prose and code: it must not refuse what would fit."""


class Budget:
    """Limits of one conversation with a running account of it. Seconds count from the first turn."""

    def __init__(
        self,
        *,
        max_turns: int,
        max_tool_calls: int,
        max_input_tokens: int,
        max_output_tokens: int,
        max_seconds: float,
        max_attempts: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.max_turns = max_turns
        self.max_tool_calls = max_tool_calls
        self.max_input_tokens = max_input_tokens
        self.max_output_tokens = max_output_tokens
        """Of one reply; the provider enforces it."""
        self.max_seconds = max_seconds
        self.max_attempts = max_attempts
        """Tries of one request, the first included; `retry` enforces it."""
        self.usage = Usage()
        """What calls consumed so far as providers reported it, failed calls included."""
        self.turns = 0
        self.tool_calls = 0
        """Tools run; refused calls are not among them."""
        self._input_tokens = 0
        self._clock = clock
        self._started: float | None = None

    @classmethod
    def of(cls, limits: policy.Budget) -> Self:
        """A fresh budget with the limits that the policy sets."""
        return cls(**limits.model_dump())

    @property
    def remaining_s(self) -> float:
        """Seconds left; never below 0."""
        if self._started is None:
            return self.max_seconds
        return max(0.0, self._started + self.max_seconds - self._clock())

    @property
    def is_last_turn(self) -> bool:
        """True when no turn is left after the next one."""
        return self.turns + 1 >= self.max_turns

    def begin_turn(self) -> None:
        """Count one more reply asked for, retries of it not among them; `BudgetSpentError` when none is left."""
        if self._started is None:
            self._started = self._clock()
        if self.turns >= self.max_turns:
            raise BudgetSpentError(f"turns: {self.turns} used without an answer, limit {self.max_turns}")
        self.turns += 1

    def admit(self, request: ChatRequest) -> None:
        """Let one attempt at `request` go out, or raise `BudgetSpentError`: no time, or too many tokens with it."""
        if not self.remaining_s:
            raise self.out_of_time()
        size = estimated_tokens(request)
        if self._input_tokens + size > self.max_input_tokens:
            raise BudgetSpentError(
                f"input tokens: {self._input_tokens} spent and the next request has about {size}, "
                f"limit {self.max_input_tokens}"
            )

    def charge(self, request: ChatRequest, usage: Usage) -> None:
        """Account for one attempt at `request`, whole or failed.

        A server that reports no tokens is charged with the estimate, or it would have no limit at all. The
        estimate counts against the limit only: `usage` holds what was reported.
        """
        self.usage = self.usage + usage
        self._input_tokens += usage.input_tokens or estimated_tokens(request)

    def take_tool_call(self) -> bool:
        """Count one tool call and let it run; False when the limit is reached."""
        if self.tool_calls >= self.max_tool_calls:
            return False
        self.tool_calls += 1
        return True

    def out_of_time(self) -> BudgetSpentError:
        """The error that says that the seconds are over."""
        return BudgetSpentError(
            f"seconds: no answer after {self.turns} turns, limit {self.max_seconds:g} s",
            advice="The change goes to a human. Raise budget.max_seconds in the policy, or use a faster model.",
        )


def estimated_tokens(request: ChatRequest) -> int:
    """About how many tokens `request` is; an estimate from its length, never a measurement."""
    return len(request.model_dump_json(exclude={"model", "max_output_tokens"})) // CHARACTERS_A_TOKEN
