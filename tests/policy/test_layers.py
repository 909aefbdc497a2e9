from collections.abc import Mapping

import pytest

from reviewer.errors import ConfigError, RepositoryError
from reviewer.policy import LoadedPolicy, Policy, for_paths, parse_policy, read_policy

COMMIT = "a" * 40
EXTENDS = f"extends: acme/policies@{COMMIT}:house.yml\n"


class Files:
    """An organisation with some files at one commit."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def policy_file(self, repository: str, commit: str, path: str, *, limit_bytes: int) -> bytes:
        if (repository, commit) != ("acme/policies", COMMIT) or path not in self._files:
            raise RepositoryError(f"{repository}@{commit}: no plain file {path}")
        return self._files[path].encode()[:limit_bytes]


def load(own: str, house: str = "") -> LoadedPolicy:
    return read_policy(own, file=".github/reviewer.yml", source=Files({"house.yml": house}))


def test_a_policy_starts_from_the_one_it_extends_and_says_where_each_value_is_from() -> None:
    loaded = load(EXTENDS + "size:\n  max_files: 7\n", "mode: comment\nsize:\n  max_changed_lines: 90\n")
    policy = loaded.policy
    assert (policy.mode, policy.size.max_changed_lines, policy.size.max_files) == ("comment", 90, 7)
    assert str(loaded.origin_of(("size", "max_files"))) == ".github/reviewer.yml:3:3"
    assert str(loaded.origin_of(("size", "max_changed_lines"))) == f"acme/policies@{COMMIT}:house.yml:3:3"
    assert loaded.origin_of(("budget", "max_turns")) is None


def test_what_the_organisation_protects_stays_protected() -> None:
    policy = load(EXTENDS + "paths: {protected: [db/**]}\n", "paths: {protected: [ops/**]}\n").policy
    assert policy.is_protected("db/a.sql")
    assert policy.is_protected("ops/a.tf")


@pytest.mark.parametrize(
    ("own", "place"),
    [
        ("size:\n  max_files: 31\n", ":3:3: size.max_files: 31 allows more than the ceiling 30"),
        ("mode: approve\n", ":2:1: mode: approve allows more than the ceiling comment"),
        (
            "folders:\n  - paths: [docs/**]\n    size: {max_files: 99}\n",
            ":4:12: folders.0.size.max_files: 99 allows",
        ),
        ("ceilings:\n  size: {max_files: 40}\n", ":3:10: ceilings.size.max_files: 40 allows"),
        ("rules: {symbol-removed: off}\n", "rules.symbol-removed: off allows more than the ceiling on"),
        ("approval: {block_severity: critical}\n", "critical allows more than the ceiling high"),
    ],
)
def test_nothing_may_allow_more_than_the_organisation_s_ceiling(own: str, place: str) -> None:
    house = (
        "ceilings:\n  mode: comment\n  size: {max_files: 30}\n  rules: {symbol-removed: on}\n"
        "  approval: {block_severity: high}\n"
    )
    with pytest.raises(ConfigError) as error:
        load(
            EXTENDS + own.replace("off}", "'off'}").replace(" on}", " 'on'}"),
            house.replace(": on}", ": 'on'}"),
        )
    assert place in str(error.value)
    assert "house.yml:" in str(error.value)


def test_a_default_that_allows_more_than_a_ceiling_is_lowered_to_it() -> None:
    loaded = load(EXTENDS, "ceilings: {size: {max_changed_lines: 80, max_files: 9000}}\n")
    assert (loaded.policy.size.max_changed_lines, loaded.policy.size.max_files) == (
        80,
        Policy().size.max_files,
    )
    assert "house.yml:1:" in str(loaded.origin_of(("size", "max_changed_lines")))


@pytest.mark.parametrize(
    ("extends", "problem"),
    [
        ("acme/policies@main:house.yml", "is not `owner/repository@commit:path`"),
        (f"acme/policies@{COMMIT}:other.yml", "no plain file other.yml"),
        (f"evil/policies@{COMMIT}:house.yml", "evil/policies"),
    ],
)
def test_an_extended_policy_that_is_not_to_be_had_is_an_error_and_no_default(
    extends: str, problem: str
) -> None:
    with pytest.raises(ConfigError, match=r"reviewer\.yml:1:1: extends: ") as error:
        load(f"extends: {extends}\n")
    assert problem in str(error.value)


def test_a_mistake_in_the_extended_policy_is_told_at_its_place_there() -> None:
    with pytest.raises(ConfigError, match=r"house\.yml:2:1: nope: no such setting"):
        load(EXTENDS, "mode: shadow\nnope: 1\n")


def test_an_extended_policy_cannot_extend_another() -> None:
    with pytest.raises(ConfigError, match="cannot extend another"):
        load(EXTENDS, EXTENDS)


FOLDERS = """
mode: comment
size: {max_files: 10, max_changed_lines: 100}
folders:
  - paths: [docs/**]
    size: {max_changed_lines: 900}
  - paths: [pay/**]
    mode: shadow
    size: {max_files: 2}
    rules: {symbol-removed: 'on'}
  - paths: [docs/legal/**]
    size: {max_changed_lines: 50}
"""


@pytest.mark.parametrize(
    ("paths", "mode", "files", "lines"),
    [
        (["docs/a.md"], "comment", 10, 900),
        (["docs/a.md", "src/a.py"], "comment", 10, 100),
        (["docs/a.md", "pay/a.py"], "shadow", 2, 100),
        (["docs/legal/a.md"], "comment", 10, 50),
        (["docs/legal/a.md", "docs/a.md"], "comment", 10, 50),
        (["src/a.py"], "comment", 10, 100),
        ([], "comment", 10, 100),
    ],
)
def test_a_change_is_held_to_the_tightest_limit_of_every_folder_it_touches(
    paths: list[str], mode: str, files: int, lines: int
) -> None:
    policy = for_paths(parse_policy(FOLDERS), paths)
    assert (policy.mode, policy.size.max_files, policy.size.max_changed_lines) == (mode, files, lines)
    assert policy.folders == ()


def test_a_rule_that_one_folder_loosens_is_as_it_ships_for_a_change_that_leaves_the_folder() -> None:
    policy = parse_policy("folders: [{paths: [gen/**], rules: {symbol-removed: 'off'}}]\n")
    assert for_paths(policy, ["gen/a.py"]).rules == {"symbol-removed": "off"}
    assert for_paths(policy, ["gen/a.py", "src/a.py"]).rules == {}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("folders:\n  - paths: [a/**]\n    budget: {max_turns: 3}\n", "folders.0.budget: no such setting"),
        (
            "folders:\n  - paths: [a/**]\n    approval: {paths: [a/**]}\n",
            "approval.paths holds for the whole",
        ),
        ("folders:\n  - size: {max_files: 3}\n", "folders.0.paths: Field required"),
        ("folders:\n  - paths: []\n", "folders.0.paths"),
        ("rules: {secret-added: 'off'}\n", "rules.secret-added cannot be switched off"),
        (
            "folders: [{paths: [a/**], rules: {secret-added: shadow}}]\n",
            "secret-added cannot be switched off",
        ),
        ("rules: {symbol-removed: false}\n", "rules.symbol-removed"),
        ("approval: {share: 101}\n", "approval.share"),
    ],
)
def test_a_policy_that_says_what_cannot_hold_is_refused_with_its_place(text: str, problem: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse_policy(text)
    assert problem in str(error.value)


def test_a_policy_is_the_same_after_it_was_written_and_read_back() -> None:
    policy = load(EXTENDS + FOLDERS, "ceilings: {size: {max_changed_lines: 1000}}\n").policy
    again = Policy.model_validate_json(policy.model_dump_json())
    for paths in (["docs/a.md"], ["pay/a.py", "src/b.py"]):
        assert for_paths(again, paths) == for_paths(policy, paths)
    assert again.model_dump_json() == policy.model_dump_json()
