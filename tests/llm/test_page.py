import pytest

from reviewer.errors import ConfigError
from reviewer.llm.page import Sight, parse_page, shipped_page
from reviewer.policy import ALL_AGENTS

GOOD = "---\nname: x\nversion: 1\nsight: blind\nquestion: Is it so?\n---\nLook.\n"
BLIND = {"safety", "logic", "anti-pattern", "execution-tracing"}


@pytest.mark.parametrize("name", ALL_AGENTS)
def test_every_required_agent_has_a_page_and_the_judges_of_code_are_blind(name: str) -> None:
    page = shipped_page("reviewer.stages.agents", name)
    assert (page.sight is Sight.BLIND) is (name in BLIND)


@pytest.mark.parametrize("name", ["refute", "challenge"])
def test_the_last_readers_are_blind(name: str) -> None:
    assert shipped_page("reviewer.stages.verify", name).sight is Sight.BLIND


def test_a_page_has_another_digest_when_anything_in_it_changes() -> None:
    page = parse_page(GOOD, file="x.md")
    for changed in (
        GOOD.replace("Look", "Gaze"),
        GOOD.replace("blind", "sighted"),
        GOOD.replace("so?", "not?"),
    ):
        assert parse_page(changed, file="x.md").digest != page.digest


@pytest.mark.parametrize(
    "text",
    [
        "Look.\n",
        "---\nname: x\n",
        GOOD.replace("sight: blind\n", ""),
        GOOD.replace("blind", "half"),
        GOOD.replace("name: x", "name: x\nmood: good"),
        GOOD.replace("Look.\n", ""),
        "---\n- a\n---\nLook.\n",
        "---\na: [\n---\nLook.\n",
    ],
)
def test_a_page_that_is_not_one_is_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        parse_page(text, file="x.md")
