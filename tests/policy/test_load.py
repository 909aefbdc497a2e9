import pytest

from reviewer.adapters.git_repo import GitRepository
from reviewer.adapters.policy_clones import PolicyClones
from reviewer.errors import ConfigError
from reviewer.policy import Policy, load_policy, matches, parse_policy
from reviewer.testing.memory_git import MemoryGit

NO_ORGANISATION = PolicyClones({}, GitRepository.open)


def test_an_empty_policy_is_the_default_one() -> None:
    assert parse_policy("# nothing\n") == Policy()


def test_a_policy_is_read_whole() -> None:
    policy = parse_policy("mode: comment\nsize:\n  max_files: 3\npaths:\n  protected: [db/**]\n")
    assert (policy.mode, policy.size.max_files, policy.paths.protected) == ("comment", 3, ("db/**",))


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("size:\n  max_lines: 5\n", ":2:3: ", "size.max_lines: no such setting"),
        ("mode: yolo\n", ":1:1: ", "mode"),
        ("size:\n  max_files: 0\n", ":2:3: ", "greater than or equal to 1"),
        ("paths:\n  protected:\n    - a\n    - 3\n", ":4:7: ", "found 3"),
        ("mode: [\n", ":2:1: ", "not YAML"),
        ("a: 1\na: 2\n", ":2:1: ", "not YAML"),
        ("- a\n", ":1:1: ", "mapping"),
        ("x: !!python/object/apply:os.system ['true']\n", ":1:1: ", "no such setting"),
    ],
)
def test_a_wrong_policy_names_line_column_and_problem(text: str, where: str, what: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse_policy(text)
    assert str(error.value).startswith(f".github/reviewer.yml{where}")
    assert what in str(error.value)


@pytest.mark.parametrize(
    ("path", "glob", "fits"),
    [
        (".github/workflows/a.yml", ".github/**", True),
        ("CODEOWNERS", "**/CODEOWNERS", True),
        ("a/.hidden/b", "**", True),
        ("a/b.tsx", "**/*.{ts,tsx}", True),
        ("src/a", "sr*", False),
    ],
)
def test_globs_cross_folders_only_by_two_stars(path: str, glob: str, fits: bool) -> None:
    assert matches(path, (glob,)) is fits


@pytest.mark.parametrize(
    "path",
    [
        ".github",
        ".GITHUB/workflows/ci.yml",
        ".github/reviewer.yml",
        ".claude",
        "sub/.claude/settings.json",
        "x/.cursorrules",
        "agents.md",
        "AGENTS.override.md",
        "tools/action.yaml",
        "codeowners",
        ".mcp.json",
        "guidance",
        ".gitmodules",
    ],
)
def test_no_policy_can_unprotect_what_judges_changes_or_steers_their_writers(path: str) -> None:
    assert parse_policy("paths:\n  protected: []\n").is_protected(path)


def test_a_protected_folder_is_protected_by_its_own_name_too() -> None:
    policy = parse_policy("paths:\n  protected: [db/**, ops]\n")
    assert all(policy.is_protected(path) for path in ("db", "db/a.sql", "ops", "ops/b.tf"))
    assert not policy.is_protected("dba/a.sql")


@pytest.mark.parametrize("glob", ["/a.py", "./src/**", "!a.py", "src/", "[", "{1..2000}", "a" * 2000])
def test_a_glob_that_could_match_nothing_is_an_error_with_its_place(glob: str) -> None:
    with pytest.raises(ConfigError, match=r"reviewer\.yml:3:7: "):
        parse_policy(f"paths:\n  protected:\n    - '{glob}'\n")


def test_a_path_is_matched_as_it_is_and_as_it_is_shown() -> None:
    assert matches("s%25c/a.py", ("s%c/**",))
    assert matches("s%25c/a.py", ("s%25c/**",))


BOMB = "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "[" * 20000,
        "- " * 20000,
        "{a: " * 20000,
        *(f"size: {{max_files: {wrong}}}" for wrong in ("99999999999999999999", "true", "20.0")),
    ],
)
def test_a_policy_that_could_hang_or_crash_the_engine_is_an_error(text: str) -> None:
    with pytest.raises(ConfigError):
        parse_policy(text)


@pytest.mark.parametrize(
    "path", [".github/reviewer.yaml", ".github/Reviewer.yml", "reviewer.yml", "REVIEWER.YAML"]
)
def test_a_policy_under_a_slightly_wrong_name_is_not_ignored(path: str) -> None:
    git = MemoryGit()
    base = git.commit({path: "size: {max_files: 1}\n"})
    with pytest.raises(ConfigError, match=r"a policy is called \.github/reviewer\.yml"):
        load_policy(git, base, source=NO_ORGANISATION)


def test_a_folder_of_policies_that_is_a_link_is_an_error() -> None:
    git = MemoryGit()
    base = git.commit({".github": "elsewhere"}, modes={".github": "120000"})
    with pytest.raises(ConfigError, match="is no folder"):
        load_policy(git, base, source=NO_ORGANISATION)


def test_the_policy_of_the_base_is_read() -> None:
    git = MemoryGit()
    base = git.commit({".github/reviewer.yml": "size: {max_files: 1}\n"})
    assert load_policy(git, base, source=NO_ORGANISATION).policy.size.max_files == 1
    assert (
        load_policy(git, git.commit({".github/reviewer.yml": None}), source=NO_ORGANISATION).policy
        == Policy()
    )
