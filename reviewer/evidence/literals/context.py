"""Which code a text belongs to: the same statement, the branch of a condition, the function, the field."""

import re
from enum import Enum

from reviewer.evidence.literals.bound import CodeBound
from reviewer.evidence.literals.document import Document, LineSpan
from reviewer.evidence.literals.roles import FileKind
from reviewer.evidence.literals.words import subject_of

_CONTROL = re.compile(r"^\s*(?:\}\s*)?(?P<word>if|elif|elsif|else\s+if|unless|when|case|guard|else)\b")
_HEADER = re.compile(
    r"^\s*(?:(?:public|private|protected|internal|static|final|abstract|async|export|default|override|suspend|pub)\s+)*"
    r"(?:def|func|fun|function|fn|sub|class|interface|struct|module|impl|object|record|trait|enum|type)\b"
    r"|=>\s*[{(]?\s*$|^\s*(?!(?:\}\s*)?(?:if|for|while|switch|catch|else|try|do|with|unless|until|return|elif|elsif|synchronized)\b)"
    r"[\w<>\[\],.?@\s*&:]+\([^;]*\)[\w\s:,<>\[\]|?.]*\{\s*$"
)
_NAME_OF = re.compile(
    r"\b(?:def|func|fun|function|fn|sub)\s+(?:\([^)]*\)\s*)?(?:self\.)?(\w+[?!]?)|\b(\w+)\s*(?:=\s*(?:async\s*)?)?\([^;]*\)\s*[^;]*(?:\{|=>)"
)
_MAX_UP, _MAX_FUNCTION, _MAX_GROUP = 200, 80, 14
_ASSERTS = re.compile(
    r"\b(?:assert\w*|require|check(?:Argument|State)?|invariant|ensure|must|Assert\.\w+)\s*\(?"
)


def guard_of(doc: Document, line: int) -> tuple[LineSpan, bool] | None:
    """The condition whose branch `line` is in, and whether the branch is the one taken when it holds."""
    indent, at = doc.indent(line), line
    for above in range(line - 1, max(0, line - _MAX_UP), -1):
        width = doc.indent(above)
        if width >= indent:
            continue
        text = doc.skeleton[above - 1]
        if text.strip() in (")", ") {", "):", "{"):
            opened = _opening_line(doc, above)
            text, indent, at = doc.skeleton[opened - 1], width, opened
            span = LineSpan(opened, above)
        else:
            indent, at, span = width, above, LineSpan(above, above)
        match = _CONTROL.match(text)
        if match is None:
            if _HEADER.search(text):
                return None
            continue
        if match["word"] == "else":
            condition = _if_of_else(doc, at, width)
            return (condition, False) if condition else None
        return span, match["word"] not in ("unless", "guard")
    return None


def _opening_line(doc: Document, line: int) -> int:
    at = doc.starts.starts[line - 1] + doc.indent(line)
    pair = next((pair for pair in doc.groups if pair[1] == at), None)
    return doc.line_of(pair[0]) if pair else line


def _if_of_else(doc: Document, line: int, width: int) -> LineSpan | None:
    for above in range(line - 1, max(0, line - _MAX_FUNCTION), -1):
        match = _CONTROL.match(doc.skeleton[above - 1]) if doc.indent(above) == width else None
        if match and match["word"] != "else":
            return LineSpan(above, above) if match["word"] == "if" else None
        if doc.indent(above) < width:
            return None
    return None


def function_of(doc: Document, line: int) -> tuple[LineSpan, str] | None:
    """The function around `line` and its name; None outside of one."""
    if doc.kind is not FileKind.PROGRAM:
        return None
    indent = doc.indent(line)
    header = line if indent < 10_000 and _is_function(doc, line) else 0
    for above in range(line - 1, max(0, line - _MAX_UP), -1):
        if header:
            break
        width = doc.indent(above)
        if width < indent:
            indent = width
            header = above if _is_function(doc, above) else 0
            if not header and re.match(
                r"\s*(?:\w+ )*(?:class|module|struct|interface)\b", doc.skeleton[above - 1]
            ):
                return None
    if not header:
        return None
    return LineSpan(header, _end_of(doc, header)), name_of_function(doc, header)


def _is_function(doc: Document, line: int) -> bool:
    text = doc.skeleton[line - 1]
    return _HEADER.search(text) is not None and not re.match(
        r"\s*(?:[\w]+ )*(?:class|interface|struct|module|impl|trait|enum|type)\b", text
    )


def name_of_function(doc: Document, line: int) -> str:
    """The name a header line gives; empty for an anonymous function."""
    match = _NAME_OF.search(doc.skeleton[line - 1])
    return (match.group(1) or match.group(2) or "") if match else ""


def _end_of(doc: Document, header: int) -> int:
    width, last = doc.indent(header), header
    for below in range(header + 1, min(len(doc.lines), header + _MAX_FUNCTION) + 1):
        indent = doc.indent(below)
        if indent == 10_000:
            continue
        if indent < width or (indent == width and not re.match(r"\s*[)\]}]", doc.skeleton[below - 1])):
            break
        last = below
    return last


class Tie(Enum):
    """How a text belongs to a limit."""

    NONE = "none"
    WHEN_TRUE = "when true"
    """The text is shown when the comparison holds."""
    WHEN_FALSE = "when false"
    PLAIN = "plain"
    """One statement, and which way round cannot be told or does not matter."""


def tie_of(doc: Document, line: int, bound: CodeBound, text_at: int) -> Tie:
    """How a limit on `line` and the text at character `text_at` belong together."""
    text_line = doc.line_of(text_at)
    bound_at = doc.starts.starts[line - 1] + bound.start
    if _is_one_element(doc, bound, bound_at, text_at):
        shown = _polarity(doc, line, bound_at, text_at)
        return Tie.PLAIN if shown is None else Tie.WHEN_TRUE if shown else Tie.WHEN_FALSE
    guard = guard_of(doc, text_line)
    if guard and line in guard[0]:
        return Tie.WHEN_TRUE if guard[1] else Tie.WHEN_FALSE
    return Tie.NONE


def _is_one_element(doc: Document, bound: CodeBound, bound_at: int, text_at: int) -> bool:
    common = next((pair for pair in doc.groups_around(text_at) if pair[0] < bound_at < pair[1]), None)
    low, high = sorted((bound_at, text_at))
    between = doc.text[low:high]
    if common is None:
        return "\n" not in between and doc.kind is not FileKind.DOCUMENT
    first, last = doc.line_of(common[0]), doc.line_of(common[1])
    if last - first > _MAX_GROUP or _is_block(doc, common[0]):
        return "\n" not in between and ";" not in between
    if bound.name and doc.text[: common[0]].endswith(bound.name):
        return True
    start = _element_start(doc, common[0], bound_at)
    if _element_start(doc, common[0], text_at) == start:
        return True
    key = re.match(r"\s*[\"':@]?([\w$.-]+)", doc.text[start:])
    inner = re.match(
        r"\s*[\"':@]?[\w$.-]+[\"']?\s*(?:=>|[:=])\s*[\[{(]?\s*[\"':]?([\w$-]+)", doc.text[start:]
    )
    names = {match.group(1) for match in (key, inner) if match}
    return bool(names & {bound.name, "length", "validators", "minlength", "maxlength"}) and bool(bound.name)


def _is_block(doc: Document, opening: int) -> bool:
    """True for braces around statements."""
    if doc.text[opening] != "{":
        return False
    before = doc.text[max(0, opening - 60) : opening].rstrip()
    return before.endswith((")", "=>", "else", "try", "do", "finally")) or bool(
        re.search(r"\b(?:class|interface|struct|enum|module|namespace)\b[^\n]*$", before)
    )


def _element_start(doc: Document, opening: int, at: int) -> int:
    """Where the comma-separated element that `at` is in begins."""
    skeleton = doc.flat
    depth, start = 0, opening + 1
    for position in range(opening + 1, min(at, len(skeleton))):
        character = skeleton[position]
        depth += (character in "([{") - (character in ")]}")
        if depth == 0 and character in ",;":
            start = position + 1
    return start


def _polarity(doc: Document, line: int, bound_at: int, text_at: int) -> bool | None:  # noqa: PLR0911 - a list of cases, one return each
    text = doc.code[line - 1]
    low, high = sorted((bound_at, text_at))
    between = doc.flat[low:high]
    if _ASSERTS.search(text[: bound_at - doc.starts.starts[line - 1]]):
        return False
    if text_at < bound_at:
        if re.search(r"\bunless\b", between):
            return False
        return True if re.search(r"\bif\b", between) and not re.search(r"\belse\b", between) else None
    if "||" in between or re.search(r"\bor\b", between):
        return False
    if "?" in between:
        return ":" not in between.split("?", 1)[1]
    if re.search(r"^\s*(?:\}?\s*else\s+)?if\b", text) or "&&" in between:
        return True
    return None


_REFUSES = re.compile(
    r"\b(?:raise|throw|throws|error|errors|Error|fail|invalid|reject|abort|return\s+(?:false|False|err)|panic|flash|too_\w+|too[A-Z]\w+"
    r"|warn|alert|fatal|exit)\b|Error\b|Exception\b"
)
_ACCEPTS = re.compile(
    r"\b(?:return\s+(?:true|True|nil|None|null|undefined|;)|return\s*;|resolve|pass|valid)\b"
)
_BAD_NAME = re.compile(
    r"too_|too[A-Z]|short|long|exceed|over|invalid|bad|under|expired|refuse|reject|large|big", re.IGNORECASE
)


def refusal(doc: Document, line: int) -> bool | None:  # noqa: PLR0911 - a list of cases, one return each
    """Whether a comparison on `line` being true means refusal; None where the code does not say."""
    text = doc.code[line - 1]
    if _ASSERTS.search(text):
        return False
    if re.search(r"\b(?:return|=)\s", text) or not _CONTROL.match(text):
        function = function_of(doc, line)
        if _REFUSES.search(text) and re.search(r"\bif\b", text):
            return True
        named = bool(_BAD_NAME.search(function[1])) if function else False
        if re.search(r"\breturn\b|=>", text) or (function and line == function[0].last - 1):
            return named
        return True if named else None
    body = [*doc.code[line - 1 : line + 3]]
    body[0] = re.sub(r"^\s*(?:\}?\s*else\s+)?\w+\s*\(?[^{:]*[{:)]?", "", body[0], count=1)
    for part in body:
        if _REFUSES.search(part):
            return not re.match(r"\s*unless\b", text)
        if _ACCEPTS.search(part):
            return False
    return None


_FIELD = (
    re.compile(r"\b(?:validates?(?:_\w+)?|validate|attribute|field|param|requires|optional)\s*\(?\s*:(\w+)"),
    re.compile(r"\b(?:[Cc]olumn|[Ff]ield|prop)\(\s*[\"'](\w+)[\"']"),
    re.compile(r"^\s*(?:export\s+|const\s+|let\s+|var\s+|final\s+|val\s+|readonly\s+)*[\"':]?([A-Za-z_][\w-]*)[\"']?\??\s*(?::=|=>|[:=])(?!=)"),
    re.compile(r"\b(?:name|id|for|formControlName|v-model|ng-model|register|htmlFor)\s*[=(]\s*[\"'{(]*([\w.-]+)"),
    re.compile(r"\bf\.\w+_?(?:field|area|input)?\s*\(?\s*:(\w+)"),
    re.compile(r"^\s*([A-Z]\w*)\s+[\w.*\[\]]+\s+[`\"]"),
    re.compile(r"(?:th:field|asp-for|path)=[\"'](?:\*\{)?(\w+)"),
    re.compile(r"\b(?:body|check|query|param)\(\s*[\"'](\w+)[\"']"),
)  # fmt: skip


_ANNOTATIONS = re.compile(r"^(?:\s*@\w+(?:\((?:[^()\"]|\"[^\"]*\")*\))?)+")


def fields_on(doc: Document, line: int) -> frozenset[str]:
    """Words of the fields that a line is about: what it assigns, validates, names or shows."""
    text = doc.code[line - 1] if 0 < line <= len(doc.code) else ""
    found = [match.group(1) for pattern in _FIELD if (match := pattern.search(text))]
    declared = _ANNOTATIONS.sub("", text)
    if text.lstrip().startswith("@") and declared.strip():
        name = re.search(r"(\w+)\s*(?:;|=|,|\)|$)", declared)
        found += [name.group(1)] if name else []
    elif text.lstrip().startswith("@"):
        below = next(
            (
                part
                for part in doc.code[line : line + 6]
                if part.strip() and not part.lstrip().startswith("@")
            ),
            "",
        )
        name = re.search(r"(\w+)\s*(?:;|=|,|\)|$)", below)
        found += [name.group(1)] if name else []
    return subject_of(*found)


def subject_at(doc: Document, line: int, bound: CodeBound) -> frozenset[str]:
    """What a limit is about: its own words, else the fields of its line, else those of the groups around it."""
    own = bound.subject | (fields_on(doc, line) if not bound.subject else frozenset())
    if own:
        return own
    if found := _fields_above(doc, line):
        return found
    if doc.kind is not FileKind.PROGRAM:
        for near in [
            at
            for distance in (1, 2, 3)
            for at in (line - distance, line + distance)
            if 0 < at <= len(doc.lines)
        ]:
            if found := fields_on(doc, near):
                return found
    function = function_of(doc, line)
    return subject_of(function[1]) if function else frozenset()


def _fields_above(doc: Document, line: int) -> frozenset[str]:
    """The fields of the nearest line above that the line is part of: the head of a chain, a call or an object."""
    indent = doc.indent(line)
    for above in range(line - 1, max(0, line - _MAX_GROUP), -1):
        width = doc.indent(above)
        if width >= indent:
            continue
        text = doc.skeleton[above - 1]
        if _HEADER.search(text) or _CONTROL.match(text):
            return frozenset()
        indent = width
        if found := fields_on(doc, above):
            return found
    return frozenset()
