"""The challenge: before an approval, one last reader tries to refute the approval itself."""

import json
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from reviewer.domain.chat import Usage
from reviewer.domain.finding import ChallengeOutcome, ChallengeResult
from reviewer.domain.value import Value
from reviewer.errors import ConversationFailedError
from reviewer.llm.budget import Budget
from reviewer.llm.loop import converse
from reviewer.llm.page import shipped_page
from reviewer.llm.structured import answer_format
from reviewer.stages.verify.confirm import Refuter


class ChallengeVerdict(StrEnum):
    """What the challenger may say."""

    STANDS = "stands"
    FALLS = "falls"
    UNABLE = "unable"


class ChallengeAnswer(Value):
    """The challenger's whole answer."""

    verdict: ChallengeVerdict
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


OUTCOMES = {
    ChallengeVerdict.STANDS: ChallengeOutcome.PASSED,
    ChallengeVerdict.FALLS: ChallengeOutcome.FAILED,
    ChallengeVerdict.UNABLE: ChallengeOutcome.UNABLE,
}


async def challenge(refuter: Refuter) -> tuple[ChallengeResult, Usage]:
    """Try to refute an approval of the change in `refuter.system`; anything but a whole `stands` is no pass."""
    page = shipped_page("reviewer.stages.verify", "challenge")
    schema = json.dumps(answer_format(ChallengeAnswer).json_schema, sort_keys=True)
    question = f"# Your question: {page.question}\n\n{page.text}"
    try:
        conversation = await converse(
            refuter.router,
            system=refuter.system,
            prompt=f"{question}\n\nAnswer with one JSON object of this schema:\n{schema}",
            toolbox=refuter.toolbox(),
            answer=ChallengeAnswer,
            budget=Budget.of(refuter.policy.budget),
        )
    except ConversationFailedError as failure:
        return ChallengeResult(outcome=ChallengeOutcome.UNABLE, reason=str(failure)), failure.usage
    answer = conversation.answer
    return ChallengeResult(outcome=OUTCOMES[answer.verdict], reason=answer.reason), conversation.usage
