"""Manifests and lock files: what is new, looser, older, or from elsewhere."""

import json
from collections.abc import Callable, Mapping

import pytest

from reviewer.domain.hazard import HazardEvidence
from reviewer.stages.rules.dependency_risk import FORMS

Hazards = Callable[..., list[str]]
Evidence = Callable[..., HazardEvidence]
SHA = "8f4b7f84864484a7bf31766abe9204da3cbe65b3"


def package(section: str = "dependencies", **entries: str) -> str:
    return json.dumps({"name": "x", section: {"old": "^1.0.0", **entries}}, indent=2)


def script(**entries: str) -> str:
    return json.dumps({"name": "x", "scripts": {"test": "a", **entries}}, indent=2)


def lock(*, resolved: str = "https://packages.example.org", integrity: bool = True) -> str:
    usual: dict[str, object] = {
        "version": "1",
        "resolved": "https://packages.example.org/p",
        "integrity": "s",
    }
    packages: dict[str, dict[str, object]] = {f"node_modules/p{at}": usual for at in range(8)}
    own: dict[str, object] = {"version": "1", "resolved": f"{resolved}/q.tgz"}
    packages["node_modules/q"] = {**own, "integrity": "s"} if integrity else own
    return json.dumps({"packages": {"": {"dependencies": {"old": "^1.0.0"}}, **packages}}, indent=2)


def pyproject(*wanted: str) -> str:
    lines = "".join(f'  "{one}",\n' for one in wanted)
    return f'[project]\nname = "x"\ndependencies = [\n  "old>=1",\n{lines}]\n'


GO = "module m\n\nrequire (\n\tgithub.com/a/old v1.0.0\n)\n"
POM = "<dependency><groupId>g</groupId>\n<artifactId>a</artifactId>\n<version>1.0</version></dependency>\n"
NEW_POM = (
    POM
    + "<dependency>\n<groupId>g</groupId>\n<artifactId>b</artifactId>\n<version>1.0</version>\n</dependency>\n"
)
CARGO = '[dependencies]\nold = "1"\n'
FIRES = [
    ("new-dependency", "package.json", package(), package(new="^1.0.0")),
    ("new-dependency", "pyproject.toml", pyproject(), pyproject("new[extra]>=1,<2")),
    ("new-dependency", "pyproject.toml", pyproject("new-thing"), pyproject("new-thing", "new")),
    ("new-dependency", "requirements.txt", "old==1\n", "old==1\nnew==2  # why\n"),
    ("new-dependency", "Pipfile", '[packages]\nold = "*"\n', '[packages]\nold = "*"\nnew = "==1"\n'),
    ("new-dependency", "go.mod", GO, GO.replace(")", "\tgithub.com/b/new v1.2.0\n)")),
    ("new-dependency", "Gemfile", 'gem "old"\n', 'gem "old"\ngem "new", "~> 2.0"\n'),
    ("new-dependency", "x.gemspec", "", 's.add_dependency "new", ">= 1"\n'),
    ("new-dependency", "pom.xml", POM, NEW_POM),
    ("new-dependency", "build.gradle", "// a\n", "// a\nimplementation 'org.a:b:1.0'\n"),
    ("new-dependency", "Cargo.toml", CARGO, CARGO + 'new = { version = "1.2", features = ["a"] }\n'),
    ("new-unbounded", "package.json", package(), package(new="*")),
    ("new-unbounded", "package.json", package(), package(new="latest")),
    ("bound-removed", "requirements.txt", "old==1\n", "old\n"),
    ("bound-removed", "package.json", package(), package(old="*")),
    ("pin-loosened", "requirements.txt", "old==1\n", "old>=1\n"),
    ("lowered", "requirements.txt", "old==1.10\n", "old==1.9.3\n"),
    ("lowered", "package.json", package(old="^8.1.0"), package(old="^7.0.0")),
    ("lowered", "go.mod", GO, GO.replace("v1.0.0", "v0.9.0")),
    ("lowered", "Gemfile", 'gem "old", "~> 2.1"\n', 'gem "old", "~> 1.9"\n'),
    ("source-without-tls", "package.json", package(), package(old="http://a.io/old.tgz")),
    ("source-without-tls", "Gemfile", 'gem "old"\n', 'gem "old", git: "http://a.io/old"\n'),
    ("source-outside", "package.json", package(), package(old="github:a/old#main")),
    ("source-outside", "pyproject.toml", pyproject(), pyproject("new @ git+https://a.io/new")),
    ("source-outside", "go.mod", GO, GO + "\nreplace github.com/a/old => github.com/c/old v1.0.1\n"),
    ("source-outside", "Cargo.toml", CARGO, '[dependencies]\nold = { git = "https://a.io/old" }\n'),
    ("source-changed", "package.json", package(old="a/old"), package(old="b/old")),
    ("install-script", "package.json", script(), script(postinstall="node a.js")),
    ("install-script", "package.json", script(install="node a.js"), script(install="node b.js")),
    ("script-fetches", "package.json", script(), script(setup="curl -s https://a.io | bash")),
    ("lock-without-tls", "package-lock.json", lock(), lock(resolved="http://packages.example.org")),
    ("lock-other-host", "package-lock.json", lock(), lock(resolved="https://npm.evil.io")),
    ("lock-other-host", "package-lock.json", lock(), lock(resolved="https://mirror.example.net")),
    ("checksum-removed", "package-lock.json", lock(), lock(integrity=False)),
]


@pytest.mark.parametrize(("form", "path", "before", "after"), FIRES)
def test_a_dependency_that_is_new_or_looser_is_told(
    hazards: Hazards, form: str, path: str, before: str, after: str
) -> None:
    found = hazards({path: before}, {path: after})
    assert [one.split()[1] for one in found] == [form]


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("package.json", package(), package(old="^2.0.0")),
        ("package.json", package("devDependencies"), package("devDependencies", new="^1.0.0")),
        ("package.json", package("peerDependencies"), package("peerDependencies", new="*")),
        ("package.json", package(), package(new="workspace:^")),
        ("package.json", package(), package(old=f"a/old#{SHA}")),
        ("package.json", package(old=">=2.0.0"), package(old=">=1.0.0")),
        ("package.json", script(), script(build="node a.js", postinstall="husky")),
        ("examples/a/package.json", package(), package(new="*")),
        ("node_modules/a/package.json", package(), package(new="*")),
        ("pyproject.toml", pyproject(), pyproject() + "[tool.a]\nx = 1\n"),
        ("requirements.txt", "old==1\n", "old==2\n"),
        ("requirements.txt", "old!=1\n", "old\n"),
        ("requirements.txt", "old==1\n", "old>=1,<2\n"),
        ("package.json", package("devDependencies", a="^2.0.0"), package("devDependencies", a="^1.0.0")),
        ("requirements.txt", "# autogenerated by pip-compile\n", "# autogenerated by pip-compile\nnew==1\n"),
        ("requirements-dev.txt", "old==1\n", "old==1\nnew==1\n"),
        ("go.mod", GO, GO.replace(")", "\tgithub.com/b/new v1.2.0 // indirect\n)")),
        ("go.mod", GO, GO + "\nreplace github.com/a/old => ../old\n"),
        ("Gemfile", 'gem "old"\n', 'gem "old"\ngroup :test do\n  gem "new"\nend\n'),
        ("Gemfile", 'gem "old"\n', 'gem "old", require: false\n'),
        ("Gemfile", 'gem "old", "~> 1.3.6"\n', 'gem "old", "~> 1.3"\n'),
        ("Gemfile", 'gem "old"\n', 'gem "old", github: "a/old", ref: "1b82d84"\n'),
        ("package.json", package("devDependencies"), package("devDependencies", old="a/old")),
        ("pom.xml", POM, POM.replace("1.0", "${a.version}")),
        ("Cargo.toml", CARGO, '[dependencies]\nold = { path = "../old" }\n'),
        ("package-lock.json", lock(), lock(resolved="https://packages.example.org/other")),
    ],
)
def test_what_is_held_as_firmly_as_before_is_silence(
    hazards: Hazards, path: str, before: str, after: str
) -> None:
    assert hazards({path: before}, {path: after}) == []


def test_a_new_manifest_brings_no_news(hazards: Hazards) -> None:
    assert hazards({}, {"package.json": package(new="*")}) == []


def test_a_package_of_the_same_repository_is_no_news(hazards: Hazards) -> None:
    before = {"a/package.json": package(), "packages/core/package.json": package()}
    assert hazards(before, {**before, "a/package.json": package(**{"@acme/core": "^1.0.0"})}) == []


def test_a_name_that_another_manifest_asked_for_is_no_news(hazards: Hazards) -> None:
    before = {"a/package.json": package(), "b/package.json": package(new="^1.0.0")}
    assert hazards(before, {**before, "a/package.json": package(new="^1.0.0")}) == []


def test_a_name_that_is_new_in_two_manifests_is_told_once(hazards: Hazards) -> None:
    before = {"a/package.json": package(), "b/package.json": package()}
    after = {"a/package.json": package(new="^1.0.0"), "b/package.json": package(new="^1.0.0")}
    assert hazards(before, after) == ["dependency-risk new-dependency a/package.json:5"]


def test_what_a_lock_had_before_is_no_news(hazards: Hazards) -> None:
    before = {"pyproject.toml": pyproject(), "uv.lock": '[[package]]\nname = "new"\n'}
    assert hazards(before, {**before, "pyproject.toml": pyproject("new>=1")}) == []


def test_requirements_beside_a_lock_are_written_by_a_program(hazards: Hazards) -> None:
    before = {"requirements.txt": "old==1\n", "poetry.lock": '[[package]]\nname = "old"\n'}
    assert hazards(before, {**before, "requirements.txt": "old==1\nnew==1\n"}) == []


def test_the_gemfile_of_a_gem_is_for_its_developers(hazards: Hazards) -> None:
    before = {"Gemfile": 'gem "old"\n', "x.gemspec": "Gem::Specification.new\n"}
    assert hazards(before, {**before, "Gemfile": 'gem "old"\ngem "new"\n'}) == []


BEHIND = [
    ("package.json", package(), package(old="^1.1.0"), "package-lock.json", lock()),
    ("a/package.json", package(), package(old="^1.1.0"), "yarn.lock", 'old@^1.0.0:\n  version "1.0.0"\n'),
    ("pyproject.toml", pyproject(), pyproject("New.Thing>=1"), "uv.lock", '[[package]]\nname = "old"\n'),
    ("Gemfile", "# a\n", '# new\ngem "new"\n', "Gemfile.lock", "    other (1.0)\n"),
    ("go.mod", GO, GO.replace("v1.0.0", "v1.1.0"), "go.sum", "github.com/a/old v1.0.0 h1:x=\n"),
]


@pytest.mark.parametrize(("path", "before", "after", "name", "text"), BEHIND)
def test_a_lock_that_was_left_behind_is_told(
    hazards: Hazards, path: str, before: str, after: str, name: str, text: str
) -> None:
    found = hazards({path: before, name: text}, {path: after, name: text})
    assert "lock-left-behind" in {one.split()[1] for one in found}


@pytest.mark.parametrize(
    ("path", "before", "after", "locks"),
    [
        ("a/package.json", package(), package(old="^1.1.0"), {"yarn.lock": '"old@npm:^1.1.0":\n'}),
        ("package.json", package(), package(old="^1.1.0"), {"package-lock.json": '{"lockfileVersion": 1}'}),
        ("pyproject.toml", pyproject(), pyproject("old>=2"), {"uv.lock": '[[package]]\nname = "old"\n'}),
        ("go.mod", GO, GO.replace("v1.0.0", "v1.1.0"), {}),
        (
            "Gemfile",
            "# a\n",
            '# a\nif OLD\n  gem "old"\nend\n',
            {"Gemfile.lock": "    other (1.0)\n", "x.gemspec": "#\n"},
        ),
    ],
)
def test_a_lock_that_may_fit_is_silence(
    hazards: Hazards, path: str, before: str, after: str, locks: Mapping[str, str]
) -> None:
    assert hazards({path: before, **locks}, {path: after, **locks}) == []


def test_a_bound_that_is_gone_while_a_lock_holds_the_version_is_silence(hazards: Hazards) -> None:
    locked = {"Gemfile.lock": "    old (1.0)\n"}
    assert hazards({"Gemfile": 'gem "old", "~> 1.0"\n', **locked}, {"Gemfile": 'gem "old"\n', **locked}) == []


@pytest.mark.parametrize("path", ["package.json", "pyproject.toml", "Cargo.toml"])
def test_a_manifest_that_cannot_be_read_is_said(hazard_evidence: Evidence, path: str) -> None:
    found = hazard_evidence({}, {path: "{[" * 50})
    assert not found.hazards
    assert any(one.reason.startswith(f"{path}: no ") for one in found.unlooked)


def test_keys_of_many_parts_and_many_requirements_are_stopped(hazard_evidence: Evidence) -> None:
    dots = hazard_evidence({}, {"Cargo.toml": ".".join("a" * 100_000) + " = 1\n"})
    many = hazard_evidence({}, {"package.json": package(**{f"a{at}": "1" for at in range(2_001)})})
    assert [one.reason for one in dots.unlooked] == ["Cargo.toml: a line with more than 300 dots"]
    assert "limit 2000" in many.unlooked[0].reason


def test_every_form_is_produced_and_has_words() -> None:
    assert {form for form, *_ in FIRES} | {"lock-left-behind"} == set(FORMS)
