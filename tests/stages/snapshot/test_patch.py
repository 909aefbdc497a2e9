import pytest

from reviewer.domain.change import LineKind
from reviewer.errors import RepositoryError
from reviewer.stages.snapshot.patch import LinesSpentError, PatchReader, Section, applied

OLD, NEW = b"1" * 40, b"2" * 40
HEAD = b"diff --git a/x b/x\nindex %s..%s 100644\n--- a/x\n+++ b/x\n" % (OLD, NEW)


def read(patch: bytes, changed_lines: int = 1000) -> list[Section]:
    return list(PatchReader(patch, changed_lines=changed_lines).sections())


def test_lines_carry_their_numbers_on_both_sides() -> None:
    [section] = read(HEAD + b"@@ -4,3 +4,3 @@ def f():\n a\n-b\n+c\n d\n")
    [raw] = section.hunks
    told = [(line.kind.value, line.old_line, line.new_line, line.text) for line in raw.hunk.lines]
    assert told == [
        ("context", 4, 4, "a"),
        ("deleted", 5, None, "b"),
        ("added", None, 5, "c"),
        ("context", 6, 6, "d"),
    ]
    assert (section.old_blob, section.new_blob) == (OLD.decode(), NEW.decode())


def test_content_that_looks_like_a_header_stays_content() -> None:
    body = b"-- a/x\n-- b/y\n+++ b/z\n+@@ -1 +1 @@\n+diff --git a/q b/q\n+index 1..2\n+Binary files a and b differ\n"
    [section] = read(HEAD + b"@@ -1,2 +1,5 @@\n" + body)
    assert not section.binary
    assert [line.text for line in section.hunks[0].hunk.lines][:3] == ["- a/x", "- b/y", "++ b/z"]


def test_a_line_ends_at_a_line_feed_only() -> None:
    text = "a\rb\x0cc\x0bd\x85e\u2028f\x1cg\r"
    [section] = read(HEAD + b"@@ -0,0 +1 @@\n+" + text.encode() + b"\n")
    assert [line.text for line in section.hunks[0].hunk.lines] == [text]


def test_the_missing_line_feed_belongs_to_the_line_before_the_marker() -> None:
    marker = b"\\ No newline at end of file\n"
    [section] = read(HEAD + b"@@ -1 +1 @@\n-a\n" + marker + b"+b\n" + marker)
    lines = section.hunks[0].hunk.lines
    assert [line.ends_file_without_newline for line in lines] == [True, True]
    assert applied(section, b"a") == b"b"
    assert applied(section, b"a\n") is None


def test_an_added_line_of_only_a_backslash_is_no_marker() -> None:
    [section] = read(HEAD + b"@@ -0,0 +1,2 @@\n+\\ No newline at end of file\n+x\n")
    assert [line.text for line in section.hunks[0].hunk.lines] == ["\\ No newline at end of file", "x"]


def test_a_section_without_ids_changes_no_content() -> None:
    assert read(b"diff --git a/x b/x\nold mode 100644\nnew mode 100755\n") == []


def test_binary_is_told_by_its_line() -> None:
    [section] = read(b"diff --git a/x b/x\nindex %s..%s\nBinary files a/x and b/x differ\n" % (OLD, NEW))
    assert (section.binary, section.hunks) == (True, ())


@pytest.mark.parametrize(
    "patch",
    [
        b"hello\n",
        b"diff --git a/x b/x",
        HEAD + b"@@ -1 +1 @@\n-a\n",
        HEAD + b"@@ -1 +1 @@\n-a\n+b",
        HEAD + b"@@ -1 +1 @@\n-a\n-b\n",
        HEAD + b"@@ -1 +1 @@\n-a\n+b\n+c\n",
        HEAD + b"@@ -1,2 +1,2 @@\n a\n\n",
        HEAD + b"@@ -1 +1 @@\n\\ No newline at end of file\n-a\n+b\n",
        b"diff --git a/x b/x\n@@ -1 +1 @@\n-a\n+b\n",
        b"diff --git a/x b/x\nBinary files a/x and b/x differ\n",
    ],
    ids=["prose", "cut_header", "short_hunk", "no_end", "too_many_deleted", "line_after_hunk", "bare_line",
         "marker_first", "hunk_without_ids", "binary_without_ids"],
)  # fmt: skip
def test_a_broken_diff_is_an_error_and_not_a_shorter_one(patch: bytes) -> None:
    with pytest.raises(RepositoryError):
        read(patch)


def test_reading_stops_when_the_changed_lines_are_spent() -> None:
    patch = HEAD + b"@@ -1,2 +1,2 @@\n a\n-b\n+c\n"
    assert len(read(patch, changed_lines=2)) == 1
    with pytest.raises(LinesSpentError):
        read(patch, changed_lines=1)


def test_hunks_that_do_not_fit_the_old_content_make_nothing() -> None:
    [section] = read(HEAD + b"@@ -2 +2 @@\n-b\n+c\n")
    assert applied(section, b"a\nb\nd\n") == b"a\nc\nd\n"
    assert applied(section, b"a\nx\nd\n") is None
    assert applied(section, b"a\n") is None


def test_the_kinds_of_lines_are_those_of_the_marks() -> None:
    [section] = read(HEAD + b"@@ -1,2 +1,2 @@\n \n-\n+\n")
    assert [line.kind for line in section.hunks[0].hunk.lines] == [
        LineKind.CONTEXT,
        LineKind.DELETED,
        LineKind.ADDED,
    ]
