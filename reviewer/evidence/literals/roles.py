"""What a path tells about a file: how to read it, and whether what it says can count."""

import re
from enum import Enum

from reviewer.evidence.syntax.grammars.row import named


class FileKind(Enum):
    """How a file is read."""

    PROGRAM = "program"
    MARKUP = "markup"
    DATA = "data"
    DOCUMENT = "document"


_MARKUP = named(
    """
    html htm xhtml erb rhtml haml slim pug j2 jinja jinja2 twig hbs handlebars mustache ejs liquid vue
    svelte njk tmpl gohtml jsp jspx ftl cshtml razor astro
    """
)
_DATA = named(
    """
    yml yaml json arb json5 toml properties po pot ini cfg conf env strings xml resx xlf webmanifest
    """
)
_DOCUMENT = named(
    """
    md markdown mdx rst txt adoc asciidoc
    """
)
_TEST = re.compile(
    r"(?:^|/)(?:tests?|specs?|__tests__|__mocks__|testdata|fixtures?|factories|mocks?|cypress|e2e|testing|snapshots?|__snapshots__"
    r"|features|src/test\w*)(?:/|$)|(?:^|/)(?:test_|tests?\.|conftest)[^/]*$|[._-](?:test|tests|spec|stories|snap)\.[^/]+$|Tests?\.\w+$",
)
_PAST = re.compile(
    r"(?:^|/)(?:CHANGELOG|CHANGES|HISTORY|NEWS|RELEASE[-_]?NOTES|releases?|changelogs?|migrations|db/migrate|CONTRIBUTORS|upgrading)"
    r"(?:[./_-]|$)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"(?:^|/)(?:node_modules|vendor|third_party|dist|build|generated|\.git|\.yarn|static/lib)(?:/|$)|\.min\.(?:js|css)$|\.lock$|[-.]lock\.\w+$"
    r"|\.map$|\.svg$|\.csv$",
)


_LANGUAGES = (
    "af ar az be bg bn bs ca cs cy da de el eo es et eu fa fi fr fy ga gl gu he hi hr hu hy id is it ja"
    " ka kk km kn ko ky lt lv mi mk ml mn mr ms my nb ne nl nn no pa pl ps pt ro ru sk sl sq sr sv sw ta"
    " te tg th tk tr ug uk ur uz vi zh"
).replace(" ", "|")
_OTHER_LANGUAGE = re.compile(
    rf"(?:^|/)(?:locales?|i18n|lang|langs|languages?|translations?|l10n|messages|LC_MESSAGES|intl|strings)/(?:[^/]+/)*?(?:{_LANGUAGES})"
    rf"(?:[-_][A-Za-z]+)?(?:/|\.\w+$)|[._-](?:{_LANGUAGES})(?:[-_][A-Z][A-Za-z]+)?\.(?:ya?ml|json|properties|po|arb|xml|resx|strings|js|ts|md)$"
    rf"|/values-(?:{_LANGUAGES})",
)


def is_in_another_language(path: str) -> bool:
    """True for translations into another language than English, by the code in the path."""
    return _OTHER_LANGUAGE.search(path) is not None


def kind_of(path: str) -> FileKind:
    """How the file at `path` is read, by its extension; a program when that says nothing."""
    name = path.rsplit("/", 1)[-1]
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if extension in _MARKUP:
        return FileKind.MARKUP
    if extension in _DATA or name.startswith(".env"):
        return FileKind.DATA
    if extension in _DOCUMENT or name.upper() in ("README", "INSTALL", "FAQ"):
        return FileKind.DOCUMENT
    return FileKind.PROGRAM


def is_test(path: str) -> bool:
    """True for tests and what they are fed with: their numbers are examples."""
    return _TEST.search(path) is not None


def tells_the_past(path: str) -> bool:
    """True for change logs, release notes and migrations: they were right when they were written."""
    return _PAST.search(path) is not None


def is_foreign(path: str) -> bool:
    """True for what others wrote or a program made."""
    return _FOREIGN.search(path) is not None


def counts(path: str) -> bool:
    """True when copy or code at `path` can contradict another file."""
    return not (is_test(path) or tells_the_past(path) or is_foreign(path) or is_in_another_language(path))
