import pytest

from reviewer.domain.change import Origin, UnitKind
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.gate import GateAnswer, GateEffect, GateReport, GateResult
from reviewer.policy import Approval, Paths, Policy, Size
from reviewer.stages.gates import check, check_structure
from reviewer.testing.values import a_file, a_gate, a_hunk, a_snapshot, a_unit

STOP, PASS, UNKNOWN = GateAnswer.STOP, GateAnswer.PASS, GateAnswer.UNKNOWN
POLICY = Policy(size=Size(max_changed_lines=10, max_files=2))


def ask(name: str, report: GateReport) -> GateResult:
    return next(result for result in report.results if result.gate == name)


@pytest.mark.parametrize(("lines", "answer"), [(10, PASS), (11, STOP)])
def test_the_line_limit_itself_is_allowed_and_one_more_is_not(lines: int, answer: GateAnswer) -> None:
    result = ask("changed_lines", check(a_snapshot(a_file(lines=lines)), POLICY))
    assert (result.answer, result.effect) == (answer, GateEffect.REFUSE)
    assert f"{lines} changed lines, limit 10" in result.reason


@pytest.mark.parametrize(("count", "answer"), [(2, PASS), (3, STOP)])
def test_the_file_limit_itself_is_allowed_and_one_more_is_not(count: int, answer: GateAnswer) -> None:
    files = [a_file(f"src/{number}.py") for number in range(count)]
    assert ask("changed_files", check(a_snapshot(*files), POLICY)).answer is answer


def test_lock_files_do_not_count_and_bar_an_approval() -> None:
    report = check(a_snapshot(a_file("web/package-lock.json", lines=5000)), POLICY)
    assert ask("changed_lines", report).answer is PASS
    assert ask("approvable_paths", report).answer is STOP


def test_a_lock_file_that_policy_names_does_not_bar_an_approval() -> None:
    policy = Policy(paths=Paths(approvable_uncounted=("web/*.json",)))
    assert ask("approvable_paths", check(a_snapshot(a_file("web/package-lock.json")), policy)).answer is PASS


def test_a_file_that_attributes_of_the_base_mark_does_not_count_and_bars_an_approval() -> None:
    marked = a_file("gen/a.py", lines=5000).model_copy(update={"marked_at_base": True})
    assert ask("changed_lines", check(a_snapshot(marked), POLICY)).answer is PASS
    assert ask("approvable_paths", check(a_snapshot(marked), POLICY)).answer is STOP
    named = Policy(paths=Paths(approvable_uncounted=("gen/**",)))
    assert ask("approvable_paths", check(a_snapshot(marked), named)).answer is PASS


def test_an_oversized_file_leaves_the_size_unknown() -> None:
    unit = a_unit("big.txt", kind=UnitKind.OVERSIZED)
    report = check(a_snapshot(a_file("big.txt", units=(unit,), lines=0)), POLICY)
    assert ask("changed_lines", report).answer is UNKNOWN
    assert ask("readable", report).answer is UNKNOWN


@pytest.mark.parametrize("kind", [UnitKind.BINARY, UnitKind.SUBMODULE])
def test_what_nobody_can_read_is_unknown(kind: UnitKind) -> None:
    unit = a_unit("blob", kind=kind)
    assert ask("readable", check(a_snapshot(a_file("blob", units=(unit,))), POLICY)).answer is UNKNOWN


def test_a_partial_snapshot_is_unknown_and_says_what_is_missing() -> None:
    result = ask("completeness", check(a_snapshot(problems=("250 of 300 commits",)), POLICY))
    assert result.answer is UNKNOWN
    assert "250 of 300 commits" in result.reason


@pytest.mark.parametrize(
    "path",
    [
        ".github/workflows/ci.yml",
        ".github/reviewer.yml",
        "docs/CODEOWNERS",
        "CODEOWNERS",
        "sub/AGENTS.md",
        "CLAUDE.md",
        ".cursor/rules/a.mdc",
        "guidance/GD-001.md",
        "db/migrations/1.sql",
    ],
)
def test_what_judges_changes_and_what_policy_names_is_protected(path: str) -> None:
    policy = Policy(paths=Paths(protected=("db/migrations/**",)))
    assert ask("protected_paths", check(a_snapshot(a_file(path)), policy)).answer is STOP


def test_moving_a_file_out_of_a_protected_path_touches_it() -> None:
    moved = a_file("old-ci.yml", old_path=".github/workflows/ci.yml")
    assert ask("protected_paths", check(a_snapshot(moved), Policy())).answer is STOP


def test_a_bidirectional_override_in_an_added_line_stops() -> None:
    result = ask("hidden_characters", check(a_snapshot(a_file("a.py", "x = '\u202e'")), Policy()))
    assert result.answer is STOP
    assert "a.py:1" in result.reason


def test_a_hidden_character_in_a_file_name_stops() -> None:
    report = check(a_snapshot(a_file("a\u200b.py")), Policy())
    assert ask("hidden_characters", report).answer is STOP


def test_a_path_outside_the_approvable_ones_stops() -> None:
    policy = Policy(approval=Approval(paths=("docs/**",)))
    assert ask("approvable_paths", check(a_snapshot(a_file("src/a.py")), policy)).answer is STOP
    assert ask("approvable_paths", check(a_snapshot(a_file("docs/a.md")), policy)).answer is PASS


def test_moving_a_file_into_an_approvable_path_does_not_make_it_approvable() -> None:
    policy = Policy(approval=Approval(paths=("docs/**",)))
    moved = a_file("docs/auth.py", old_path="src/auth.py")
    assert ask("approvable_paths", check(a_snapshot(moved), policy)).answer is STOP


def test_moving_a_file_into_a_generated_path_does_not_uncount_it() -> None:
    policy = Policy(size=Size(max_changed_lines=10), paths=Paths(generated=("dist/**",)))
    moved = a_file("dist/auth.py", old_path="src/auth.py", lines=11)
    assert ask("changed_lines", check(a_snapshot(moved), policy)).answer is STOP


@pytest.mark.parametrize("text", ["# fine\rimport os", "\rx = 1"])
def test_a_carriage_return_within_a_line_stops(text: str) -> None:
    assert ask("hidden_characters", check(a_snapshot(a_file("a.py", text)), Policy())).answer is STOP


def test_a_carriage_return_at_the_end_of_a_line_is_a_line_ending() -> None:
    assert ask("hidden_characters", check(a_snapshot(a_file("a.py", "x = 1\r")), Policy())).answer is PASS


def test_a_byte_order_mark_within_a_file_stops_and_one_at_its_start_does_not() -> None:
    for first_line, answer in ((1, PASS), (7, STOP)):
        unit = a_unit("a.py", "\ufeffx = 1")
        unit = unit.model_copy(update={"hunk": a_hunk("\ufeffx = 1", first_line=first_line)})
        report = check(a_snapshot(a_file("a.py", units=(unit,))), Policy())
        assert ask("hidden_characters", report).answer is answer


def test_gates_of_the_code_host_are_listed_and_do_not_apply_to_a_local_change() -> None:
    report = check(a_snapshot(), Policy())
    listed = {result.gate for result in report.having(GateAnswer.NOT_APPLICABLE)}
    assert {"draft", "fork", "required_checks", "separation_of_duties", "freshness"} <= listed


def test_gates_of_the_code_host_are_unknown_for_a_pull_request_that_was_not_asked_about() -> None:
    report = check(a_snapshot(origin=Origin.PULL_REQUEST), Policy())
    assert not report.having(GateAnswer.NOT_APPLICABLE)
    assert ask("draft", report).answer is UNKNOWN


def test_cut_evidence_is_unknown() -> None:
    evidence = EvidenceSet.of_nothing("uses of f: 200 of more")
    report = check_structure(
        GateReport(results=(a_gate(),)), evidence, snapshot=a_snapshot(), policy=Policy()
    )
    assert ask("evidence", report).answer is UNKNOWN


def test_no_gates_at_all_cannot_be_reported() -> None:
    with pytest.raises(ValueError, match="results"):
        GateReport(results=())
