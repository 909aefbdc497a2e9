import pytest

from reviewer.domain.base_facts import PathOwners
from reviewer.domain.change import Side
from reviewer.domain.evidence import (
    Certainty,
    CodeQuote,
    Symbol,
    SymbolChange,
    SymbolKind,
    SymbolTrace,
    Use,
)
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.gate import GateAnswer, GateEffect
from reviewer.policy import Breadth, Paths, Policy
from reviewer.stages.gates.breadth import areas, languages, owners
from reviewer.stages.gates.independent_parts import independent_parts, subject_of
from reviewer.testing.host import UNKNOWN, base_says
from reviewer.testing.values import HEAD, a_file, a_snapshot

STOP, PASS, UNTOLD = GateAnswer.STOP, GateAnswer.PASS, GateAnswer.UNKNOWN
TWO = Policy(breadth=Breadth(max_areas=2, max_owners=2, max_languages=2, max_parts=2))
NOTHING = EvidenceSet.of_nothing()


def of(*paths: str):  # type: ignore[no-untyped-def]
    return a_snapshot(*(a_file(path) for path in paths))


@pytest.mark.parametrize(
    ("paths", "answer"),
    [
        (("a/x.py", "b/x.py"), PASS),
        (("a/x.py", "b/x.py", "c/x.py"), STOP),
        (("a/x.py", "b/x.py", "b/y/z.py", "setup.py", "README.md"), PASS),
        (("a/x.py", "b/x.py", "c/yarn.lock"), PASS),
    ],
)
def test_areas_are_top_folders_and_the_limit_itself_is_allowed(
    paths: tuple[str, ...], answer: GateAnswer
) -> None:
    result = areas(of(*paths), TWO)
    assert (result.answer, result.effect) == (answer, GateEffect.REFUSE)


def test_a_deeper_area_tells_packages_apart() -> None:
    paths = of("packages/a/x.py", "packages/b/x.py", "packages/c/x.py")
    deep = Policy(breadth=Breadth(max_areas=2, area_depth=2))
    assert areas(paths, TWO).answer is PASS
    assert areas(paths, deep).answer is STOP


@pytest.mark.parametrize(
    ("paths", "answer"),
    [
        (("a.py", "a.go"), PASS),
        (("a.py", "a.go", "a.rb"), STOP),
        (("a.py", "a.go", "a.md", "a.json", "a.yml", "a.unheard"), PASS),
        (("a.ts", "a.tsx", "a.py"), PASS),
    ],
)
def test_languages_are_those_of_code(paths: tuple[str, ...], answer: GateAnswer) -> None:
    assert languages(of(*paths), TWO).answer is answer


def owned(**by_path: str) -> tuple[PathOwners, ...]:
    return tuple(PathOwners(path=path, owners=frozenset(who.split())) for path, who in by_path.items())


@pytest.mark.parametrize(
    ("by_path", "answer"),
    [
        ({}, PASS),
        ({"a": "@x", "b": "@y"}, PASS),
        ({"a": "@x", "b": "@y", "c": "@z"}, STOP),
        ({"a": "@x @y", "b": "@y @x", "c": ""}, PASS),
        ({"a": "@x", "b": "@y", "c": ""}, PASS),
    ],
)
def test_paths_of_the_same_owners_are_one_group_and_those_of_none_are_no_group(
    by_path: dict[str, str], answer: GateAnswer
) -> None:
    result = owners(of("a", "b", "c"), TWO, base_says(owners=owned(**by_path)))
    assert (result.answer, result.effect) == (answer, GateEffect.REFUSE)
    assert "@" not in result.model_dump_json()


def test_owners_that_could_not_be_read_are_not_told() -> None:
    result = owners(of("a"), TWO, base_says(owners=UNKNOWN))
    assert (result.answer, result.effect) == (UNTOLD, GateEffect.REFUSE)


@pytest.mark.parametrize(
    ("paths", "answer"),
    [
        (("a/x.py", "b/y.py"), PASS),
        (("a/x.py", "b/y.py", "c/z.py"), STOP),
        (("a/x.py", "b/y.py", "c/test_y.py"), PASS),
        (("a/x.py", "b/y.py", "spec/b/z.py"), PASS),
        (("a/x.py", "b/y.py", "docs/z.md", "data/z.json"), PASS),
        (("a/x.py", "b/y.py", "b/z.py"), PASS),
    ],
)
def test_parts_are_joined_by_names_of_tests_and_folders(paths: tuple[str, ...], answer: GateAnswer) -> None:
    assert independent_parts(of(*paths), TWO, NOTHING).answer is answer


def quote(path: str) -> CodeQuote:
    return CodeQuote(path=path, side=Side.HEAD, commit=HEAD, first_line=1, last_line=1, text="f()")


def trace(definition: str, use: str) -> EvidenceSet:
    symbol = Symbol(
        name="f",
        qualified_name="f",
        kind=SymbolKind.FUNCTION,
        language="python",
        definition=quote(definition),
        last_line=2,
        exported=True,
        parameters=None,
    )
    found = Use(quote=quote(use), certainty=Certainty.RESOLVED, inside=None, call=None)
    traced = SymbolTrace(
        change=SymbolChange.BODY,
        before=symbol,
        after=symbol,
        units=(),
        uses=(found,),
        cut=None,
        may_hide=None,
    )
    return NOTHING.model_copy(update={"traces": (traced,)})


def test_parts_are_joined_by_uses_but_not_by_a_file_that_does_not_change() -> None:
    three = of("a/x.py", "b/y.py", "c/z.py")
    assert independent_parts(three, TWO, trace("a/x.py", "c/z.py")).answer is PASS
    assert independent_parts(three, TWO, trace("a/x.py", "main.py")).answer is STOP


@pytest.mark.parametrize(
    "name",
    [
        "cart.py",
        "test_cart.py",
        "cart_test.go",
        "CartTest.java",
        "CartTests.java",
        "cart.spec.ts",
        "cart-test.js",
    ],
)
def test_a_test_is_about_what_its_name_says(name: str) -> None:
    assert subject_of(name) == "cart"


@pytest.mark.parametrize("name", ["contest.py", "latest.py", "tests.py", "test.py", "inspect.rb"])
def test_a_name_that_only_sounds_like_a_test_is_kept(name: str) -> None:
    assert subject_of(name) == name.rpartition(".")[0]


def test_generated_files_do_not_count_towards_breadth() -> None:
    house = TWO.model_copy(update={"paths": Paths(generated=("gen/**",))})
    assert areas(of("a/x.py", "b/x.py", "gen/x.py"), house).answer is PASS
