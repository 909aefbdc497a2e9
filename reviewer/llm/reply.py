"""What must hold of every whole reply, whichever vendor gave it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.domain.chat import AssistantTurn, ChatReply, StopReason, Usage
from reviewer.errors import ModelAnswerError

_SNAPSHOT = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{4})")
"""How vendors name a dated snapshot of a model: `-2024-08-06`, `-20250929`, `-0613`."""

_MOVING_NAME = re.compile(r"-(?:latest|0)$")
"""How vendors name "the newest snapshot of": `claude-3-5-sonnet-latest`, `claude-opus-4-0`."""


def is_model_asked_for(asked: str, answered: str) -> bool:
    """True when `answered` names the model `asked` for, or a dated snapshot of it.

    A gateway may put a provider's name before one of the two (`openai/gpt-4o`). Everything else is another
    model, also on servers that echo what they please: who uses one asks by the name it answers with.
    """
    shorter, longer = sorted((asked, answered), key=len)
    if longer == shorter or longer.endswith(f"/{shorter}"):
        return bool(shorter)
    stem = _MOVING_NAME.sub("", asked)
    name = answered if "/" in stem else answered.rsplit("/", 1)[-1]
    return name.startswith(stem) and _SNAPSHOT.fullmatch(name.removeprefix(stem)) is not None


def whole_reply(
    label: str, *, asked: str, answered: str | None, turn: AssistantTurn, usage: Usage
) -> ChatReply:
    """The reply, checked: by the model asked for, not empty, every tool call with a name and an id of its own.

    `ModelAnswerError` for anything else.
    """
    if not is_model_asked_for(asked, answered or ""):
        raise ModelAnswerError(
            f"{label}: asked for model {asked!r}, answered by {answered!r}",
            advice=f"Ask by the name the server answers with: --model {label.split('/', 1)[0]}/{answered}.",
        )
    if not turn.text.strip() and not turn.calls:
        raise ModelAnswerError(f"{label}: the reply is empty: no text and no tool call")
    if not all(_is_utf8(text) for text in _texts(turn)):
        raise ModelAnswerError(
            f"{label}: the reply holds half a surrogate pair, which no UTF-8 text can hold"
        )
    ids = [call.id for call in turn.calls]
    if not all(ids) or len(set(ids)) != len(ids):
        raise ModelAnswerError(f"{label}: tool calls with ids {ids}: each needs one of its own")
    if not all(call.name for call in turn.calls):
        raise ModelAnswerError(f"{label}: a tool call names no tool")
    stop = StopReason.WANTS_TOOLS if turn.calls else StopReason.ANSWERED
    return ChatReply(turn=turn, stop=stop, model=answered or "", usage=usage)


def _texts(turn: AssistantTurn) -> Iterator[str]:
    yield from (turn.text, turn.vendor_state)
    for call in turn.calls:
        yield from (call.id, call.name, call.arguments)


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
