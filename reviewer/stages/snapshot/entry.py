"""One path that differs, read from git's raw facts: what stood there, what stands there now."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from reviewer.domain.change import FileStatus
from reviewer.domain.text import path_text
from reviewer.errors import RepositoryError
from reviewer.ports import RawEntry

_STATUS = {
    "A": FileStatus.ADDED,
    "D": FileStatus.DELETED,
    "M": FileStatus.MODIFIED,
    "R": FileStatus.RENAMED,
    "T": FileStatus.TYPE_CHANGED,
}


class Sort(Enum):
    """What a path is in a commit."""

    NOTHING = auto()
    FILE = auto()
    SYMLINK = auto()
    SUBMODULE = auto()


@dataclass(frozen=True)
class Stand:
    """What stands at a path on one side."""

    mode: str
    blob: str
    """All zeros where nothing stands."""

    @property
    def sort(self) -> Sort:
        """Told by the mode; a mode that git does not have is a `RepositoryError`."""
        match self.mode[:3]:
            case "000":
                return Sort.NOTHING
            case "100":
                return Sort.FILE
            case "120":
                return Sort.SYMLINK
            case "160":
                return Sort.SUBMODULE
        raise RepositoryError(f"mode {self.mode}: no mode of a file, symlink or submodule")

    @property
    def object_id(self) -> str | None:
        """The id, None where nothing stands."""
        return self.blob if self.blob.strip("0") else None


@dataclass(frozen=True)
class Comparison:
    """Two contents of files to compare; an id of zeros stands for no file."""

    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """A path that differs."""

    raw: RawEntry

    @property
    def path(self) -> str:
        """At the head; of a deleted file at the merge base."""
        return path_text(self.raw.new_path)

    @property
    def old_path(self) -> str:
        """At the merge base, the same as `path` unless the file was renamed."""
        return path_text(self.raw.old_path)

    @property
    def status(self) -> FileStatus:
        """What happened to the path."""
        return _STATUS[self.raw.status]

    @property
    def can_be_named(self) -> bool:
        """False for a name that git takes for another one, such as `a/../b`; only a forged tree holds any."""
        names = (self.raw.old_path, self.raw.new_path)
        return not any(part in (b"", b".", b"..") for name in names for part in name.split(b"/"))

    @property
    def old(self) -> Stand:
        """What stood at the merge base."""
        return Stand(self.raw.old_mode, self.raw.old_blob)

    @property
    def new(self) -> Stand:
        """What stands at the head."""
        return Stand(self.raw.new_mode, self.raw.new_blob)

    @property
    def zeros(self) -> str:
        """The id of nothing."""
        return "0" * len(self.raw.new_blob)

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The contents of files that differ; a file and a symlink are never compared with each other."""
        old, new = self.old, self.new
        if old.blob == new.blob and old.sort is new.sort:
            return ()
        if self.status is not FileStatus.TYPE_CHANGED:
            is_file = Sort.FILE in (old.sort, new.sort)
            return (Comparison(old.blob, new.blob),) if is_file else ()
        gone = (Comparison(old.blob, self.zeros),) if old.sort is Sort.FILE else ()
        come = (Comparison(self.zeros, new.blob),) if new.sort is Sort.FILE else ()
        return gone + come
