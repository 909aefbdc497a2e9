"""A name at a place, what is done with it there, and what a kind of name consists of."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from reviewer.domain.names import NameKind
from reviewer.evidence.offers.source import Source

ANY_NAME = "*"
"""Offered by a file that makes names as it runs: what it offers no more in writing is not lost."""


class Role(Enum):
    """What a place does with a name."""

    OFFERS = "offers"
    """Gives the name its meaning."""
    READS = "reads"
    """Looks the name up and has nothing else when it is gone."""
    WITHDRAWS = "withdraws"
    """Takes away what another file offers: a migration that drops a column."""


@dataclass(frozen=True)
class Mention:
    """A name at a place of a file."""

    role: Role
    name: str
    at: int
    """Character of the file, from 0."""
    scopes: frozenset[str] = frozenset()
    """What the name belongs to: a table, a command, a namespace; empty where nothing tells."""
    others: frozenset[str] = frozenset()
    """Further names: under which an offer can be found too, or of which any one is enough for a reader."""

    @property
    def names(self) -> frozenset[str]:
        """All its names."""
        return self.others | {self.name}


@dataclass(frozen=True)
class Kind:
    """One kind of name: how its places look."""

    kind: NameKind
    given_by: str
    looked_up_as: str
    find: Callable[[Source], Iterable[Mention]]
    """Every place of a file, in any order."""
    paths: re.Pattern[str]
    """Files that can offer such a name, or withdraw one: the others are not looked at for lost offers."""
    hint: re.Pattern[str]
    """What the line of an offer holds: where no deleted line does, nothing is lost, and the file need not be read."""
    word: Callable[[str], str] = lambda name: name
    """The word that every line with the name holds: the last part of a path."""
    may_offer: Callable[[Source, Mention, Mention], bool] | None = None
    """Whether a file of the head may offer the name (the lost offer, a reader) in a way that `find` does not see."""
    renamed_only: bool = False
    """True where a name without its offer does no harm, unless the change offers another one instead."""
    withdraws: bool = False
    """True where added lines can take away what other files offer."""
    needs_scope: bool = False
    """True where an offer of which nothing tells what it belongs to is not followed."""
    bare: bool = False
    """True where a name can stand between plain words, as in SQL; else quotes or signs are beside it."""
    reads_documents: bool = False
    """True where prose that names it counts as a reader."""


def surely_fits(offer: Mention, reader: Mention) -> bool:
    """True when the reader's name is the offer's, and they belong together."""
    return bool(offer.name in reader.names and (not offer.scopes or offer.scopes & reader.scopes))


def may_fit(offer: Mention, reader: Mention) -> bool:
    """True when nothing tells that the offer is not what the reader looks for."""
    belongs = not offer.scopes or not reader.scopes or bool(offer.scopes & reader.scopes)
    return belongs and bool(offer.names & reader.names)
