"""What sort of file a path names, as far as the order of parts depends on it."""

import re
from enum import StrEnum

from reviewer.evidence.literals.roles import FileKind, is_test, kind_of

_MIGRATION = re.compile(
    r"(?:^|/)(?:migrations?|db/migrate|alembic/versions)/[^/]+\.(?:py|rb|sql|js|ts|go|php|java|kt|cs|exs)$"
)
_DOCS = re.compile(
    r"(?:^|/)(?:docs?|guides|documentation)/|(?:^|/)(?:CHANGELOG|CHANGES|NEWS|HISTORY|README|AUTHORS|CONTRIBUTORS)[^/]*$"
)
_GENERATED = re.compile(
    r"\.pb(?:\.\w+)*\.\w+$|_pb2(?:_grpc)?\.pyi?$|[._]g(?:enerated|en)?\.\w+$|(?:^|/)(?:zz_|mock_)[^/]*\.go$|_mock\.go$"
    r"|(?:^|/)mocks?/[^/]*\.go$|\.snap$|\.min\.\w+$|(?:^|/)generated/"
)


class Kind(StrEnum):
    """In the order in which parts of each come, where nothing else orders them."""

    MIGRATIONS = "migrations"
    CODE = "code"
    TESTS = "tests"
    DOCS = "docs"

    @property
    def phase(self) -> int:
        """0 merges first, 2 last, and nothing of a later phase is taken while one of an earlier is ready."""
        return {Kind.MIGRATIONS: 0, Kind.DOCS: 2}.get(self, 1)


def kind_at(path: str) -> Kind:
    """The kind of the file at `path`."""
    if is_test(path):
        return Kind.TESTS
    if _MIGRATION.search(path):
        return Kind.MIGRATIONS
    if kind_of(path) is FileKind.DOCUMENT or _DOCS.search(path):
        return Kind.DOCS
    return Kind.CODE


def looks_generated(path: str) -> bool:
    """True for names that only tools give: protocol buffers, mocks of Go, snapshots, minified files."""
    return _GENERATED.search(path) is not None
