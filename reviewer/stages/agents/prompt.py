"""What a sub-agent is sent: a beginning that all share, so that it can be cached, and its own page at the end."""

import json

from reviewer.domain.change import Prose, Snapshot
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.evidence.dossier import change_text, evidence_text
from reviewer.evidence.workspace import Workspace
from reviewer.llm.boundary import fence
from reviewer.llm.page import Page, Sight
from reviewer.llm.preamble import PREAMBLE
from reviewer.llm.structured import answer_format
from reviewer.screening.outgoing import screened
from reviewer.stages.agents.answer import AgentAnswer

EVIDENCE_SHARE = 40
"""The evidence gets one part in so many of an agent's input tokens. It goes along with every turn: 16 turns of it,
the default limit, are two fifths, and the rest is for the change, the tools and the answers."""
ACCOUNTING = """\
`attestations` holds exactly one entry for every change unit above, by its id: `clear` when you looked and your
question raises nothing there, `finding` when a finding of yours names the unit, `unable` when you could not judge it.
Never attest what you did not look at. No findings is a good answer when there are none."""


def shared_system(
    snapshot: Snapshot, evidence: EvidenceSet, *, workspace: Workspace, key: bytes, max_input_tokens: int
) -> tuple[str, ...]:
    """The system parts that every agent gets, byte for byte the same. Holds no prose."""
    return (
        PREAMBLE,
        fence("change", change_text(snapshot, workspace), key),
        fence("evidence", evidence_text(evidence, max_tokens=max_input_tokens // EVIDENCE_SHARE), key),
    )


def own_prompt(page: Page, prose: Prose, *, key: bytes) -> str:
    """The agent's page, the words about the change if it may see them, and the shape of its answer."""
    words = [prose_text(prose, key=key)] if page.sight is Sight.SIGHTED else []
    schema = json.dumps(answer_format(AgentAnswer).json_schema, sort_keys=True)
    question = f"# Your question: {page.question}\n\n{page.text}"
    return "\n\n".join(
        [question, *words, ACCOUNTING, f"Answer with one JSON object of this schema:\n{schema}"]
    )


def prose_text(prose: Prose, *, key: bytes) -> str:
    """Title, body and commit messages, each behind a boundary of its own and named as a subject must name it."""
    return "\n".join(fence(part, screened(text), key) for part, text in prose.parts.items())
