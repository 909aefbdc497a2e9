"""What sort of change a path stands for. Told apart by names alone; where a name leaves doubt, the riskier kind."""

import re
from collections.abc import Callable

from reviewer.domain.change import FileChange, UnitKind
from reviewer.domain.triage import KindOfChange
from reviewer.evidence.literals.roles import FileKind, is_in_another_language, kind_of
from reviewer.evidence.syntax.languages import language_of

_DEPENDENCIES = re.compile(
    r"(?:^|/)(?:requirements[^/]*\.(?:txt|in)|constraints[^/]*\.txt|requirements/[^/]+\.(?:txt|in)|pyproject\.toml|setup\.(?:py|cfg)"
    r"|Pipfile|Gemfile|package\.json|go\.(?:mod|sum|work)|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|composer\.json|mix\.exs"
    r"|environment\.ya?ml|[^/]+\.gemspec|[^/]+\.lock|[^/]*[-.]lock\.\w+|pnpm-workspace\.yaml|bun\.lockb|npm-shrinkwrap\.json)$"
)
_MIGRATION = re.compile(
    r"(?:^|/)(?:migrations?|migrate)/(?:[^/]+/)?(?:V?[0-9][^/]*\.\w+|[^/]+\.sql)$|(?:^|/)(?:alembic|migrations)/versions/[^/]+\.py$"
)
"""By a number at the beginning of the name, which tells a migration from the code that runs them."""
_TEST = re.compile(
    r"(?:^|/)(?:tests?|__tests__|testdata|e2e|cypress)/|(?:^|/)(?:test_[^/]*|conftest|tests)\.py$|_test\.(?:go|py|exs|dart|cc|cpp)$"
    r"|[._-](?:test|spec)\.[cm]?[jt]sx?$|_(?:spec|test)\.rb$|Tests?\.(?:java|kt|cs|swift|scala|php)$"
)
_DOCUMENT_NAMES = re.compile(
    r"(?:^|/)(?:README|LICEN[CS]E|COPYING|NOTICE|AUTHORS|CONTRIBUTORS|CHANGELOG|CHANGES|HISTORY|NEWS|INSTALL|FAQ)(?:[._-][^/]*)?$",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"\.(?:md|markdown|rst|adoc|asciidoc)$", re.IGNORECASE)
_DOCS_FOLDER = re.compile(r"(?:^|/)(?:docs?|documentation)/")
_SHOWN = re.compile(
    r"\.(?:txt|png|jpe?g|gif|webp|svg|ico|pdf|css|scss|html?|j2|jinja2?|ya?ml|json|toml|po|pot|bib)$"
)
"""What a folder of documents holds beside them; programs there are programs."""
_TRANSLATED = re.compile(r"\.(?:po|pot|arb|resx|xlf|strings|properties|ya?ml|json)$")
_STYLE = re.compile(r"\.(?:css|scss|sass|less|svg)$")
_SETTINGS = re.compile(r"(?:^|/)\.[^/]+$|\.txt$")
UNUSUAL = frozenset(set(UnitKind) - {UnitKind.HUNK, UnitKind.RENAME, UnitKind.EMPTY_FILE})
"""Units that are no lines of text."""


def kind_at(path: str) -> KindOfChange:
    """What a change of `path` is: code, where nothing says otherwise."""
    return next((kind for fits, kind in _KINDS if fits(path)), KindOfChange.CODE)


def kind_of_file(file: FileChange, *, is_uncounted: bool) -> KindOfChange:
    """The weightier kind of a file's two paths. `is_uncounted`: the policy calls it lock, generated or vendored.

    What has no lines to read is opaque, whatever its name says; pictures among documents are documents.
    """
    named = max((kind_at(path) for path in (file.path, file.path_at_base)), key=lambda kind: kind.rank)
    if is_uncounted:
        return named if named is KindOfChange.DEPENDENCIES else KindOfChange.GENERATED
    units = {unit.kind for unit in file.units}
    if named is KindOfChange.DOCUMENTATION:
        units.discard(UnitKind.BINARY)
    return KindOfChange.OPAQUE if units & UNUSUAL and UnitKind.HUNK not in units else named


def is_tested_code(path: str) -> bool:
    """True for programs, which tests are written for; not for style sheets, markup and what has no known language."""
    if kind_at(path) is not KindOfChange.CODE or _STYLE.search(path):
        return False
    return kind_of(path) is FileKind.PROGRAM and language_of(path) is not None


def _is_test(path: str) -> bool:
    return _TEST.search(path) is not None or (path.endswith(".rb") and "/spec/" in f"/{path}")


def _is_document(path: str) -> bool:
    named = _DOCUMENT_NAMES.search(path) is not None and not _is_program(path)
    shown = _DOCS_FOLDER.search(path) is not None and _SHOWN.search(path) is not None
    return named or shown or _DOCUMENT.search(path) is not None


def _is_translation(path: str) -> bool:
    in_another = _TRANSLATED.search(path) is not None and is_in_another_language(path)
    return in_another or path.endswith((".po", ".pot"))


def _is_configuration(path: str) -> bool:
    return kind_of(path) is FileKind.DATA or _SETTINGS.search(path) is not None


def _is_program(path: str) -> bool:
    return kind_of(path) is FileKind.PROGRAM and language_of(path) not in (None, "text", "markdown")


_KINDS: tuple[tuple[Callable[[str], object], KindOfChange], ...] = (
    (_DEPENDENCIES.search, KindOfChange.DEPENDENCIES),
    (_is_test, KindOfChange.TESTS),
    (_MIGRATION.search, KindOfChange.MIGRATION),
    (_is_document, KindOfChange.DOCUMENTATION),
    (_is_translation, KindOfChange.TRANSLATION),
    (_is_configuration, KindOfChange.CONFIGURATION),
)
"""The first that fits is the kind of a path."""
