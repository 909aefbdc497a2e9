"""Takes apart what git prints: NUL-separated records, never quoted names."""

import re
from collections.abc import Collection, Iterator

from reviewer.errors import RepositoryError
from reviewer.ports import CommitNote, GrepHit, LineOrigin, RawEntry, RecentChange, TreeEntry

LINE_LIMIT_BYTES = 1000
"""A line found by `grep` is cut here."""

_RAW = re.compile(rb":(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([ADMRT])\d*")
_FULL_ID = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")
_TREE = re.compile(rb"(\d{6}) (?:blob|commit) ([0-9a-f]+)\t([^\0]+)\0")
_EMAIL = re.compile(rb"^author .*<([^<>\n]*)>[^<>\n]*$", re.MULTILINE)
_COMMITTED = re.compile(rb"^committer .*> (\d{1,18}) [+-]\d{4}$", re.MULTILINE)
_BLAMED = re.compile(rb"([0-9a-f]{40,64}) \d+ (\d+) (\d+)")


def raw_entries(output: bytes) -> list[RawEntry]:
    """The entries of `git diff-tree --raw -z`."""
    fields = iter(_records(output))
    entries = []
    for head in fields:
        match = _RAW.fullmatch(head)
        if match is None:
            raise _unexpected("diff-tree", head)
        old_mode, new_mode, old_blob, new_blob, status = (part.decode("ascii") for part in match.groups())
        old_path = next(fields, None)
        new_path = next(fields, None) if status == "R" else old_path
        if old_path is None or new_path is None:
            raise _unexpected("diff-tree", head)
        entries.append(RawEntry(status, old_mode, new_mode, old_blob, new_blob, old_path, new_path))
    return entries


def recent_changes(output: bytes) -> Iterator[RecentChange]:
    """The entries of `git diff-tree --stdin --raw -z`, each with the commit in front of its group."""
    fields = iter(_records(output))
    commit = ""
    for field in fields:
        if _FULL_ID.fullmatch(field):
            commit = field.decode("ascii")
            continue
        match, path = _RAW.fullmatch(field), next(fields, None)
        if match is None or path is None or not commit:
            raise _unexpected("diff-tree", field)
        old, new = match.group(3).decode("ascii"), match.group(4).decode("ascii")
        yield RecentChange(commit, path, old if old.strip("0") else None, new if new.strip("0") else None)


def tree_entries(output: bytes) -> list[TreeEntry]:
    """The entries of `git ls-tree -r -z`."""
    entries, at = [], 0
    for match in _TREE.finditer(output):
        if match.start() != at:
            break
        mode, object_id, path = match.groups()
        entries.append(TreeEntry(str(mode, "ascii"), str(object_id, "ascii"), path))
        at = match.end()
    if at != len(output):
        raise _unexpected("ls-tree", output[at:])
    return entries


def grep_hits(chunks: Iterator[bytes], commit: str) -> Iterator[GrepHit]:
    """The hits of `git grep -z -n` on `commit`, as they come."""
    hit = re.compile(commit.encode("ascii") + rb":([^\0]*)\0(\d+)\0([^\n]*)\n")
    pending: list[bytes] = []
    for chunk in chunks:
        pending.append(chunk)
        if b"\n" not in chunk:  # a long line: joined once it is whole
            continue
        text = b"".join(pending)
        at = 0
        while (found := hit.match(text, at)) is not None:
            path, number, line = found.groups()
            yield GrepHit(path, int(number), line[:LINE_LIMIT_BYTES])
            at = found.end()
        pending = [text[at:]]
        parts = pending[0].split(b"\0", 2)
        if len(parts) > 2 and b"\n" in parts[2]:
            raise _unexpected("grep", pending[0])
    if rest := b"".join(pending):
        raise _unexpected("grep", rest)


def commit_note(sha: str, raw: bytes) -> CommitNote:
    """Message and author of a commit object."""
    header, _, message = raw.partition(b"\n\n")
    author = _EMAIL.search(header)
    return CommitNote(sha, message, author.group(1) if author else b"")


def commit_time(sha: str, raw: bytes) -> int:
    """When a commit object says it was committed, in seconds since 1970."""
    found = _COMMITTED.search(raw.partition(b"\n\n")[0])
    if found is None:
        raise _unexpected("cat-file", f"commit {sha} without a time".encode())
    return int(found.group(1))


def line_origins(chunks: Iterator[bytes], clone_ends: Collection[str]) -> Iterator[LineOrigin]:
    """The entries of `git blame --incremental`, as they come; a commit's details stand in its first entry only."""
    stream = _Stream(chunks, "blame")
    details: dict[str, dict[bytes, bytes]] = {}
    while (head := stream.until(b"\n")) is not None:
        match = _BLAMED.fullmatch(head)
        if match is None:
            raise _unexpected("blame", head)
        commit, first, count = match.group(1).decode("ascii"), int(match.group(2)), int(match.group(3))
        known = details.setdefault(commit, {})
        known.update(_entry_details(stream))
        time, subject = known.get(b"author-time", b""), known.get(b"summary", b"")
        if not time.isdigit():
            raise _unexpected("blame", head)
        if subject == f"({commit})".encode():  # what git shows in place of an empty message
            subject = b""
        email = known.get(b"author-mail", b"").removeprefix(b"<").removesuffix(b">")
        at_end = commit in clone_ends
        yield LineOrigin(commit, int(time), subject, first, first + count - 1, at_end, author_email=email)


def _entry_details(stream: "_Stream") -> Iterator[tuple[bytes, bytes]]:
    """`key value` lines up to the one that ends an entry."""
    while (line := stream.until(b"\n")) is not None:
        key, _, value = line.partition(b" ")
        if key == b"filename":
            return
        yield key, value
    raise _unexpected("blame", b"an entry without an end")


class _Stream:
    """Cuts chunks at delimiters; each byte is looked at once."""

    def __init__(self, chunks: Iterator[bytes], command: str) -> None:
        self._command = command
        self._chunks = chunks
        self._buffer = bytearray()

    def until(self, delimiter: bytes) -> bytes | None:
        """What stands before the next delimiter; None at the end of the stream."""
        searched = 0
        while (place := self._buffer.find(delimiter, searched)) < 0:
            searched = len(self._buffer)
            chunk = next(self._chunks, None)
            if chunk is None:
                if self._buffer:
                    raise _unexpected(self._command, bytes(self._buffer))
                return None
            self._buffer += chunk
        piece = bytes(self._buffer[:place])
        del self._buffer[: place + 1]
        return piece


def _records(output: bytes) -> list[bytes]:
    if output and not output.endswith(b"\0"):
        raise _unexpected("output", output[-100:])
    return output.split(b"\0")[:-1]


def _unexpected(what: str, record: bytes) -> RepositoryError:
    return RepositoryError(
        f"git {what}: cannot be understood: {record[:100]!r}",
        advice="Install a git between 2.31 and the newest release; an unusual tree is found by `git fsck`.",
    )
