"""Builds real git repositories, ordinary and hostile ones, without a checkout."""

import os
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

T_co = TypeVar("T_co", covariant=True)
Content = str | bytes


class ByPath(Protocol[T_co]):
    """A dictionary by path: as text, or as bytes where the path is not UTF-8."""

    def items(self) -> Iterable[tuple[Content, T_co]]:
        """Path and value of each."""


_FIRST_SECOND = 1_700_000_000
_SECONDS_BETWEEN_COMMITS = 60


class RepositoryBuilder:
    """A repository that grows by `commit`; equal calls give equal commit ids, on every machine.

    Commits go straight into the object store. The folder has a work tree that stays empty; run
    `.git("reset", "--hard")` where one with files is wanted.
    """

    def __init__(self, path: Path, *, bare: bool = False, object_format: str = "sha1") -> None:
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._commits = 0
        kind = ["--bare"] if bare else []
        self.git("init", "-q", "-b", "main", f"--object-format={object_format}", *kind)

    def commit(  # noqa: PLR0913 - each argument is one thing a commit can hold
        self,
        files: ByPath[Content | None] | None = None,
        *,
        message: Content = "change",
        modes: ByPath[str] | None = None,
        symlinks: ByPath[Content] | None = None,
        submodules: ByPath[str] | None = None,
        parents: Sequence[str] | None = None,
        branch: str = "main",
        author: str = "A Person <person@example.org>",
    ) -> str:
        """Change `files` on top of the first parent and move `branch` there; the new commit's full id.

        None as content deletes the path. A path in `modes` gets that mode instead of 100644. `symlinks` maps
        a path to its target text, `submodules` to a commit id. `parents` defaults to the branch's tip.
        """
        if parents is None:
            tip = self._tip(branch)
            parents = [tip] if tip else []
        lines = [b"commit refs/heads/" + branch.encode()]
        lines.append(f"author {author} {self._clock()}".encode())
        lines.append(f"committer {author} {self._clock()}".encode())
        lines.append(_data(message))
        lines.extend(
            (b"merge " if number else b"from ") + parent.encode() for number, parent in enumerate(parents)
        )
        wanted = {_raw(path): mode for path, mode in (modes.items() if modes else ())}
        for name, content in (files or {}).items():
            path = _raw(name)
            if content is None:
                lines.append(b"D " + _quoted(path))
                continue
            mode = wanted.pop(path, "100644").encode()
            lines += [b"M %s inline %s" % (mode, _quoted(path)), _data(content)]
        for path in wanted:
            raise ValueError(f"{path!r} has a mode but no content")
        for link, target in (symlinks or {}).items():
            lines += [b"M 120000 inline " + _quoted(_raw(link)), _data(target)]
        for place, commit in (submodules or {}).items():
            lines.append(b"M 160000 %s %s" % (commit.encode(), _quoted(_raw(place))))
        self._commits += 1
        self._run(["fast-import", "--quiet", "--force", "--date-format=raw"], b"\n".join(lines) + b"\n")
        return self.git("rev-parse", f"refs/heads/{branch}")

    def commit_tree(
        self,
        entries: Sequence[tuple[str, bytes, bytes | str]],
        *,
        parents: Sequence[str] = (),
        message: Content = "tree",
        branch: str | None = "main",
    ) -> str:
        """Commit a whole tree of (mode, path, content) that git's own commands would refuse to make.

        Names may be `..`, `.git` or doubled, in any order. Content of type str is an object id, used as it is.
        """
        tree = self._write_tree([(mode, path.split(b"/"), content) for mode, path, content in entries])
        flags = [argument for parent in parents for argument in ("-p", parent)]
        commit = self._run(["commit-tree", tree, *flags], _raw(message)).decode().strip()
        self._commits += 1
        if branch is not None:
            self.git("update-ref", f"refs/heads/{branch}", commit)
        return commit

    def blob(self, content: Content) -> str:
        """Write a blob; its id."""
        return self._run(["hash-object", "-w", "--stdin"], _raw(content)).decode().strip()

    def git(self, *arguments: str) -> str:
        """Run git here; its output without the last line feed. A failure is a `RuntimeError`."""
        return self._run(list(arguments)).decode("utf-8", "surrogateescape").removesuffix("\n")

    def _write_tree(self, entries: Sequence[tuple[str, list[bytes], bytes | str]]) -> str:
        raw = b""
        folders: dict[bytes, list[tuple[str, list[bytes], bytes | str]]] = {}
        for mode, (first, *rest), content in entries:
            if rest:
                folders.setdefault(first, []).append((mode, rest, content))
            else:
                object_id = content if isinstance(content, str) else self.blob(content)
                raw += b"%s %s\0%s" % (mode.lstrip("0").encode(), first, bytes.fromhex(object_id))
        for name, inner in folders.items():
            raw += b"40000 %s\0%s" % (name, bytes.fromhex(self._write_tree(inner)))
        arguments = ["hash-object", "-w", "-t", "tree", "--literally", "--stdin"]
        return self._run(arguments, raw).decode().strip()

    def _tip(self, branch: str) -> str:
        return self.git("for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")

    def _clock(self) -> str:
        return f"{_FIRST_SECOND + self._commits * _SECONDS_BETWEEN_COMMITS} +0000"

    def _run(self, arguments: list[str], stdin: bytes = b"") -> bytes:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.path,
            env=self._environment(),
            input=stdin,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            problem = done.stderr.decode("utf-8", "replace").strip()
            raise RuntimeError(f"git {' '.join(arguments)}: exit code {done.returncode}: {problem}")
        return done.stdout

    def _environment(self) -> dict[str, str]:
        who = {
            f"GIT_{role}_{key}": value
            for role in ("AUTHOR", "COMMITTER")
            for key, value in (("NAME", "A Person"), ("EMAIL", "person@example.org"), ("DATE", self._clock()))
        }
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.path),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "LC_ALL": "C",
            **who,
        }


def _raw(text: Content) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _data(content: Content) -> bytes:
    raw = _raw(content)
    return b"data %d\n%s" % (len(raw), raw)


def _quoted(path: bytes) -> bytes:
    """A path in the C style of `git fast-import`, every unusual byte in octal."""
    plain = b"".join(
        bytes([byte]) if 0x20 <= byte < 0x7F and byte not in b'"\\' else b"\\%03o" % byte for byte in path
    )
    return b'"' + plain + b'"'
