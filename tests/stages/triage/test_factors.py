"""Each factor: when it argues and for what, when it is quiet, and what it does not know."""

from typing import Any

import pytest

from reviewer.domain.base_facts import BaseFacts, Familiarity, PathOwners, PathRate
from reviewer.domain.change import FileChange, Side, UnitKind
from reviewer.domain.entry_point import EntryPoint, EntrySort
from reviewer.domain.evidence import (
    Analysis,
    Certainty,
    CodeQuote,
    FileAnalysis,
    Symbol,
    SymbolChange,
    SymbolKind,
    SymbolTrace,
    Use,
)
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.reach import Reach, ReachNode
from reviewer.domain.triage import RiskFactor, RiskTier
from reviewer.policy import Policy, parse_policy
from reviewer.stages.triage.churn import churn
from reviewer.stages.triage.familiarity import familiarity
from reviewer.stages.triage.kind_of_change import kind_of_change
from reviewer.stages.triage.owners import owners
from reviewer.stages.triage.reach import reach
from reviewer.stages.triage.sensitive_paths import sensitive_paths
from reviewer.stages.triage.sensitive_words import sensitive_words
from reviewer.stages.triage.size import size
from reviewer.stages.triage.subject import Subject
from reviewer.stages.triage.untested_code import untested_code
from reviewer.testing.host import UNKNOWN, base_says
from reviewer.testing.values import a_file, a_snapshot, a_unit

MEDIUM, HIGH = RiskTier.MEDIUM, RiskTier.HIGH
NOWHERE = Reach(nodes=(), edges=(), cuts=("callers more than 2 hops up were not looked for",))


def followed(**more: Any) -> EvidenceSet:
    return EvidenceSet.of_nothing().model_copy(update={"reach": NOWHERE, **more})


def about(
    *files: FileChange,
    base: BaseFacts | None = None,
    evidence: EvidenceSet | None = None,
    policy: Policy | None = None,
) -> Subject:
    return Subject(a_snapshot(*files), base or base_says(), evidence or followed(), policy or Policy())


def quiet(factor: RiskFactor) -> bool:
    return factor.known and factor.argues_for is None


def unknown(factor: RiskFactor) -> bool:
    return not factor.known and factor.argues_for is MEDIUM


@pytest.mark.parametrize(
    "path",
    [
        "src/auth/views.py",
        "src/Auth/Views.java",
        "src/UserPermissions.java",
        "pkg/user_permissions.go",
        "session-store.ts",
        "payments.py",
        "deploy/Dockerfile",
        "infra/main.yml",
        "main.tf",
        ".gitlab-ci.yml",
        "docker-compose.prod.yml",
        ".github/workflows/x.yml",
        "CLAUDE.md",
    ],
)
def test_sensitive_and_protected_paths_argue_for_high(path: str) -> None:
    factor = sensitive_paths(about(a_file("src/a.py"), a_file(path)))
    assert factor.argues_for is HIGH
    assert path in factor.reason


@pytest.mark.parametrize(
    "path",
    ["src/author.py", "src/authors/a.py", "cryptic.py", "docs/auth.md", "tests/test_auth.py", "posession.go"],
)
def test_near_names_documents_and_tests_are_not_sensitive(path: str) -> None:
    assert quiet(sensitive_paths(about(a_file(path))))


def test_moving_a_file_out_of_a_sensitive_folder_is_a_change_to_it() -> None:
    assert sensitive_paths(about(a_file("src/a.py", old_path="src/auth/a.py"))).argues_for is HIGH


def test_named_paths_replace_the_shipped_ones() -> None:
    policy = parse_policy("triage: {sensitive: [core/**], sensitive_names: [vault]}\n")
    assert quiet(sensitive_paths(about(a_file("src/auth/a.py"), policy=policy)))
    assert sensitive_paths(about(a_file("core/a.py"), policy=policy)).argues_for is HIGH
    assert sensitive_paths(about(a_file("src/KeyVault.java"), policy=policy)).argues_for is HIGH


@pytest.mark.parametrize(
    ("path", "tier"),
    [
        ("app/migrations/0002_x.py", HIGH),
        ("go.mod", MEDIUM),
        ("uv.lock", MEDIUM),
        ("config.yml", MEDIUM),
        ("src/a.py", None),
        ("README.md", None),
        ("tests/test_a.py", None),
    ],
)
def test_the_riskiest_kind_among_the_files_is_what_counts(path: str, tier: RiskTier | None) -> None:
    assert kind_of_change(about(a_file(path))).argues_for is tier
    assert kind_of_change(about(a_file("README.md"), a_file(path), a_file("src/b.py"))).argues_for is tier


def test_a_mode_beside_changed_lines_of_code_argues_for_medium() -> None:
    units = (a_unit("src/a.py"), a_unit("src/a.py", kind=UnitKind.MODE))
    assert kind_of_change(about(a_file("src/a.py", units=units))).argues_for is MEDIUM


@pytest.mark.parametrize(
    "line",
    ["if user.has_permission(x):", "requireAnyPermission()", "JWT = 1", "# the password", "CSRFToken()"],
)
def test_a_changed_line_of_code_with_a_sensitive_word_argues_for_medium(line: str) -> None:
    factor = sensitive_words(about(a_file("src/a.py", line)))
    assert factor.argues_for is MEDIUM
    assert "src/a.py" in factor.reason


@pytest.mark.parametrize("line", ["author = 1", "secretary()", "tokens = []", "x.aclose()", "permissive"])
def test_words_that_only_begin_alike_are_quiet(line: str) -> None:
    assert quiet(sensitive_words(about(a_file("src/a.py", line))))


def test_words_of_tests_and_documents_are_not_asked() -> None:
    assert quiet(sensitive_words(about(a_file("tests/test_a.py", "password"), a_file("a.md", "password"))))


@pytest.mark.parametrize(("lines", "tier"), [(100, None), (101, MEDIUM), (300, MEDIUM), (301, HIGH)])
def test_the_limits_of_size_themselves_are_quiet(lines: int, tier: RiskTier | None) -> None:
    factor = size(about(a_file("src/a.py", lines=lines)))
    assert factor.argues_for is tier
    assert f"{lines} changed lines, limit" in factor.reason


def test_documents_tests_translations_and_locks_have_no_size() -> None:
    paths = ("README.md", "tests/test_a.py", "locale/de/a.po", "uv.lock")
    assert quiet(size(about(*(a_file(path, lines=900) for path in paths))))


def test_a_file_too_large_to_count_is_unknown_and_no_less_than_what_was_counted() -> None:
    huge = a_file("src/b.py", units=(a_unit("src/b.py", kind=UnitKind.OVERSIZED),))
    assert unknown(size(about(huge)))
    assert size(about(huge, a_file("src/a.py", lines=301))).argues_for is HIGH


def rate(path: str = "src/a.py", changes: int = 0, restores: str | None = None) -> PathRate:
    return PathRate(path=path, changes=changes, restores=restores)


@pytest.mark.parametrize(("changes", "tier"), [(8, None), (9, MEDIUM)])
def test_a_path_that_changes_often_argues_for_medium(changes: int, tier: RiskTier | None) -> None:
    assert churn(about(base=base_says(rates=(rate(changes=changes),)))).argues_for is tier


def test_what_goes_back_and_forth_argues_for_medium_and_names_the_other_change() -> None:
    factor = churn(about(base=base_says(rates=(rate(restores="c" * 40),))))
    assert factor.argues_for is MEDIUM
    assert "cccccccccccc" in factor.reason


def test_documents_may_change_all_the_time() -> None:
    rates = (rate("CHANGES.md", 99, "c" * 40),)
    assert quiet(churn(about(a_file("CHANGES.md"), base=base_says(rates=rates))))


def test_a_history_that_could_not_be_read_is_not_known_unless_no_code_changes() -> None:
    assert unknown(churn(about(base=base_says(rates=UNKNOWN))))
    assert quiet(churn(about(a_file("README.md"), base=base_says(rates=UNKNOWN))))


@pytest.mark.parametrize(("own", "tier"), [(0, MEDIUM), (9, MEDIUM), (10, None), (100, None)])
def test_too_few_lines_of_ones_own_argue_for_medium(own: int, tier: RiskTier | None) -> None:
    factor = familiarity(about(base=base_says(familiarity=Familiarity(lines=100, own_lines=own))))
    assert factor.argues_for is tier
    assert f"{own} percent of 100 lines" in factor.reason


def test_new_code_asks_for_no_familiarity_and_documents_ask_for_none() -> None:
    assert quiet(familiarity(about(base=base_says(familiarity=Familiarity(lines=0, own_lines=0)))))
    assert quiet(familiarity(about(a_file("README.md"), base=base_says(familiarity=UNKNOWN))))


def test_an_author_who_is_not_known_is_not_familiar() -> None:
    factor = familiarity(about(base=base_says(familiarity=UNKNOWN)))
    assert unknown(factor)
    assert UNKNOWN.why in factor.reason


@pytest.mark.parametrize(("lines", "tier"), [(5, None), (6, MEDIUM)])
def test_programs_that_change_without_a_test_argue_for_medium(lines: int, tier: RiskTier | None) -> None:
    assert untested_code(about(a_file("src/a.py", lines=lines))).argues_for is tier


def test_a_test_with_added_lines_is_one_and_a_test_that_only_loses_lines_is_none() -> None:
    code = a_file("src/a.py", lines=50)
    gone = a_file("tests/test_a.py", lines=0)
    assert quiet(untested_code(about(code, a_file("tests/test_a.py"))))
    assert untested_code(about(code, gone)).argues_for is MEDIUM


def test_styles_and_markup_need_no_test() -> None:
    assert quiet(untested_code(about(a_file("a.css", lines=99), a_file("a.html", lines=99))))


def a_node(number: int, sort: EntrySort, path: str = "src/a.py") -> ReachNode:
    entry = EntryPoint(sort=sort, label=f"r{number}", path=path, line=number, quote="@route")
    return ReachNode(
        id=f"{path}:{number}", name=f"f{number}", path=path, line=number, changed=True, entry=entry
    )


@pytest.mark.parametrize(
    ("number", "sort", "tier"),
    [(10, EntrySort.ROUTE, None), (11, EntrySort.ROUTE, MEDIUM), (50, EntrySort.TEST, None)],
)
def test_many_entry_points_argue_for_medium_and_tests_are_none(
    number: int, sort: EntrySort, tier: RiskTier | None
) -> None:
    graph = Reach(nodes=tuple(a_node(at + 1, sort) for at in range(number)), edges=(), cuts=())
    assert reach(about(evidence=followed(reach=graph))).argues_for is tier


def quote(path: str) -> CodeQuote:
    return CodeQuote(path=path, side=Side.HEAD, commit="a" * 40, first_line=1, last_line=1, text="f()")


def a_trace(
    *users: str,
    change: SymbolChange = SymbolChange.BODY,
    certainty: Certainty = Certainty.RESOLVED,
    may_hide: str | None = None,
) -> SymbolTrace:
    symbol = Symbol(
        name="f", qualified_name="f", kind=SymbolKind.FUNCTION, language="python", definition=quote("src/a.py"),
        last_line=2, exported=True, parameters=None,
    )  # fmt: skip
    uses = tuple(Use(quote=quote(path), certainty=certainty, inside=None, call=None) for path in users)
    return SymbolTrace(
        change=change, before=symbol, after=symbol, units=(), uses=uses, cut=may_hide, may_hide=may_hide
    )


SOURCES = tuple(f"src/m{n}.py" for n in range(21))


def test_many_files_that_use_it_argue_for_medium() -> None:
    assert reach(about(evidence=followed(traces=(a_trace(*SOURCES),)))).argues_for is MEDIUM
    assert quiet(reach(about(evidence=followed(traces=(a_trace(*SOURCES[1:]),)))))


def test_tests_guesses_and_users_of_what_is_new_do_not_count() -> None:
    for trace in (
        a_trace(*(f"tests/test_{n}.py" for n in range(30))),
        a_trace(*SOURCES, certainty=Certainty.BY_NAME),
        a_trace(*SOURCES, change=SymbolChange.ADDED),
    ):
        assert quiet(reach(about(evidence=followed(traces=(trace,)))))


def test_reach_that_was_not_followed_is_not_known() -> None:
    partial = FileAnalysis(
        path="src/a.py",
        language="python",
        analysis=Analysis.SYNTAX,
        partial="syntax error",
        may_hide_changes=True,
    )
    for evidence in (
        EvidenceSet.of_nothing(),
        followed(traces=(a_trace(may_hide="3 files were not searched"),)),
        followed(files=(partial,)),
    ):
        assert unknown(reach(about(evidence=evidence)))
        assert quiet(reach(about(a_file("README.md"), evidence=evidence)))


def owned(*owners: str, path: str = "src/a.py") -> PathOwners:
    return PathOwners(path=path, owners=frozenset(owners))


def test_several_groups_of_owners_argue_for_medium_and_no_name_is_shown() -> None:
    files = (a_file("src/a.py"), a_file("src/b.py"))
    factor = owners(about(*files, base=base_says(owners=(owned("@x"), owned("@y", path="src/b.py")))))
    assert factor.argues_for is MEDIUM
    assert "@" not in factor.reason
    assert quiet(owners(about(*files, base=base_says(owners=(owned("@x"), owned("@x", path="src/b.py"))))))


def test_code_that_nobody_owns_argues_for_medium_and_documents_do_not() -> None:
    assert owners(about(base=base_says(owners=(owned(),)))).argues_for is MEDIUM
    readme = base_says(owners=(owned(path="README.md"),))
    assert quiet(owners(about(a_file("README.md"), base=readme)))


def test_without_a_file_of_owners_nothing_is_asked_and_one_that_cannot_be_read_is_not_known() -> None:
    assert quiet(owners(about()))
    assert unknown(owners(about(base=base_says(owners=UNKNOWN))))
