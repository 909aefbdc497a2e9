import ast
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest
import tree_sitter_go
import tree_sitter_java
import tree_sitter_javascript
import tree_sitter_ruby
import tree_sitter_typescript
from pydantic import ValidationError
from ruamel.yaml import YAML
from tree_sitter import Language as Grammar
from tree_sitter import Parser

from benchmarks.tracing_cases import CASES, SECOND, UNSEEN, Anchor, Case, Kind, Language, Place, read_cases
from reviewer.domain.change import Side

PAGE = (CASES.parent / "README.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class CaseSet:
    """The cases of a folder, and what must hold for all of them together."""

    folder: Path
    cases: tuple[Case, ...]
    counts: str
    """The words before the name of a kind, in the table that counts the cases."""
    least: int
    """Firing cases."""
    share: int
    """Cases of each language at least, on both sides."""
    quiet_share: float
    """Quiet cases for each firing one, at least."""
    formats: frozenset[str]
    """Endings of files, besides the plain ones of the six languages, that firing cases go through."""

    @property
    def firing(self) -> list[Case]:
        return [case for case in self.cases if case.places]

    @property
    def quiet(self) -> list[Case]:
        return [case for case in self.cases if not case.places]


FIRST = CaseSet(
    folder=CASES,
    cases=read_cases(CASES),
    counts="",
    least=40,
    quiet_share=1,
    share=11,
    formats=frozenset(
        {"json", "yaml", "yml", "html", "jinja", "erb", "jsx", "tsx", "properties", "sql", "env", "md", "sh"}
    ),
)
SECOND_SET = CaseSet(
    folder=SECOND,
    cases=read_cases(SECOND),
    counts="second ",
    least=90,
    quiet_share=0.5,
    share=7,
    formats=frozenset(
        {"json", "yaml", "yml", "html", "erb", "jsx", "tsx", "properties", "sql", "toml", "md"}
    ),
)
UNSEEN_SET = CaseSet(
    folder=UNSEEN,
    cases=read_cases(UNSEEN),
    counts="unseen ",
    least=42,
    quiet_share=1,
    share=7,
    formats=frozenset(
        {"json", "yaml", "yml", "html", "erb", "jsx", "properties", "sql", "md", "txt", "tmpl"}
    ),
)
SETS = [FIRST, SECOND_SET, UNSEEN_SET]
ALL = [case for one in SETS for case in one.cases]
FIRING = [case for case in ALL if case.places]

LANGUAGE_OF = {
    ".py": Language.PYTHON,
    ".js": Language.JAVASCRIPT,
    ".jsx": Language.JAVASCRIPT,
    ".ts": Language.TYPESCRIPT,
    ".tsx": Language.TYPESCRIPT,
    ".go": Language.GO,
    ".java": Language.JAVA,
    ".rb": Language.RUBY,
}


def _no_error_node(grammar: Callable[[], object]) -> Callable[[str], None]:
    def check(text: str) -> None:
        tree = Parser(Grammar(grammar())).parse(text.encode())
        assert not tree.root_node.has_error

    return check


def _yaml(text: str) -> None:
    YAML(typ="safe").load(text)


CHECKS: dict[str, Callable[[str], object]] = {
    ".py": ast.parse,
    ".js": _no_error_node(tree_sitter_javascript.language),
    ".jsx": _no_error_node(tree_sitter_javascript.language),
    ".ts": _no_error_node(tree_sitter_typescript.language_typescript),
    ".tsx": _no_error_node(tree_sitter_typescript.language_tsx),
    ".go": _no_error_node(tree_sitter_go.language),
    ".java": _no_error_node(tree_sitter_java.language),
    ".rb": _no_error_node(tree_sitter_ruby.language),
    ".json": json.loads,
    ".yaml": _yaml,
    ".yml": _yaml,
}


def each(cases: Sequence[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case.id for case in cases])


def line_text(case: Case, anchor: Place) -> str:
    return case.files(anchor.side)[anchor.path].splitlines()[case.line(anchor) - 1]


each_set = pytest.mark.parametrize("one", SETS, ids=["first", "second", "unseen"])


def test_no_two_cases_share_an_id() -> None:
    assert [name for name, count in Counter(case.id for case in ALL).items() if count > 1] == []


def test_no_story_is_in_two_sets() -> None:
    families = [family for one in SETS for family in {case.family for case in one.cases}]
    assert len(families) == len(set(families))


@each_set
def test_a_set_is_large_enough_and_has_its_share_of_quiet_cases(one: CaseSet) -> None:
    assert len(one.firing) >= one.least
    assert len(one.quiet) >= one.quiet_share * len(one.firing)


@each_set
@pytest.mark.parametrize("kind", Kind)
def test_the_page_of_the_suite_counts_right(one: CaseSet, kind: Kind) -> None:
    firing, quiet = (sum(case.kind is kind for case in some) for some in (one.firing, one.quiet))
    (row,) = (line for line in PAGE.splitlines() if line.startswith(f"| {one.counts}{kind}: "))
    assert row.endswith(f"| {firing} | {quiet} |")


@each_set
def test_every_story_is_told_with_and_without_a_defect(one: CaseSet) -> None:
    assert {case.family for case in one.firing} == {case.family for case in one.quiet}


@each_set
@pytest.mark.parametrize("language", Language)
def test_every_language_has_its_share(one: CaseSet, language: Language) -> None:
    for some in (one.firing, one.quiet):
        assert sum(case.language is language for case in some) >= one.share


@each_set
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_share_on_both_sides(one: CaseSet, kind: Kind) -> None:
    for some in (one.firing, one.quiet):
        assert sum(case.kind is kind for case in some) >= 15


@each_set
def test_cases_go_through_formats_that_are_no_code(one: CaseSet) -> None:
    suffixes = {PurePosixPath(path).suffix[1:] for case in one.firing for path in case.base}
    assert suffixes >= one.formats


@each(ALL)
def test_a_case_has_two_to_eight_files_of_at_most_sixty_lines(case: Case) -> None:
    for side in Side:
        files = case.files(side)
        assert 2 <= len(files) <= 8
        assert [path for path, text in files.items() if not text.strip() or text.count("\n") > 60] == []


@each(ALL)
def test_every_changed_path_differs(case: Case) -> None:
    assert [path for path, text in case.change.items() if case.base.get(path) == text] == []


@each(ALL)
def test_the_languages_named_are_the_languages_used(case: Case) -> None:
    used = {LANGUAGE_OF.get(PurePosixPath(path).suffix) for side in Side for path in case.files(side)}
    assert used - {None} == set(case.languages)


@each(ALL)
def test_every_file_is_valid_before_and_after(case: Case) -> None:
    for side in Side:
        for path, text in case.files(side).items():
            if check := CHECKS.get(PurePosixPath(path).suffix):
                check(text)


@each(FIRING)
def test_every_expected_place_is_one_line_outside_the_change(case: Case) -> None:
    for place in case.places:
        assert place.side is Side.HEAD
        assert case.line(place) >= 1
        before = case.files(Side.BASE).get(place.path, "").splitlines()
        assert line_text(case, place) in before, "a place that the change itself writes is no other place"


@each(FIRING)
def test_hops_exist_begin_in_the_change_and_end_before_the_place(case: Case) -> None:
    for place in case.places:
        first, *_ = place.hops
        assert first.path in case.change
        opposite = Side.HEAD if first.side is Side.BASE else Side.BASE
        text = case.files(first.side)[first.path].splitlines()[case.line(first) - 1]
        assert text not in case.files(opposite).get(first.path, "").splitlines(), "its line was not changed"
        for hop in place.hops:
            case.line(hop)
            assert (hop.path, hop.text) != (place.path, place.text)


@each(FIRING)
def test_a_contradiction_or_breakage_crosses_files(case: Case) -> None:
    for place in case.places:
        assert place.hops[0].path != place.path


FAMILY = """
about: A story that is long enough.
languages: [python]
kind: breakage
base:
  a.py: |
    X = 1
cases:
  - id: a-case
    title: a title
    change:
      a.py:
        - {replace: X = 1, by: X = 2}
    expect:
      quiet: Because nothing reads it at all.
"""


def read_one(folder: Path, text: str) -> Case:
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    (case,) = read_cases(folder)
    return case


def test_a_replacement_is_made_in_the_text_of_the_family(tmp_path: Path) -> None:
    case = read_one(tmp_path, FAMILY)
    assert (case.base, case.change) == ({"a.py": "X = 1\n"}, {"a.py": "X = 2\n"})


def test_a_file_that_goes_away_is_only_on_the_base_side(tmp_path: Path) -> None:
    gone = FAMILY.replace("\n        - {replace: X = 1, by: X = 2}", " null")
    case = read_one(tmp_path, gone)
    assert (case.files(Side.BASE), case.files(Side.HEAD)) == ({"a.py": "X = 1\n"}, {})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    title: a title", "    title: a title\n    remark: x"),
        ("kind: breakage", "kind: style"),
        ("languages: [python]", "languages: [cobol]"),
        ("id: a-case", "id: A case"),
        ("{replace: X = 1, by: X = 2}", "{replace: X = 1, with: X = 2}"),
        ("quiet: Because nothing reads it at all.", "quiet: no"),
        ("    expect:\n      quiet: Because nothing reads it at all.\n", "    expect: []\n"),
    ],
)
def test_what_the_format_does_not_know_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert old in FAMILY
    with pytest.raises(ValidationError):
        read_one(tmp_path, FAMILY.replace(old, new))


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("{replace: Y = 1, by: Y = 2}", "occurs 0 times"),
        ("{replace: X = 1, by: X = 1}", "changes nothing"),
    ],
)
def test_an_edit_that_cannot_be_made_is_refused(tmp_path: Path, steps: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_one(tmp_path, FAMILY.replace("{replace: X = 1, by: X = 2}", steps))


@pytest.mark.parametrize(("text", "count"), [("nickname_", 2), ("no such words", 0)])
def test_words_that_do_not_occur_exactly_once_name_no_line(text: str, count: int) -> None:
    (case,) = (case for case in ALL if case.id == "python-nickname-minimum-raised")
    with pytest.raises(ValueError, match=f"occurs {count} times"):
        case.line(Anchor(path="lobby/locales/en.yml", text=text))


def test_a_folder_without_cases_is_an_error_not_an_empty_suite(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no case files"):
        read_cases(tmp_path)


@each_set
def test_every_file_of_the_folder_is_read(one: CaseSet) -> None:
    assert {path.suffix for path in one.folder.iterdir()} == {".yaml"}
