"""What every detector is spared: what is a hazard of a change at all."""

from collections.abc import Callable
from pathlib import Path

from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import FileStatus, Origin
from reviewer.domain.hazard import HazardEvidence
from reviewer.evidence.hazards import collect_hazards
from reviewer.evidence.workspace import Workspace
from reviewer.stages import snapshot
from reviewer.testing.git_builder import RepositoryBuilder

Hazards = Callable[..., list[str]]
Evidence = Callable[..., HazardEvidence]
SHARED = "def f(x, seen=[]):\n    seen.append(x)\n"
OTHER = "def g(x):\n    return x\n"


def test_what_was_there_before_is_no_news(hazards: Hazards) -> None:
    assert hazards({"a.py": SHARED + OTHER}, {"a.py": SHARED + OTHER.replace("x", "y")}) == []


def test_an_edited_line_that_had_the_fault_before_is_no_news(hazards: Hazards) -> None:
    assert hazards({"a.py": SHARED}, {"a.py": SHARED.replace("f(x", "f(x, y")}) == []


def test_code_that_moves_to_another_file_is_no_news(hazards: Hazards) -> None:
    assert hazards({"a.py": SHARED + OTHER}, {"a.py": OTHER, "b.py": SHARED}) == []


def test_a_second_copy_of_a_fault_is_news(hazards: Hazards) -> None:
    twice = SHARED + OTHER + SHARED
    assert hazards({"a.py": SHARED + OTHER}, {"a.py": twice}) == ["mutable-default changed-default a.py:5"]


def test_a_moved_fault_with_a_second_copy_is_told_once(hazards: Hazards) -> None:
    found = hazards({"a.py": SHARED + OTHER}, {"a.py": OTHER, "b.py": SHARED, "c.py": SHARED})
    assert len(found) == 1


def test_files_of_others_are_not_looked_at(hazards: Hazards) -> None:
    assert hazards({}, {"vendor/a.py": SHARED, "node_modules/b.py": SHARED}) == []


def test_lines_that_the_grammar_does_not_understand_were_not_looked_at(hazard_evidence: Evidence) -> None:
    found = hazard_evidence({}, {"a.py": "def f(x:\n    ((((\n" * 3})
    assert found.hazards == ()
    assert any(one.reason.startswith("a.py: ") for one in found.unlooked)


def test_a_file_beyond_the_limit_was_not_looked_at(hazard_evidence: Evidence) -> None:
    found = hazard_evidence({}, {"a.py": "x = 1\n" * 200_000})
    assert any("limit 1000000" in one.reason for one in found.unlooked)


def test_each_hazard_names_the_unit_that_writes_it(hazard_evidence: Evidence) -> None:
    (hazard,) = hazard_evidence({"a.py": OTHER}, {"a.py": OTHER + SHARED}).hazards
    assert len(hazard.units) == 1
    assert hazard.quote.text == "def f(x, seen=[]):"


def test_a_file_that_was_something_else_before_is_looked_at_as_what_it_is_now(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "renamed")
    kept = "a = 1\n" * 40
    base = builder.commit({"notes.md": f"{kept}seen = load(a)\n"})
    head = builder.commit({"notes.md": None, "a.py": kept + SHARED})
    back = builder.commit({"notes.md": kept + SHARED + OTHER, "a.py": None})
    with GitRepository.open(builder.path) as repo:
        told = []
        for before, after in ((base, head), (head, back)):
            change = snapshot.take(repo, base=before, head=after, origin=Origin.LOCAL_RANGE).snapshot
            assert [one.status for one in change.files] == [FileStatus.RENAMED]
            told.append(collect_hazards(change, Workspace(repo, change.revisions)))
    assert [[hazard.quote.place.split("@")[0] for hazard in one.hazards] for one in told] == [["a.py:41"], []]
    assert [one.unlooked for one in told] == [(), ()]


def test_code_that_moves_out_of_a_renamed_file_is_no_news(hazards: Hazards) -> None:
    rest = "a = 1\n" * 20
    after = {"a.py": None, "notes.txt": rest, "b.py": SHARED}
    assert hazards({"a.py": rest + SHARED}, after) == []


def test_what_a_program_put_together_is_not_looked_at_and_that_is_said(hazard_evidence: Evidence) -> None:
    found = hazard_evidence({}, {"a.js": f"try {{ save(x); }} catch (e) {{}} /*{'x' * 5000}*/\n"})
    assert found.hazards == ()
    assert {one.reason for one in found.unlooked} == {
        "a.js: a line of 5034 bytes, limit 5000 for what people write"
    }
    assert {one.topic.value for one in found.unlooked} == {
        *("swallowed-error", "unclosed-resource", "missing-await", "leftover", "open-todo")
    }
