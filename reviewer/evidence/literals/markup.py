"""Words that people see in a template: HTML, ERB, Jinja, Handlebars, Vue and their kin."""

import re
from collections.abc import Iterator

from reviewer.evidence.literals.piece import LineStarts, Piece, PieceKind

# What may be left open is bounded: `{{{{…` would be looked through to its end at each brace.
_HIDDEN = re.compile(
    r"<!--[\s\S]*?(?:-->|\Z)|\{#[\s\S]*?(?:#\}|\Z)|\{\{!(?:--)?[\s\S]{0,5000}?\}\}"
    r"|<%#[\s\S]{0,5000}?%>|\{%\s{0,9}comment\s{0,9}%\}[\s\S]{0,5000}?endcomment\s{0,9}%\}"
    r"|<style\b[\s\S]*?(?:</style>|\Z)"
)
_SCRIPT = re.compile(r"<script\b[\s\S]*?(?:</script>|\Z)", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:b|i|em|strong|span|code|small|u|mark|a|kbd|abbr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"<%[\s\S]{0,2000}?%>|\{%[\s\S]{0,2000}?%\}|\{\{[\s\S]{0,2000}?\}\}"
    r"|<(?:[^<>\"'%]|\"[^\"]{0,2000}\"|'[^']{0,2000}'){0,2000}>|<[^<>]*>"
)
_SEEN = re.compile(
    r"\b(?:placeholder|title|alt|aria-label|aria-description|label|hint|help|help-text|helper-text|data-error|data-message"
    r"|error-message|message)\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"(?P<a>[^\"\n]*)\"|'(?P<b>[^'\n]*)'")
_HAML_TEXT = re.compile(
    r"^\s*(?:[%.#][\w.#:-]+(?:\{[^}]*\}|\([^)]*\))?\s+)?(?P<text>[A-Z][^=\n]*)$", re.MULTILINE
)


def without_comments(text: str) -> str:
    """The template with comments and styles blanked; every character keeps its place."""
    return _HIDDEN.sub(lambda match: blank(match.group()), text)


def blank(text: str) -> str:
    """As many spaces and line feeds."""
    return re.sub(r"[^\n]", " ", text)


def markup_pieces(path: str, text: str, lines: LineStarts) -> Iterator[Piece]:
    """Words between tags, attributes that people see, and strings within template tags."""
    seen = without_comments(text)
    if path.endswith((".haml", ".slim", ".pug")):
        for match in _HAML_TEXT.finditer(seen):
            yield _piece(match["text"], match.start("text"), lines)
        return
    body = _SCRIPT.sub(lambda match: blank(match.group()), seen)
    for script in _SCRIPT.finditer(seen):
        yield from _strings(script.group(), script.start(), lines)
    yield from _between_tags(body, lines)
    for tag in _TAG.finditer(body):
        inside = _strings(tag.group(), tag.start(), lines) if tag.group()[1:2] in "%{" else ()
        yield from inside or ()
        for match in _SEEN.finditer(tag.group()):
            group = "a" if match["a"] is not None else "b"
            yield _piece(match[group], tag.start() + match.start(group), lines)


def _between_tags(body: str, lines: LineStarts) -> Iterator[Piece]:
    flat = _INLINE.sub(lambda match: blank(match.group()), body)
    at = 0
    for tag in [*_TAG.finditer(flat), None]:
        end = tag.start() if tag else len(flat)
        for run in re.finditer(r"\S(?:[^\n]|\n(?!\s*\n))*", flat[at:end]):
            yield _piece(run.group(), at + run.start(), lines)
        at = tag.end() if tag else end


def _strings(source: str, offset: int, lines: LineStarts) -> Iterator[Piece]:
    for match in _QUOTED.finditer(source):
        group = "a" if match["a"] is not None else "b"
        if match[group].strip():
            yield _piece(match[group], offset + match.start(group), lines)


def _piece(text: str, start: int, lines: LineStarts) -> Piece:
    kept = text.rstrip()
    end = start + len(kept)
    shown = " ".join(kept.split())
    return Piece(PieceKind.MARKUP, shown, start, end, lines.line(start), lines.line(max(start, end - 1)))
