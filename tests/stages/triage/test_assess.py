from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.domain.base_facts import Familiarity, PathRate
from reviewer.domain.change import FileChange
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.gate import GateAnswer, GateEffect
from reviewer.domain.reach import Reach
from reviewer.domain.triage import KindOfChange, RiskTier, Triage
from reviewer.policy import Approval, Policy
from reviewer.stages.gates.risk_tier import risk_tier
from reviewer.stages.triage import FACTORS, assess
from reviewer.testing.host import UNKNOWN, base_says
from reviewer.testing.values import a_file, a_snapshot, a_triage

FOLLOWED = EvidenceSet.of_nothing().model_copy(update={"reach": Reach(nodes=(), edges=(), cuts=())})
PATHS = (
    "src/a.py",
    "src/auth/b.py",
    "README.md",
    "go.mod",
    "app/migrations/0001_x.py",
    "uv.lock",
    "a.yml",
    "a.css",
    ".github/x.yml",
    "locale/de/a.po",
    "docs/a.png",
)
FILES = st.builds(a_file, st.sampled_from(PATHS), lines=st.integers(0, 400))


def assessed(*files: FileChange, known: bool = True, evidence: EvidenceSet = FOLLOWED) -> Triage:
    told = base_says() if known else base_says(owners=UNKNOWN, rates=UNKNOWN, familiarity=UNKNOWN)
    return assess(a_snapshot(*files), told, evidence, Policy())


@settings(deadline=None)
@given(st.lists(FILES, min_size=1, max_size=6, unique_by=lambda file: file.path), FILES, st.booleans())
def test_another_file_that_is_no_test_never_lowers_the_tier(
    files: list[FileChange], added: FileChange, known: bool
) -> None:
    assert assessed(*files, added, known=known).tier.rank >= assessed(*files, known=known).tier.rank


@settings(deadline=None)
@given(st.lists(FILES, min_size=1, max_size=6, unique_by=lambda file: file.path))
def test_what_is_not_known_never_lowers_the_tier(files: list[FileChange]) -> None:
    known = assessed(*files)
    assert assessed(*files, known=False).tier.rank >= known.tier.rank
    assert assessed(*files, evidence=EvidenceSet.of_nothing()).tier.rank >= known.tier.rank


@settings(deadline=None)
@given(st.lists(FILES, min_size=1, max_size=6), st.integers(0, 99), st.integers(0, 50), st.integers(0, 50))
def test_more_changes_of_a_path_and_more_foreign_lines_never_lower_the_tier(
    files: list[FileChange], changes: int, more: int, own: int
) -> None:
    def tier(extra: int) -> int:
        base = base_says(
            rates=(PathRate(path="src/a.py", changes=changes + extra, restores=None),),
            familiarity=Familiarity(lines=50 + extra, own_lines=own),
        )
        return assess(a_snapshot(*files), base, FOLLOWED, Policy()).tier.rank

    assert tier(more) >= tier(0)


def test_documents_alone_and_tests_alone_are_low_whatever_else_is_not_known() -> None:
    nothing = EvidenceSet.of_nothing()
    documents = assessed(a_file("docs/a.md", lines=900), a_file("README.md"), known=False, evidence=nothing)
    assert (documents.tier, documents.kind) == (RiskTier.LOW, KindOfChange.DOCUMENTATION)
    tests = assessed(a_file("tests/test_auth.py", lines=900), known=False, evidence=nothing)
    assert (tests.tier, tests.kind) == (RiskTier.LOW, KindOfChange.TESTS)


def test_documents_that_steer_agents_are_not_low() -> None:
    assert assessed(a_file("AGENTS.md")).tier is RiskTier.HIGH


def test_a_small_tested_change_of_ones_own_code_is_low() -> None:
    assert assessed(a_file("src/a.py", lines=20), a_file("tests/test_a.py")).tier is RiskTier.LOW


def test_every_factor_says_something_under_its_own_name() -> None:
    names = [factor.name for factor in assessed().factors]
    assert names == [factor.__name__ for factor in FACTORS]
    assert all(factor.reason for factor in assessed().factors)


def test_the_gate_stops_above_the_highest_tier_that_may_be_approved() -> None:
    for limit in RiskTier:
        policy = Policy(approval=Approval(max_tier=limit))
        for tier in RiskTier:
            result = risk_tier(a_triage(tier), policy)
            assert result.answer is (GateAnswer.STOP if tier.rank > limit.rank else GateAnswer.PASS)
            assert result.effect is GateEffect.ESCALATE
            assert f"limit {limit}" in result.reason


def test_a_risk_that_was_not_assessed_is_not_told() -> None:
    assert risk_tier(None, Policy()).answer is GateAnswer.UNKNOWN
