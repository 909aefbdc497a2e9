import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from reviewer.domain.finding import Severity, VerificationOutcome
from reviewer.evidence.base import ownership
from reviewer.stages import verify

RULE = "unowned-path"
OWNED = {
    "CODEOWNERS": "/src/cart/ @shop/cart\n/src/pay/ @shop/pay\n/docs/ @shop/docs\n",
    "src/cart/a.py": "a\n",
    "src/cart/b.py": "b\n",
    "src/pay/c.py": "c\n",
    "docs/a.md": "a\n",
    "README.md": "r\n",
}
Ruled = Callable[..., Any]


def titles(made: Any) -> list[str]:
    assert made.report(RULE).unable is None
    return [finding.title for finding in made.findings(RULE)]


def test_a_new_path_that_no_pattern_is_about_among_owned_ones_is_told(ruled: Ruled) -> None:
    made = ruled(OWNED, {"src/mail/send.py": "s\n", "src/mail/read.py": "r\n"})
    (finding,) = made.findings(RULE)
    assert finding.title == "2 paths in src/ would have no owner"
    assert (finding.subject.path, finding.severity) == ("src/mail/read.py", Severity.LOW)
    assert len(finding.units) == 2


def test_its_findings_are_confirmed_by_what_they_point_at(ruled: Ruled) -> None:
    made = ruled(OWNED, {"src/mail/send.py": "s\n", "CODEOWNERS": "/src/cart/ @shop/cart\n/srv/ @a\n"})
    assert len(titles(made)) == 3
    checked, _ = asyncio.run(
        verify.confirm(made.findings(RULE), change=made.change, workspace=made.workspace, refuter=None)
    )
    assert {one.outcome for one in checked} == {VerificationOutcome.CONFIRMED}


@pytest.mark.parametrize(
    "after",
    [
        {"src/cart/new.py": "n\n"},
        {"new/send.py": "s\n"},
        {"NEW.md": "n\n"},
        {"docs/new.md": "n\n"},
        {"src/cart/a.py": "changed\n"},
        {"src/mail/send.py": "s\n", "CODEOWNERS": f"{OWNED['CODEOWNERS']}/src/mail/ @shop/mail\n"},
        {"src/mail/send.py": "s\n", "CODEOWNERS": f"{OWNED['CODEOWNERS']}/src/mail/\n"},
        {"src/cart/a.py": None, "src/pay/a.py": "a\n"},
    ],
)
def test_what_is_owned_meant_or_elsewhere_is_quiet(ruled: Ruled, after: dict[str, str | None]) -> None:
    assert titles(ruled(OWNED, after)) == []


def test_a_folder_in_which_one_file_has_no_owner_is_quiet(ruled: Ruled) -> None:
    assert titles(ruled({**OWNED, "src/free.py": "f\n"}, {"src/mail/send.py": "s\n"})) == []
    small = {"CODEOWNERS": "/docs/a.md @a\n", "docs/a.md": "a\n"}
    assert titles(ruled(small, {"docs/b.md": "b\n"})) == []


def test_a_file_that_is_moved_away_from_its_owners_is_told(ruled: Ruled) -> None:
    text = "".join(f"line {n}\n" for n in range(20))
    made = ruled({**OWNED, "src/cart/long.py": text}, {"src/cart/long.py": None, "lib/long.py": text})
    assert titles(made) == ["1 path would lose its owners by a move"]
    same = ruled({**OWNED, "lib/long.py": text}, {"lib/long.py": None, "more/long.py": text})
    assert titles(same) == []


def test_without_the_file_nothing_is_said(ruled: Ruled) -> None:
    bare = {path: text for path, text in OWNED.items() if path != "CODEOWNERS"}
    assert titles(ruled(bare, {"src/mail/send.py": "s\n"})) == []
    assert titles(ruled(bare, {"CODEOWNERS": "/nowhere/ nobody\n"})) == []


def test_paths_that_lose_their_owners_are_told_at_the_line_that_gave_them(ruled: Ruled) -> None:
    made = ruled(OWNED, {"CODEOWNERS": "/src/pay/ @shop/pay\n/docs/ @shop/docs\n"})
    (finding,) = made.findings(RULE)
    assert finding.title == "2 paths would lose their owners"
    assert (finding.subject.side, finding.subject.quote) == ("base", "/src/cart/ @shop/cart")
    assert finding.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    "after",
    [
        "/src/cart/ @shop/other\n/src/pay/ @shop/pay\n/docs/ @shop/docs\n",
        "/src/ @shop/all\n/docs/ @shop/docs\n",
        "/src/cart/\n/src/pay/ @shop/pay\n/docs/ @shop/docs\n",
        "# moved\n/docs/ @shop/docs\n* @shop/all\n",
    ],
)
def test_other_owners_and_none_on_purpose_are_quiet(ruled: Ruled, after: str) -> None:
    assert titles(ruled(OWNED, {"CODEOWNERS": after})) == []


def test_a_file_that_is_gone_and_one_that_only_moves(ruled: Ruled) -> None:
    assert titles(ruled(OWNED, {"CODEOWNERS": None})) == ["4 paths would lose their owners"]
    moved = {"CODEOWNERS": None, ".github/CODEOWNERS": OWNED["CODEOWNERS"]}
    assert titles(ruled(OWNED, moved)) == []


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("/srv/ @shop/srv", "A line of CODEOWNERS is about no path"),
        ("/src/pay/ shop/pay", "A line of CODEOWNERS is not understood"),
        ("!/src/pay/ @shop/pay", "A line of CODEOWNERS is not understood"),
        ("/src/[cp]ay/ @shop/pay", "A line of CODEOWNERS is not understood"),
    ],
)
def test_an_added_line_without_effect_is_told(ruled: Ruled, line: str, title: str) -> None:
    made = ruled(OWNED, {"CODEOWNERS": f"{OWNED['CODEOWNERS']}{line}\n"})
    (finding,) = made.findings(RULE)
    assert (finding.title, finding.subject.quote) == (title, line)


def test_a_line_that_had_no_effect_before_is_left_alone(ruled: Ruled) -> None:
    before = {**OWNED, "CODEOWNERS": f"/srv/ @shop/srv\nx y\n{OWNED['CODEOWNERS']}"}
    assert titles(ruled(before, {"CODEOWNERS": f"{before['CODEOWNERS']}/README.md @a\n"})) == []


def test_a_file_of_another_dialect_is_not_judged(ruled: Ruled) -> None:
    before = {**OWNED, "CODEOWNERS": f"[Shop] @shop/all\n{OWNED['CODEOWNERS']}"}
    unable = ruled(before, {"src/mail/send.py": "s\n"}).report(RULE).unable
    assert unable == "CODEOWNERS has sections, which are of another dialect than GitHub's"
    assert titles(ruled(before, {"src/cart/a.py": "changed\n"})) == []


def test_too_many_comparisons_make_it_unable(ruled: Ruled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ownership, "MAX_COMPARISONS", 5)
    unable = ruled(OWNED, {"src/mail/send.py": "s\n"}).report(RULE).unable
    assert unable is not None
    assert "limit 5" in unable


@pytest.mark.parametrize("raw", [b"\xff /x @a\n/src/ @a\n", b"/src/ @a\n\x00\xfe[ @b\n"])
def test_bytes_that_are_no_text_are_a_line_that_is_passed_over(ruled: Ruled, raw: bytes) -> None:
    report = ruled({**OWNED, "CODEOWNERS": raw}, {"src/new.py": "n\n"}).report(RULE)
    assert (report.findings, report.unable) == ((), None)


def test_a_per_cent_sign_in_a_path_is_one_in_a_pattern(ruled: Ruled) -> None:
    before = {**OWNED, "docs/50%.md": "x\n"}
    assert titles(ruled(before, {"CODEOWNERS": f"{OWNED['CODEOWNERS']}/docs/50%.md @a\n"})) == []
