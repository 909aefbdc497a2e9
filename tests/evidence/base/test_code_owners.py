"""The dialect of CODEOWNERS, by the examples and exceptions that GitHub documents."""

import pytest

from reviewer.evidence.base.code_owners import owners_of


def owners(text: str, path: str) -> set[str]:
    (found,) = owners_of([path], text)
    return set(found.owners)


@pytest.mark.parametrize(
    ("pattern", "fits", "misses"),
    [
        ("*", ["a.js", "b/c.js"], []),
        ("*.js", ["a.js", "b/c.js"], ["a.jsx", "js"]),
        ("/build/logs/", ["build/logs/a", "build/logs/b/c"], ["x/build/logs/a", "build/logs"]),
        ("docs/*", ["docs/a.md"], ["docs/b/c.md", "x/docs/a.md"]),
        ("apps/", ["apps/a", "x/apps/b/c"], ["apps"]),
        ("/docs/", ["docs/a/b"], ["x/docs/a"]),
        ("/scripts", ["scripts", "scripts/a/b"], ["x/scripts/a"]),
        ("docs/guide", ["docs/guide", "docs/guide/a"], ["x/docs/guide", "docs/guides"]),
        ("**/logs", ["logs/a", "b/logs/c", "b/logs"], ["logs2/a"]),
        ("/apps/github", ["apps/github/a"], ["apps/git"]),
        ("a\\ b.txt", ["a b.txt"], ["a"]),
        ("/a/**/b.py", ["a/b.py", "a/x/y/b.py"], ["b.py"]),
        ("/a/**", ["a/b", "a/b/c"], ["b/a"]),
        ("Readme.md", ["Readme.md"], ["README.md"]),
    ],
)
def test_what_a_pattern_reaches(pattern: str, fits: list[str], misses: list[str]) -> None:
    for path in fits:
        assert owners(f"{pattern} @o", path) == {"@o"}, path
    for path in misses:
        assert owners(f"{pattern} @o", path) == set(), path


def test_the_last_line_that_fits_decides_and_one_without_owners_takes_them_away() -> None:
    text = "* @all\n/api/ @org/api  @Other # why\n/api/free\n"
    assert owners(text, "x") == {"@all"}
    assert owners(text, "api/a") == {"@org/api", "@other"}
    assert owners(text, "api/free") == set()


def test_an_address_is_an_owner() -> None:
    assert owners("*.go docs@example.com", "a.go") == {"docs@example.com"}


@pytest.mark.parametrize("line", ["!a @o", "[ab].js @o", "a.js owner", "# a.js @o", "a.js @", "a\\"])
def test_a_line_that_is_not_understood_is_passed_over(line: str) -> None:
    for path in ("a", "a.js"):
        assert owners(f"* @all\n{line}\n", path) == {"@all"}
