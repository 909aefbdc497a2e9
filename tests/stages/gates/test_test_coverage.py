from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.domain.line_coverage import FileCoverage, LineCoverage, ReportUsed
from reviewer.policy import Policy, parse_policy
from reviewer.stages.gates import test_coverage as gate
from reviewer.testing.values import a_file, a_snapshot

EIGHTY = parse_policy("tests: {min_changed_line_coverage: 80}\npaths: {generated: ['gen/**']}\n")


def ask(
    executable: int = 10,
    missed: int = 0,
    *,
    policy: Policy = EIGHTY,
    path: str = "src/a.py",
    problems: tuple[str, ...] = (),
    unlisted: tuple[str, ...] = (),
) -> GateResult:
    lines = tuple(range(1, executable + 1))
    covered = LineCoverage(
        reports=(ReportUsed(name="r", digest="0" * 64, commit="0" * 40, form="lcov"),),
        files=(FileCoverage(path=path, executable=lines, uncovered=lines[:missed]),),
        unlisted=unlisted,
        problems=problems,
    )
    return gate.test_coverage(a_snapshot(a_file("src/a.py"), a_file("gen/b.py")), covered, policy)


def test_enough_lines_pass_and_those_not_run_are_named() -> None:
    result = ask(10, 2)
    assert result.answer is GateAnswer.PASS
    assert (
        result.reason == "tests ran 8 of 10 changed lines, 80% are asked for; not run: src/a.py:1, src/a.py:2"
    )


def test_too_few_lines_stop_and_the_first_few_are_named() -> None:
    result = ask(100, 21)
    assert result.answer is GateAnswer.STOP
    assert result.reason.endswith(
        "not run: src/a.py:1, src/a.py:2, src/a.py:3, src/a.py:4, src/a.py:5 and 16 more"
    )


def test_a_share_just_below_the_limit_is_not_rounded_up() -> None:
    assert ask(1000, 201).answer is GateAnswer.STOP
    assert ask(1000, 200).answer is GateAnswer.PASS


def test_a_change_without_lines_that_can_be_run_passes() -> None:
    assert ask(0).answer is GateAnswer.PASS


def test_generated_files_do_not_count() -> None:
    assert ask(10, 10, path="gen/b.py", unlisted=("gen/b.py",)).answer is GateAnswer.PASS


def test_a_problem_of_a_report_is_unknown() -> None:
    result = ask(problems=("r: made at another commit",))
    assert (result.answer, result.reason) == (GateAnswer.UNKNOWN, "r: made at another commit")


def test_code_that_no_report_lists_is_unknown_where_a_share_is_asked_for() -> None:
    assert ask(unlisted=("src/new.py",)).answer is GateAnswer.UNKNOWN
    assert ask(unlisted=("src/new.py",), policy=Policy()).answer is GateAnswer.PASS


def test_without_a_report_the_gate_does_not_apply_unless_one_is_required() -> None:
    required = parse_policy("tests: {report_required: true}\n")
    assert gate.test_coverage(a_snapshot(), None, EIGHTY).answer is GateAnswer.NOT_APPLICABLE
    assert gate.test_coverage(a_snapshot(), None, required).answer is GateAnswer.UNKNOWN


def test_a_folder_may_ask_for_more_and_the_tightest_counts() -> None:
    policy = parse_policy(
        "tests: {min_changed_line_coverage: 50}\n"
        "folders: [{paths: ['core/**'], tests: {min_changed_line_coverage: 90, report_required: true}}]\n"
    )
    from reviewer.policy import for_paths

    merged = for_paths(policy, ["core/a.py", "docs/b.py"])
    assert (merged.tests.min_changed_line_coverage, merged.tests.report_required) == (90, True)
