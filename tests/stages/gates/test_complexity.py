import pytest

from reviewer.domain.complexity import ComplexityEvidence, FunctionChange, FunctionMeasure, UnmeasuredFile
from reviewer.domain.gate import GateAnswer, GateEffect, GateResult
from reviewer.policy import Policy, parse_policy
from reviewer.stages.gates.complexity import complexity
from reviewer.testing.values import a_file, a_snapshot

STRICT = parse_policy(
    "complexity: {max_increase: 10, max_function: 8, max_nesting: 3, max_function_lines: 50}\n"
    "paths: {generated: ['gen/**']}\n"
)
Three = tuple[int, int, int]


def a_change(name: str, before: Three | None, after: Three, path: str = "src/a.py") -> FunctionChange:
    def measure(three: Three) -> FunctionMeasure:
        return FunctionMeasure(cognitive=three[0], nesting=three[1], lines=three[2])

    old = measure(before) if before else None
    return FunctionChange(path=path, name=name, line=7, before=old, after=measure(after))


def ask(*functions: FunctionChange, unmeasured: str = "", not_counted: str = "") -> GateResult:
    evidence = ComplexityEvidence(
        functions=functions,
        unmeasured=(UnmeasuredFile(path=unmeasured, reason="not parsed"),) if unmeasured else (),
        not_counted=(not_counted,) if not_counted else (),
    )
    files = [a_file(path) for path in ("src/a.py", "gen/b.py", "c.lua")]
    return complexity(a_snapshot(*files), evidence, STRICT)


def test_a_change_within_all_limits_passes_and_says_how_much_it_adds() -> None:
    result = ask(a_change("f", (1, 1, 5), (8, 3, 50)), a_change("g", None, (3, 1, 9)))
    assert (result.answer, result.effect) == (GateAnswer.PASS, GateEffect.REFUSE)
    assert result.reason == "cognitive complexity rises by 10, limit 10"


def test_the_sum_of_the_rises_is_limited_and_what_falls_takes_nothing_away() -> None:
    result = ask(
        a_change("f", (2, 1, 5), (8, 1, 5)),
        a_change("g", None, (5, 1, 5)),
        a_change("h", (9, 1, 5), (0, 0, 5)),
    )
    assert result.answer is GateAnswer.STOP
    assert result.reason == (
        "cognitive complexity rises by 11, limit 10; most in src/a.py:7 f 2 to 8, src/a.py:7 g 5, new"
    )


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        ((9, 1, 5), "src/a.py:7 f: cognitive complexity 1 to 9, limit 8"),
        ((1, 4, 5), "src/a.py:7 f: nesting 1 to 4, limit 3"),
        ((1, 1, 51), "src/a.py:7 f: lines 5 to 51, limit 50"),
    ],
)
def test_a_function_above_a_limit_is_named_with_both_values_and_the_limit(after: Three, reason: str) -> None:
    result = ask(a_change("f", (1, 1, 5), after))
    assert (result.answer, result.reason) == (GateAnswer.STOP, reason)


def test_a_function_that_was_above_a_limit_before_may_stay_there() -> None:
    assert ask(a_change("f", (20, 9, 90), (19, 9, 90))).answer is GateAnswer.PASS


def test_a_function_that_is_not_new_may_rise_by_the_leeway() -> None:
    assert ask(a_change("f", (20, 9, 90), (21, 9, 100))).answer is GateAnswer.PASS
    assert ask(a_change("f", (20, 9, 90), (22, 9, 90))).answer is GateAnswer.STOP
    assert ask(a_change("f", (20, 9, 90), (20, 9, 101))).answer is GateAnswer.STOP
    assert ask(a_change("f", (8, 1, 5), (9, 1, 5))).answer is GateAnswer.PASS
    assert ask(a_change("f", None, (9, 1, 5))).answer is GateAnswer.STOP


def test_generated_files_do_not_count() -> None:
    assert (
        ask(a_change("f", None, (99, 9, 99), path="gen/b.py"), unmeasured="gen/b.py").answer
        is GateAnswer.PASS
    )


def test_a_file_that_was_not_measured_is_unknown_unless_a_limit_is_passed_anyway() -> None:
    result = ask(unmeasured="src/a.py")
    assert (result.answer, result.reason) == (GateAnswer.UNKNOWN, "src/a.py: not parsed")
    assert ask(a_change("f", None, (9, 1, 5)), unmeasured="src/a.py").answer is GateAnswer.STOP


def test_evidence_without_complexity_is_unknown() -> None:
    assert complexity(a_snapshot(), None, Policy()).answer is GateAnswer.UNKNOWN


def test_a_language_that_is_not_measured_is_said() -> None:
    result = ask(not_counted="c.lua")
    assert result.answer is GateAnswer.PASS
    assert result.reason.endswith("; not counted: c.lua, whose language is not measured")


def test_a_function_without_a_name_is_told_by_its_line() -> None:
    assert ask(a_change("", None, (9, 1, 5))).reason.startswith("src/a.py:7 (a function without a name): ")
