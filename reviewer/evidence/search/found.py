"""What a search by words answers, and the protocol of everything that can be asked so."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from reviewer.domain.change import Side

PathFilter = Callable[[str], bool]
"""True for the paths to look at."""


@dataclass(frozen=True)
class FileFound:
    """A file that holds at least one of the words."""

    path: str
    object_id: str
    words: frozenset[str]
    """Those of the words asked for that it holds."""


class NotSearched(StrEnum):
    """Why a path is no result although it was asked about."""

    BINARY = "binary"
    """It holds one of the words, but is no text. Binaries without any of the words are not told of."""
    TOO_LARGE = "too large"
    """Not looked into, whatever it holds."""
    SYMLINK = "symlink"
    """The text of a link is no code."""
    SUBMODULE = "submodule"
    """Its files are those of another repository."""


@dataclass(frozen=True)
class PassedOver:
    """A path that was not searched, and why."""

    path: str
    reason: NotSearched


@dataclass(frozen=True)
class FilesFound:
    """Files that hold any of the words, in git's order of paths."""

    files: tuple[FileFound, ...]
    passed_over: tuple[PassedOver, ...]
    """In git's order. What was asked for not to be looked at is not among them."""
    cut: tuple[str, ...]
    """What keeps a file with a word out of `files`, a sentence each; empty when nothing does."""

    @property
    def complete(self) -> bool:
        """True when every text file with one of the words is among `files`."""
        return not self.cut


class WordSearch(Protocol):
    """Tells which files hold words. All implementations give equal answers to equal questions."""

    def files(
        self,
        words: Collection[str],
        side: Side,
        *,
        within: PathFilter | None = None,
        beside: Collection[str] = (),
        limit: int | None = None,
    ) -> FilesFound:
        """Files of `side` that hold any of `words` as whole words; see `search.words` for what a word is.

        `within` restricts the paths. `beside` keeps only files that hold one of these words too (the module that
        defines a name, for example), and `limit` the first so many files; both are told in `cut`, the first
        always, the second when there are more. A limit also bounds what has to be read. Without words there
        is nothing to find.
        """

    def definers(self, names: Collection[str], side: Side, *, within: PathFilter | None = None) -> FilesFound:
        """Files of languages with a grammar that may define any of `names`: `words` are those names.

        Every file in which `SourceFile` would find such a definition is among them; one that defines the name
        only inside a function may be too. Files without a grammar are no answer and not told of.
        """
