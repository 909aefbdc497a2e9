import pytest

from reviewer.errors import ConfigError
from reviewer.policy import Policy, matches, parse_policy


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


def test_no_policy_can_unprotect_what_judges_changes() -> None:
    policy = parse_policy("paths:\n  protected: []\n")
    assert matches(".github/reviewer.yml", policy.protected_globs)
