from collections.abc import Mapping

from reviewer.domain.change import Origin
from reviewer.domain.complexity import ComplexityEvidence
from reviewer.evidence.complexity import collect_complexity
from reviewer.evidence.workspace import Workspace
from reviewer.stages import snapshot
from reviewer.testing.memory_git import MemoryGit

SIMPLE = "def f(a):\n    return a\n"
BRANCHED = "def f(a):\n    if a:\n        return 1\n    return a\n"
METHODS = "class A {{ {} }}\n"


def compared(
    before: Mapping[str, str | bytes | None], after: Mapping[str, str | bytes | None]
) -> ComplexityEvidence:
    repo = MemoryGit()
    base, head = repo.commit(before), repo.commit(after)
    change = snapshot.take(repo, base=base, head=head, origin=Origin.LOCAL_RANGE).snapshot
    return collect_complexity(change, Workspace(repo, change.revisions))


def rises(evidence: ComplexityEvidence) -> list[tuple[str, int | None, int]]:
    return [
        (one.name, one.before.cognitive if one.before else None, one.after.cognitive)
        for one in evidence.functions
    ]


def test_a_function_is_compared_with_itself_at_the_merge_base() -> None:
    assert rises(compared({"a.py": SIMPLE}, {"a.py": BRANCHED})) == [("f", 0, 1)]


def test_a_new_function_counts_in_full_and_one_left_alone_does_not() -> None:
    new = BRANCHED.replace("f(", "g(")
    assert rises(compared({"a.py": BRANCHED}, {"a.py": BRANCHED + new})) == [("g", None, 1)]


def test_a_copy_is_new() -> None:
    copy = BRANCHED.replace("f(", "g(")
    found = compared({"a.py": BRANCHED, "b.py": "x = 1\n"}, {"b.py": copy})
    assert rises(found) == [("g", None, 1)]


def test_a_function_that_moves_to_another_file_is_not_new() -> None:
    assert rises(compared({"a.py": BRANCHED, "b.py": "x = 1\n"}, {"a.py": "", "b.py": BRANCHED})) == []


def test_a_function_that_gets_another_name_is_not_new() -> None:
    assert rises(compared({"a.py": BRANCHED}, {"a.py": BRANCHED.replace("f(", "g(")})) == []


def test_a_function_that_moves_into_a_class_and_changes_is_compared_by_its_name() -> None:
    method = "class A:\n    def f(self, a):\n        if a:\n            if b: return 1\n        return a\n"
    assert rises(compared({"a.py": BRANCHED}, {"a.py": method})) == [("A.f", 1, 3)]


def test_a_name_that_two_functions_lost_pairs_nothing_by_name() -> None:
    before = BRANCHED + "class B:\n    def f(self):\n        return 2\n"
    after = "class A:\n    def f(self, a):\n        if a: return 3\n"
    assert rises(compared({"a.py": before}, {"a.py": after})) == [("A.f", None, 1)]


def test_overloads_are_compared_by_their_parameters() -> None:
    before = METHODS.format("void f(int a) { if (a) {} } void f(String a) {}")
    after = METHODS.format("void f(String a) { if (b) {} } void f(int a) { if (a) { if (b) {} } }")
    assert rises(compared({"A.java": before}, {"A.java": after})) == [("A.f", 0, 1), ("A.f", 1, 3)]


def test_a_file_that_moves_with_a_change_is_compared_with_what_it_was() -> None:
    filler = "x = 1\n" * 40
    found = compared({"a.py": filler + SIMPLE}, {"a.py": None, "b.py": filler + BRANCHED})
    assert [(one.path, one.name, one.before is not None) for one in found.functions] == [("b.py", "f", True)]


def test_a_test_added_before_others_leaves_the_others_as_they_are() -> None:
    case = "it('{0}', () => {{ if (a) {{ {0}() }} }})\n"
    before = "describe('x', () => {\n" + case.format("one") + case.format("two") + "})\n"
    after = before.replace("it('one'", case.format("zero") + "it('one'")
    assert rises(compared({"a.js": before}, {"a.js": after})) == [("", None, 1)]


def test_a_file_that_is_not_understood_is_unmeasured() -> None:
    broken = "def f(a):\n    if a:\n        return (((\n"
    [unmeasured] = compared({"a.py": SIMPLE}, {"a.py": broken}).unmeasured
    assert unmeasured.path == "a.py"
    assert "not understood by the grammar" in unmeasured.reason


def test_what_was_not_understood_before_and_is_the_same_makes_no_difference() -> None:
    text = "int f() {{ x = a @@ b; {} return 1; }}\n"
    same = compared({"a.c": text.format("")}, {"a.c": text.format("if (a) {}")})
    assert (rises(same), same.unmeasured) == ([("f", 0, 1)], ())
    [other] = compared({"a.c": text.format("")}, {"a.c": text.format("y = c @@@ d;")}).unmeasured
    assert other.reason == "line 1: f is not understood by the grammar"


def test_what_is_not_understood_in_a_function_left_alone_does_not_matter() -> None:
    broken = "int g() { return a @@ b; }\n"
    before, after = f"{broken}int f() {{ return 1; }}\n", f"{broken}int f() {{ if (a) {{}} return 1; }}\n"
    found = compared({"a.c": before}, {"a.c": after})
    assert (rises(found), found.unmeasured) == ([("f", 0, 1)], ())


def test_a_file_above_the_limit_of_parsing_is_unmeasured() -> None:
    [unmeasured] = compared({"a.py": SIMPLE}, {"a.py": SIMPLE + "x = 1\n" * 200_000}).unmeasured
    assert "limit 1000000" in unmeasured.reason


def test_a_language_without_a_row_is_said_and_prose_is_not() -> None:
    found = compared({"a.md": "x"}, {"a.lua": "function f() end\n", "a.md": "y", "b.json": "{}"})
    assert (found.not_counted, found.unmeasured) == (("a.lua",), ())


def test_symlinks_and_deleted_files_bring_nothing() -> None:
    found = compared({"a.py": BRANCHED, "b.lua": "x"}, {"a.py": None, "b.lua": None})
    assert found == ComplexityEvidence(functions=(), unmeasured=(), not_counted=())
