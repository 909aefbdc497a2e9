import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reviewer.domain.change import Origin
from reviewer.domain.decision import Decision, DecisionOutcome, Reason
from reviewer.errors import LocalDecisionError, UsageError
from reviewer.stages.publish import check_publishable, summary
from reviewer.stages.publish.escape import BREAK, code_block, code_span, inline
from reviewer.testing.values import a_finding, a_review, a_snapshot, a_verification

PARSER = MarkdownIt("commonmark", {"linkify": False}).enable("table")
HOSTILE = [
    "![x](https://evil.example/a.png)",
    "[click](javascript:alert(1))",
    "<script>alert(1)</script>",
    "<https://evil.example>",
    "# heading",
    "```\nend",
    "Fixes #12 and @owner",
    "| a | b |\n|---|---|",
    "[ref]: https://evil.example\n[ref]",
    "- item\n\n    code",
    "&lt;img src=x&gt; &#64;owner",
    "**bold** _it_ ~~gone~~ `code`",
    "line\\\nbreak",
    "<!-- reviewer:marker -->",
]


def a_decision(text: str = "because") -> Decision:
    reason = Reason(code="escalate", argues_for=DecisionOutcome.ESCALATE, holds=True, text=text)
    return Decision(
        outcome=DecisionOutcome.ESCALATE,
        headline=text,
        reasons=(reason,),
        eligible=False,
        policy_digest="0" * 64,
    )


def kinds(markdown: str) -> list[str]:
    def walk(tokens: list[Token]) -> list[str]:
        found = []
        for token in tokens:
            html = token.type in ("html_inline", "html_block") and token.content != BREAK
            found.append("html" if html else token.type)
            found += walk(token.children or [])
        return found

    return walk(PARSER.parse(markdown))


ALIVE = {"html", "link_open", "image", "heading_open", "fence", "code_inline", "em_open", "strong_open",
         "table_open", "bullet_list_open", "code_block", "hardbreak", "blockquote_open"}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_untrusted_text_is_only_text(text: str) -> None:
    assert not ALIVE & set(kinds(inline(text)))


@given(st.text(alphabet=st.sampled_from(list("[]()!<>`*_~#@&|\\-+= :/.\n\ra1w")), max_size=60))
def test_no_mixture_of_markup_comes_alive(text: str) -> None:
    assert not ALIVE & set(kinds("x " + inline(text)))


def test_mentions_references_and_addresses_are_broken_up() -> None:
    shown = inline("@team #12 https://evil.example www.evil.example GH-12")
    for word in ("@team", "#12", "://", "www.", "GH-"):
        assert word not in shown.replace("\\", "")


@given(st.text(max_size=60))
def test_a_code_span_and_a_code_block_hold_what_they_show(text: str) -> None:
    assert set(kinds(code_span(text))) <= {"paragraph_open", "inline", "code_inline", "paragraph_close"}
    assert kinds(code_block(text)) == ["fence"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_summary_holds_no_link_image_or_html_of_others(text: str) -> None:
    finding = a_finding(title=text, quote=text.replace("\n", " "), path="src/`a`|b.py")
    shown = summary(a_review(a_decision(text), verifications=(a_verification(finding),)))
    assert not {"html", "link_open", "image"} & set(kinds(shown))


def test_a_local_decision_is_not_publishable() -> None:
    with pytest.raises(LocalDecisionError, match="local range"):
        check_publishable(a_review(a_decision()))


def test_a_decision_that_is_not_the_recorded_one_is_not_publishable() -> None:
    review = a_review(a_decision(), snapshot=a_snapshot(origin=Origin.PULL_REQUEST))
    check_publishable(review)
    altered = review.model_copy(update={"decision": a_decision("other")})
    with pytest.raises(UsageError, match="receipt is for decision"):
        check_publishable(altered)
