"""A conversation with a model: ask, run the tools it wants, take its answer, let it repair the answer once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Generic, TypeVar

from pydantic import BaseModel

from reviewer.domain.chat import ChatRequest, StopReason, ToolCall, ToolResult, Usage, UserTurn
from reviewer.domain.value import Digest, digest_of
from reviewer.errors import (
    ConversationFailedError,
    ModelAnswerError,
    ModelError,
    ReviewerError,
)
from reviewer.llm.budget import Budget
from reviewer.llm.router import Routed, Router
from reviewer.llm.structured import answer_format, parse_answer
from reviewer.ports import ChatModel, Toolbox

T = TypeVar("T", bound=BaseModel)

LAST_TURN = "This is your last reply and no more tools will run: give the whole answer now."


class StepKind(StrEnum):
    """What just happened in a conversation."""

    REPLIED = "replied"
    RETRYING = "retrying"
    SWITCHED = "switched"
    """Another model goes on."""
    RAN_TOOL = "ran_tool"
    REPAIRING = "repairing"


@dataclass(frozen=True)
class Step:
    """One thing that happened, for whoever shows progress."""

    kind: StepKind
    detail: str
    """A tool's name, or what was wrong; text of a model or a provider, to be escaped where it is shown."""


@dataclass(frozen=True)
class Conversation(Generic[T]):
    """A conversation that reached its answer."""

    answer: T
    usage: Usage
    """Everything consumed, failed tries included."""
    turns: int
    tool_calls: int
    prompt_digest: Digest
    """Digest of the first request."""
    label: str
    """`provider/name` of the model that was asked for the answer."""
    model: str
    """The model that gave it, as the vendor names it."""
    switched: tuple[str, ...]
    """Each change to another model, with the reason; empty when the first one answered throughout."""


async def converse(  # noqa: PLR0913 - what a conversation is made of; all but who answers by keyword
    router: Router,
    *,
    system: tuple[str, ...],
    prompt: str,
    toolbox: Toolbox | None,
    answer: type[T],
    budget: Budget,
    check: Callable[[T], str | None] | None = None,
    on_event: Callable[[Step], None] | None = None,
) -> Conversation[T]:
    """Talk until there is an `answer` that parses and that `check` does not complain about.

    A `budget` serves one conversation. An answer that is not usable may be repaired once. Every failure of the
    world is a `ConversationFailedError` that holds its cause and what was spent until then.
    """
    if budget.turns:
        raise ValueError(f"the budget was already used for {budget.turns} turns of another conversation")
    request = ChatRequest(
        model=router.first.name,
        system=system,
        turns=(UserTurn(text=prompt),),
        tools=toolbox.specs if toolbox else (),
        answer=answer_format(answer),
        max_output_tokens=budget.max_output_tokens,
    )
    talk = _Talk(router, toolbox, answer, budget, check or _no_complaint, on_event or _nobody)
    digest = digest_of(request)
    try:
        found, reply = await _in_time(talk, request)
    except ReviewerError as error:
        raise ConversationFailedError(
            error, usage=budget.usage, turns=budget.turns, tool_calls=budget.tool_calls, prompt_digest=digest
        ) from error
    return Conversation(
        answer=found,
        usage=budget.usage,
        turns=budget.turns,
        tool_calls=budget.tool_calls,
        prompt_digest=digest,
        label=reply.model.label,
        model=reply.reply.model,
        switched=tuple(talk.switches),
    )


@dataclass(frozen=True)
class _Talk(Generic[T]):
    """What stays the same from turn to turn."""

    router: Router
    toolbox: Toolbox | None
    answer: type[T]
    budget: Budget
    check: Callable[[T], str | None]
    tell: Callable[[Step], None]
    may_repair: bool = True
    switches: list[str] = field(default_factory=list)


async def _in_time(talk: _Talk[T], request: ChatRequest) -> tuple[T, Routed]:
    try:
        async with asyncio.timeout(talk.budget.max_seconds) as limit:
            return await _until_answered(talk, request)
    except TimeoutError as error:
        if not limit.expired():
            raise  # not ours: a bug below, which must not look like a spent budget
        raise talk.budget.out_of_time() from error


async def _until_answered(talk: _Talk[T], request: ChatRequest) -> tuple[T, Routed]:
    last: ChatModel | None = None
    while True:
        routed = await _ask(talk, request, last=last)
        reply, last = routed.reply, routed.model
        if reply.stop is StopReason.WANTS_TOOLS:
            turn = await _after_tools(talk, reply.turn.calls, last)
        else:
            try:
                return _usable(talk, reply.turn.text), routed
            except ModelAnswerError as problem:
                if not talk.may_repair:
                    raise
                talk.tell(Step(StepKind.REPAIRING, str(problem)))
                talk, turn = replace(talk, may_repair=False), UserTurn(text=_repair_request(problem))
        request = request.model_copy(update={"turns": (*request.turns, reply.turn, turn)})


async def _ask(talk: _Talk[T], request: ChatRequest, *, last: ChatModel | None) -> Routed:
    def retried(error: ModelError, wait_s: float) -> None:
        talk.tell(Step(StepKind.RETRYING, f"in {wait_s:.1f} s, after: {error}"))

    def switched(model: ChatModel, error: ModelError) -> None:
        talk.switches.append(f"{model.label} goes on, after: {error}")
        talk.tell(Step(StepKind.SWITCHED, talk.switches[-1]))

    talk.budget.begin_turn()
    routed = await talk.router.complete(request, talk.budget, last=last, retried=retried, switched=switched)
    calls = routed.reply.turn.calls
    talk.tell(Step(StepKind.REPLIED, f"{len(calls)} tool calls" if calls else "an answer"))
    return routed


def _usable(talk: _Talk[T], text: str) -> T:
    found = parse_answer(text, talk.answer)
    if complaint := talk.check(found):
        raise ModelAnswerError(complaint)
    return found


async def _after_tools(talk: _Talk[T], calls: tuple[ToolCall, ...], asked: ChatModel) -> UserTurn:
    """Run the tools one after another, in the order of the calls."""
    if talk.toolbox is None:
        raise ModelAnswerError(f"{asked.label}: calls tool {calls[0].name!r}, and none was offered")
    results = [await _run(talk, talk.toolbox, call) for call in calls]
    return UserTurn(results=tuple(results), text=LAST_TURN if talk.budget.is_last_turn else "")


async def _run(talk: _Talk[T], toolbox: Toolbox, call: ToolCall) -> ToolResult:
    if not talk.budget.take_tool_call():
        limit = talk.budget.max_tool_calls
        refusal = f"Not run: the limit of {limit} tool calls is reached. Answer with what you know."
        return ToolResult(call_id=call.id, content=refusal, is_error=True)
    talk.tell(Step(StepKind.RAN_TOOL, call.name))
    return await toolbox.run(call)


def _repair_request(problem: ModelAnswerError) -> str:
    return (
        f"Your answer cannot be used: {problem}\n"
        "Give the whole answer again: one JSON object that fits the schema, and nothing else."
    )


def _no_complaint(_: BaseModel) -> None:
    return None


def _nobody(_: Step) -> None:
    return None
