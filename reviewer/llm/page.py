"""Pages: the markdown files that tell a model its one question, with the little that code must know about them."""

from enum import StrEnum
from functools import cached_property
from importlib.resources import files

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from reviewer.domain.value import Value, digest_bytes
from reviewer.errors import ConfigError

FENCE = "---\n"


class Sight(StrEnum):
    """Whether the reader of a page may see what people say about the change."""

    BLIND = "blind"
    """Never sees title, body, commit messages, author or comments."""
    SIGHTED = "sighted"
    """Sees them as data behind a boundary; may only tighten."""


class Page(Value):
    """One page, as read."""

    name: str
    version: int
    sight: Sight
    question: str
    """The one question, in a sentence."""
    text: str
    """The markdown below the front matter."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything that reaches the model or decides what it sees."""
        fields = (self.name, str(self.version), self.sight, self.question, self.text)
        return digest_bytes("\0".join(fields).encode())


def parse_page(text: str, *, file: str) -> Page:
    """The page in `text`: YAML front matter between two `---` lines, then markdown; `ConfigError` otherwise."""
    if not text.startswith(FENCE) or FENCE not in text[len(FENCE) :]:
        raise ConfigError("a page starts with front matter between two lines of `---`", file=file)
    front, body = text[len(FENCE) :].split(FENCE, 1)
    try:
        fields = YAML(typ="safe").load(front)
        if not isinstance(fields, dict):
            raise ConfigError("front matter is a mapping: name, version, sight, question", file=file)
        page = Page(**fields, text=body.strip() + "\n")
    except (YAMLError, ValidationError, TypeError) as error:
        raise ConfigError(f"front matter: {error}", file=file) from error
    if not body.strip():
        raise ConfigError(f"page {page.name} has no text", file=file)
    return page


def shipped_page(package: str, name: str) -> Page:
    """The page `pages/<name>.md` that is shipped inside `package`."""
    source = files(package) / "pages" / f"{name}.md"
    page = parse_page(source.read_text(encoding="utf-8"), file=f"{package}/pages/{name}.md")
    if page.name != name:
        raise ConfigError(f"the page calls itself {page.name!r}, its file {name!r}", file=f"pages/{name}.md")
    return page
