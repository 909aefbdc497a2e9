"""A repository in memory: the `GitObjects` port over plain dictionaries."""

import difflib
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from reviewer.errors import ObjectTooLargeError, RepositoryError, UnknownRevisionError
from reviewer.ports import (
    ChangeCounts,
    CommitNote,
    GrepHit,
    LineOrigin,
    LineOrigins,
    MergedCommit,
    RawEntry,
    ReadBlob,
    RecentChange,
    RecentChanges,
    TreeEntry,
)

FILE, EXECUTABLE, SYMLINK, SUBMODULE = "100644", "100755", "120000", "160000"
_ABSENT_MODE, _ABSENT_BLOB = "000000", "0" * 40
_GREP_LINE_LIMIT_BYTES = 1000
_FIRST_SECOND, _SECONDS_BETWEEN_COMMITS = 1_700_000_000, 60
_SECONDS_PER_DAY = 86_400


@dataclass(frozen=True)
class _Entry:
    mode: str
    object_id: str


@dataclass(frozen=True)
class _Commit:
    parent: str | None
    message: bytes
    tree: Mapping[bytes, _Entry]
    time: int
    author_email: bytes


class MemoryGit:
    """A linear or branching history of commits, each a mapping of paths to bytes.

    Renames are found only where the content is exactly the same: a test that needs git's similarity
    needs git.
    """

    def __init__(self, name: str = "memory") -> None:
        self._name = name
        self._blobs: dict[str, bytes] = {}
        self._commits: dict[str, _Commit] = {}
        self._newest: str | None = None

    def commit(
        self,
        files: Mapping[str, str | bytes | None],
        *,
        message: str = "",
        modes: Mapping[str, str] | None = None,
        parent: str | None = None,
        time: int | None = None,
        author: str = "",
    ) -> str:
        """Add a commit: `files` over the tree of `parent` (default: the newest commit); None deletes a path.

        `time` is in seconds since 1970; by default a minute after the parent. `author` is an address.
        """
        parent = parent or self._newest
        tree = dict(self._commits[parent].tree) if parent else {}
        for path, content in files.items():
            key = path.encode("utf-8", "surrogateescape")
            if content is None:
                del tree[key]
            else:
                raw = content.encode() if isinstance(content, str) else content
                tree[key] = _Entry((modes or {}).get(path, FILE), self._store(raw))
        tree = dict(sorted(tree.items()))
        if time is None:
            time = self._commits[parent].time + _SECONDS_BETWEEN_COMMITS if parent else _FIRST_SECOND
        said = repr((parent, message, tree, time, author)).encode()
        sha = hashlib.sha1(said, usedforsecurity=False).hexdigest()
        self._commits[sha] = _Commit(parent, message.encode(), tree, time, author.encode())
        self._newest = sha
        return sha

    @property
    def name(self) -> str:
        """The name given at the start."""
        return self._name

    def resolve(self, revision: str) -> str:
        """A full id, an unambiguous beginning of one, or `HEAD`."""
        if revision == "HEAD" and self._newest:
            return self._newest
        found = [sha for sha in self._commits if revision and sha.startswith(revision)]
        if len(found) != 1:
            raise UnknownRevisionError(f"{revision}: {len(found)} commits of that name, 1 expected")
        return found[0]

    def merge_base(self, base: str, head: str) -> str:
        """The newest commit that both reach."""
        reachable = set(self._line(base))
        for sha in self._line(head):
            if sha in reachable:
                return sha
        raise UnknownRevisionError(f"{base} and {head} have no common ancestor")

    def changed_paths(self, old: str, new: str) -> Sequence[RawEntry]:
        """Differences by comparing the two mappings."""
        before, after = self._tree(old), self._tree(new)
        entries = []
        gone = {path: entry for path, entry in before.items() if path not in after}
        for path, entry in after.items():
            was = before.get(path)
            if was == entry:
                continue
            source = path
            if was is None:
                same = (old for old, gone_entry in gone.items() if gone_entry.object_id == entry.object_id)
                source = next(same, path)
                was = gone.pop(source, None)
            entries.append(_raw(source, path, was, entry))
        entries.extend(_raw(path, path, entry, None) for path, entry in gone.items())
        return sorted(entries, key=lambda entry: entry.new_path)

    def patch(self, old: str, new: str, paths: Sequence[bytes]) -> bytes:
        """Unified text diffs with 3 lines of context, in the order of `changed_paths`."""
        wanted = set(paths)
        parts = []
        for entry in self.changed_paths(old, new):
            if entry.new_path in wanted or entry.old_path in wanted:
                parts.append(self._patch_of(entry))
        return b"".join(parts)

    def tree(self, commit: str) -> Sequence[TreeEntry]:
        """Every path, sorted by bytes."""
        return [TreeEntry(entry.mode, entry.object_id, path) for path, entry in self._tree(commit).items()]

    def blob_size(self, object_id: str) -> int:
        """Length of the content."""
        return len(self._blob(object_id))

    def blob(self, object_id: str, *, limit_bytes: int) -> bytes:
        """The whole content, or `ObjectTooLargeError`."""
        raw = self._blob(object_id)
        if len(raw) > limit_bytes:
            raise ObjectTooLargeError(f"object {object_id}: {len(raw)} bytes, limit {limit_bytes}")
        return raw

    def grep(self, commit: str, words: Sequence[str], *, whole_words: bool, limit: int) -> Sequence[GrepHit]:
        """Lines with any of `words`, by a regular expression over each text file."""
        pattern = _any_of(words, whole_words=whole_words)
        hits: list[GrepHit] = []
        for path, entry in self._tree(commit).items():
            if entry.mode not in (FILE, EXECUTABLE):
                continue
            for hit in _matching_lines(path, self._blobs[entry.object_id], pattern):
                if len(hits) == limit:
                    return hits
                hits.append(hit)
        return hits

    def blob_sizes(self, object_ids: Sequence[str]) -> Sequence[int]:
        """Lengths of the contents."""
        return [self.blob_size(object_id) for object_id in object_ids]

    def blobs(self, object_ids: Sequence[str], *, limit_bytes: int) -> Iterator[ReadBlob]:
        """One after another."""
        for object_id in object_ids:
            raw = self._blob(object_id)
            yield ReadBlob(object_id, raw if len(raw) <= limit_bytes else None)

    def blobs_with(
        self, object_ids: Sequence[str], words: Sequence[str], *, whole_words: bool
    ) -> Sequence[str]:
        """Blobs with any of `words`, by a regular expression over each."""
        asked = [word for word in words if "\n" not in word]
        if not asked:
            return []
        pattern = _any_of(asked, whole_words=whole_words)
        return [object_id for object_id in object_ids if pattern.search(self._blob(object_id))]

    def commits(self, base: str, head: str, *, limit: int) -> Sequence[CommitNote]:
        """Oldest first; the newest `limit`."""
        known = set(self._line(base))
        found = [(sha, self._commits[sha]) for sha in self._line(head) if sha not in known]
        notes = [CommitNote(sha, commit.message, commit.author_email) for sha, commit in found]
        return notes[:limit][::-1]

    def merged(
        self, head: str, *, above: str | None, since_s: int | None, limit: int
    ) -> Sequence[MergedCommit]:
        """The line of parents."""
        found = []
        for sha in islice(self._line(head), limit):
            commit = self._commits[sha]
            if sha == above or commit.parent is None or (since_s is not None and commit.time < since_s):
                break
            same = commit.tree == self._commits[commit.parent].tree
            found.append(MergedCommit(sha, commit.parent, changes_nothing=same))
        return found

    def line_origins(
        self, commit: str, path: bytes, ranges: Sequence[tuple[int, int]], *, timeout_s: float
    ) -> LineOrigins:
        """By comparing the file with its parent's, commit by commit; no time at all gives an answer without lines."""
        if not ranges or any(not 1 <= first <= last for first, last in ranges):
            raise ValueError(f"{list(ranges)}: no ranges of lines")
        sha = self.resolve(commit)
        if path not in self._commits[sha].tree:
            raise UnknownRevisionError(f"{path!r}: no such path in {sha}")
        owners = self._owners(sha, path)
        if any(first > len(owners) for first, _ in ranges):
            raise UnknownRevisionError(f"{path!r}: has only {len(owners)} lines")
        wanted = sorted({line for first, last in ranges for line in range(first, min(last, len(owners)) + 1)})
        if timeout_s <= 0:
            return LineOrigins((), complete=False, commit_time=self._commits[sha].time)
        runs = groupby(enumerate(wanted), key=lambda item: (owners[item[1] - 1], item[1] - item[0]))
        origins = (self._origin(owner, [line for _, line in run]) for (owner, _), run in runs)
        return LineOrigins(tuple(origins), complete=True, commit_time=self._commits[sha].time)

    def change_counts(
        self, commit: str, paths: Sequence[bytes], *, last: int, timeout_s: float
    ) -> ChangeCounts:
        """By comparing each tree with its parent's."""
        if timeout_s <= 0:
            raise RepositoryError(f"no end after {timeout_s} s")
        shas = list(islice(self._line(commit), last))
        seen: Counter[bytes] = Counter()
        for sha in shas:
            parent, tree = self._commits[sha].parent, self._commits[sha].tree
            before = self._commits[parent].tree if parent else {}
            seen.update(path for path in {*before, *tree} if before.get(path) != tree.get(path))
        return ChangeCounts(tuple(seen[path] for path in paths), len(shas))

    def recent_changes(
        self, commit: str, paths: Sequence[bytes], *, days: int, timeout_s: float
    ) -> RecentChanges:
        """By comparing each tree with its parent's."""
        if timeout_s <= 0:
            raise RepositoryError(f"no end after {timeout_s} s")
        since = self._commits[self.resolve(commit)].time - days * _SECONDS_PER_DAY
        found = []
        for sha in self._line(commit):
            parent, tree = self._commits[sha].parent, self._commits[sha].tree
            before = self._commits[parent].tree if parent else {}
            if self._commits[sha].time < since:
                break
            for path in paths:
                old, new = before.get(path), tree.get(path)
                if old != new:
                    ids = old.object_id if old else None, new.object_id if new else None
                    found.append(RecentChange(sha, path, *ids))
        return RecentChanges(tuple(found), complete=True)

    def paths_of_commits(self, base: str, head: str, *, timeout_s: float) -> Sequence[bytes]:
        """By comparing each tree with its parent's."""
        if timeout_s <= 0:
            raise RepositoryError(f"no end after {timeout_s} s")
        known, touched = set(self._line(base)), set[bytes]()
        for sha in self._line(head):
            if sha not in known:
                parent, tree = self._commits[sha].parent, self._commits[sha].tree
                before = self._commits[parent].tree if parent else {}
                touched.update(path for path in {*before, *tree} if before.get(path) != tree.get(path))
        return sorted(touched)

    def _owners(self, sha: str, path: bytes) -> list[str]:
        """For each line of the file, the commit that touched it last."""
        commit = self._commits[sha]
        lines = _lines(self._blobs[commit.tree[path].object_id])
        owners = [sha] * len(lines)
        earlier = self._path_before(commit, path) if commit.parent else None
        if commit.parent is None or earlier is None:
            return owners
        before = _lines(self._blobs[self._commits[commit.parent].tree[earlier].object_id])
        passed_on = self._owners(commit.parent, earlier)
        matcher = difflib.SequenceMatcher(None, before, lines, autojunk=False)
        for start, to, count in matcher.get_matching_blocks():
            owners[to : to + count] = passed_on[start : start + count]
        return owners

    def _path_before(self, commit: _Commit, path: bytes) -> bytes | None:
        """What the path was called in the parent; None when it did not exist."""
        before = self._commits[commit.parent].tree if commit.parent else {}
        same = (old for old, entry in before.items() if entry == commit.tree[path] and old not in commit.tree)
        return path if path in before else next(same, None)

    def _origin(self, sha: str, lines: Sequence[int]) -> LineOrigin:
        commit = self._commits[sha]
        subject = commit.message.lstrip(b"\n").partition(b"\n")[0]
        return LineOrigin(
            sha,
            commit.time,
            subject,
            lines[0],
            lines[-1],
            at_clone_end=False,
            author_email=commit.author_email,
        )

    def _store(self, raw: bytes) -> str:
        object_id = hashlib.sha1(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()
        self._blobs[object_id] = raw
        return object_id

    def _blob(self, object_id: str) -> bytes:
        if object_id not in self._blobs:
            raise UnknownRevisionError(f"{object_id}: no such object")
        return self._blobs[object_id]

    def _tree(self, commit: str) -> Mapping[bytes, _Entry]:
        return self._commits[self.resolve(commit)].tree

    def _line(self, start: str) -> Iterator[str]:
        sha: str | None = self.resolve(start)
        while sha:
            yield sha
            sha = self._commits[sha].parent

    def _patch_of(self, entry: RawEntry) -> bytes:
        before = self._blobs.get(entry.old_blob, b"")
        after = self._blobs.get(entry.new_blob, b"")
        head = b"diff --git a/%s b/%s\n" % (entry.old_path, entry.new_path)
        head += b"index %s..%s\n" % (entry.old_blob.encode(), entry.new_blob.encode())
        if b"\0" in before[:8000] + after[:8000]:
            return head + b"Binary files differ\n"
        old_name = b"/dev/null" if entry.old_mode == _ABSENT_MODE else b"a/" + entry.old_path
        new_name = b"/dev/null" if entry.new_mode == _ABSENT_MODE else b"b/" + entry.new_path
        lines = difflib.diff_bytes(
            difflib.unified_diff, _lines(before), _lines(after), old_name, new_name, n=3, lineterm=b"\n"
        )
        marked = (
            line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines
        )
        return head + b"".join(marked)


def _raw(old_path: bytes, new_path: bytes, was: _Entry | None, now: _Entry | None) -> RawEntry:
    if was is None:
        status = "A"
    elif now is None:
        status = "D"
    elif old_path != new_path:
        status = "R"
    else:
        status = "T" if was.mode[:2] != now.mode[:2] else "M"
    return RawEntry(
        status,
        was.mode if was else _ABSENT_MODE,
        now.mode if now else _ABSENT_MODE,
        was.object_id if was else _ABSENT_BLOB,
        now.object_id if now else _ABSENT_BLOB,
        old_path,
        new_path,
    )


def _any_of(words: Sequence[str], *, whole_words: bool) -> re.Pattern[bytes]:
    either = b"|".join(re.escape(word.encode()) for word in words)
    return re.compile(rb"(?<!\w)(?:" + either + rb")(?!\w)" if whole_words else either)


def _lines(raw: bytes) -> list[bytes]:
    """Split on line feeds only, each kept at its line's end."""
    return [line for line in re.split(rb"(?<=\n)", raw) if line]


def _matching_lines(path: bytes, raw: bytes, pattern: re.Pattern[bytes]) -> Iterator[GrepHit]:
    if b"\0" in raw[:8000]:
        return
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if pattern.search(line):
            yield GrepHit(path, number, line[:_GREP_LINE_LIMIT_BYTES])
