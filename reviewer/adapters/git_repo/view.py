"""A private git directory over another repository's objects.

Git obeys the configuration, attributes, grafts and hooks of the directory it is pointed at. Everything that reads
trees and content is therefore pointed at a folder of our own, which has none of them and only borrows the objects.
So no driver, filter or `-diff` attribute of the repository can run, or hide a file from the diff. Only names of
revisions are resolved in the repository itself.
"""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from reviewer.adapters.git_repo.command import GitCommand
from reviewer.errors import NotARepositoryError

_UNBORN = "ref: refs/heads/none\n"
"""No commit: newer gits read attributes from HEAD in a bare repository."""


@dataclass(frozen=True)
class Source:
    """Where a repository lies."""

    git_dir: Path
    """As given: of a linked work tree, its own folder."""
    common_dir: Path
    """Where objects and refs are."""
    object_format: str
    """`sha1` or `sha256`."""
    name: str
    """For people."""

    @property
    def objects(self) -> Path:
        """The folder of the objects."""
        return self.common_dir / "objects"


@dataclass(frozen=True)
class View:
    """The private git directory, and the two ways of calling git."""

    source: Source
    folder: Path
    """Ours; removed by `discard`."""
    contents: GitCommand
    """For everything that reads or makes objects."""
    names: GitCommand
    """For resolving revisions only: sees the repository's refs, and its configuration."""
    shallow: frozenset[str]
    """Commits whose parents the clone lacks."""

    def discard(self) -> None:
        """Remove the folder and what was written into it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def find(path: Path) -> Source:
    """The repository at `path`: a work tree, a git directory or a bare repository; parents are not searched."""
    absolute = path.absolute()
    git_dir = absolute / ".git" if (absolute / ".git").exists() else absolute
    if not git_dir.exists():
        raise NotARepositoryError(f"{path}: no such folder")
    with tempfile.TemporaryDirectory(prefix="reviewer-git-") as folder:
        command = _names_command(git_dir, Path(folder))
        arguments = ["rev-parse", "--show-object-format", "--path-format=absolute", "--git-common-dir"]
        done = command.run(arguments)
    if done.code != 0:
        raise NotARepositoryError(f"{path}: no git repository: {done.problem}")
    object_format, _, common = done.output.decode("utf-8", "surrogateescape").partition("\n")
    if object_format not in ("sha1", "sha256") or not common.strip():
        raise NotARepositoryError(
            f"{path}: git does not say what format its objects have",
            advice="Install git 2.31 or newer.",
        )
    named = absolute.resolve()
    name = named.parent.name if named.name == ".git" else named.name
    return Source(git_dir, Path(common.removesuffix("\n")), object_format, name or "repository")


def make_view(source: Source) -> View:
    """A new view of `source`; nothing is ever written into the repository."""
    folder = Path(tempfile.mkdtemp(prefix="reviewer-git-"))
    try:
        return _filled(source, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _filled(source: Source, folder: Path) -> View:
    git_dir = folder / "view"
    (git_dir / "objects" / "info").mkdir(parents=True)
    (git_dir / "refs").mkdir()
    (git_dir / "HEAD").write_text(_UNBORN)
    (git_dir / "config").write_text(_config(source.object_format))
    shallow = b""
    try:
        shallow = (source.common_dir / "shallow").read_bytes()
        (git_dir / "shallow").write_bytes(shallow)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise NotARepositoryError(f"{source.common_dir / 'shallow'}: {error.strerror}") from error
    (git_dir / "objects" / "info" / "alternates").write_text(_borrowed(source, folder))
    return View(
        source=source,
        folder=folder,
        contents=GitCommand(git_dir, folder),
        names=_names_command(source.git_dir, folder, objects=git_dir / "objects"),
        shallow=frozenset(shallow.decode("ascii", "replace").split()),
    )


def _config(object_format: str) -> str:
    if object_format == "sha1":
        return "[core]\n\trepositoryFormatVersion = 0\n\tbare = true\n"
    return f"[core]\n\trepositoryFormatVersion = 1\n\tbare = true\n[extensions]\n\tobjectFormat = {object_format}\n"


def _borrowed(source: Source, folder: Path) -> str:
    """The line that borrows the objects; through a link, for a path may hold what the file's syntax forbids."""
    link = folder / "borrowed"
    link.symlink_to(source.objects)
    return f"{link}\n"


def _names_command(git_dir: Path, folder: Path, *, objects: Path | None = None) -> GitCommand:
    missing = folder / "none"
    extra = {
        "GIT_WORK_TREE": str(missing),  # no core.worktree of the repository leads anywhere
        "GIT_INDEX_FILE": str(missing),
        "GIT_GRAFT_FILE": str(missing),
    }
    if objects is not None:
        extra["GIT_OBJECT_DIRECTORY"] = str(objects)
    return GitCommand(git_dir, folder, extra)
