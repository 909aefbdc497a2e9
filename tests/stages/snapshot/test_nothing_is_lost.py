"""The hunks of a snapshot turn the old lines into the new ones, exactly, whatever the content."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.adapters.git_repo import GitRepository
from reviewer.domain.change import FileChange, LineKind, Origin, UnitKind
from reviewer.domain.text import source_lines
from reviewer.errors import EmptyRangeError
from reviewer.stages.snapshot import take
from reviewer.testing.git_builder import RepositoryBuilder

LINE = st.sampled_from(
    [b"a", b"b", b"", b"\r", b"c\r", b"x\ry", b"f\x0cg", b"v\x0bw", "s\u2028t\u2029u".encode(), b"n\xc2\x85m",
     b"\\ No newline at end of file", b"-- a/x", b"++ b/x", b"@@ -1 +1 @@", b"diff --git a/x b/x", b" ",
     b"\xff\xfe", b"\x1c\x1d\x1e", b"index 1..2", b"\xe2\x80"]
)  # fmt: skip
CONTENT = st.tuples(st.lists(LINE, max_size=14), st.booleans()).map(
    lambda parts: b"\n".join(parts[0]) + (b"\n" if parts[1] else b"")
)
PAIRS = st.lists(st.tuples(CONTENT, CONTENT), min_size=1, max_size=25)


def rebuilt(file: FileChange, old: bytes) -> tuple[list[str], bool]:
    """New lines, and whether the last has a line feed, from the old content and the hunks alone."""
    before = source_lines(old)
    after: list[str] = []
    done = 0
    feed = old.endswith(b"\n")
    for unit in file.units:
        if unit.hunk is None:
            continue
        start = unit.hunk.old_start - (unit.hunk.old_count > 0)
        after += before[done:start]
        done = start
        for line in unit.hunk.lines:
            if line.kind is not LineKind.ADDED:
                assert before[done] == line.text
                assert line.old_line == done + 1
                done += 1
            if line.kind is not LineKind.DELETED:
                after.append(line.text)
                assert line.new_line == len(after)
                feed = not line.ends_file_without_newline
    rest = before[done:]
    return after + rest, old.endswith(b"\n") if rest else feed


@settings(max_examples=15, deadline=None)
@given(PAIRS)
def test_the_hunks_lead_from_the_old_lines_to_the_new(pairs: list[tuple[bytes, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        builder = RepositoryBuilder(Path(folder))
        base = builder.commit({f"f{number:02}": old for number, (old, _) in enumerate(pairs)})
        builder.commit({f"f{number:02}": new for number, (_, new) in enumerate(pairs)})
        differing = {f"f{number:02}": pair for number, pair in enumerate(pairs) if pair[0] != pair[1]}
        with GitRepository.open(builder.path) as repo:
            try:
                snapshot = take(repo, base=base, head="main", origin=Origin.LOCAL_RANGE).snapshot
            except EmptyRangeError:
                assert not differing
                return
    assert [file.path for file in snapshot.files] == list(differing)
    assert snapshot.completeness.complete
    for file in snapshot.files:
        old, new = differing[file.path]
        assert {unit.kind for unit in file.units} == {UnitKind.HUNK}
        lines, feed = rebuilt(file, old)
        assert lines == source_lines(new)
        assert feed == new.endswith(b"\n") or not new
