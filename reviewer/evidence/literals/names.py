"""Names that lead from one place to the next: calls, constants, keys of messages, bindings."""

import re
from collections.abc import Iterator

from reviewer.evidence.literals.document import Document, LineSpan
from reviewer.evidence.literals.piece import Piece, PieceKind
from reviewer.evidence.literals.roles import FileKind
from reviewer.evidence.syntax.grammars.row import named

_CALL = re.compile(r"(?<![\w@#])(?:[\w$]+(?:\.|::|->|\?\.))*([A-Za-z_]\w{3,}[?!]?)\s*\(")
_BARE_CALL = re.compile(
    r"\b(?:if|unless|elif|elsif|not|!|return)\s+(?:not\s+|!)?(?:[\w@]+\.)*([a-z_]\w{3,}[?!]?)(?=\s*(?:$|\)|\{|:|&&|\|\||and\b|or\b|[a-z(]))"
)
_UPPER = re.compile(
    r"(?<![\w.\"'])(?:[A-Za-z_]\w*(?:\.|::))*([A-Z][A-Z\d]*(?:_[A-Z\d]+)+|[A-Z]{4,})\b(?!\s*\()"
)
_USUAL = named(
    """
    function keys values items class const interface import export
    isinstance print format join split strip append extend push length size range super require include
    includes assert errorsadd raise throw return validationerror valueerror error errors printf sprintf
    errorf fatalf println string number boolean object array parseint parsefloat setstate usestate
    useeffect gettext ngettext gettext_lazy translate trans test describe expect getmessage
    formatmessage tostring valueof equals map filter reduce foreach strlen count redirect render
    response json flash status send jsonify abort illegalargumentexception runecountinstring errorsnew
    newerror badrequest trim tolower toupper lower upper encode decode
    """
)  # fmt: skip
_KEYLIKE = re.compile(r"^:?\.?[A-Za-z_][\w-]*(?:[.:][\w-]+)*$")
_ASKS = re.compile(
    r"(?:\b(?:t|tc|te|I18n\.t|i18n\.t|I18n\.translate|i18n|\$t|translate|translation|trans|gettext|_|__|getMessage"
    r"|getString|formatMessage|intl|localize|L|msg|message|lookup|Trans|rejectValue|reject|add|code|messages?|MessageSource|i18nKey|T|tr|Tr)\b"
    r"[\w.$]*\s*[(\[=: ]+\s*(?:\w+\s*:\s*|\w+,\s*|[\"'][\w.]+[\"'],\s*)?[\"'{:]*$)"
)
_SYMBOL_KEY = re.compile(
    r"(?:\b(?:t|I18n\.t|translate|I18n\.translate)\s*\(?\s*|\berrors\.add\s*\(?\s*:\w+\s*,\s*):([a-z_]\w+)"
)
_BINDING = re.compile(
    r"(?:^|[\s,{(])(?:[A-Za-z_]\w*\.)*[\"':]?([A-Za-z_$][\w$-]{2,})[\"']?\s*(?::\s*[\w<>\[\].]+\s*)?(?:=>|:=|[=:])\s*(?:[\w.]*\(\s*)?[frbu]*$"
)
_NO_BINDING = named(
    """
    message help_text text label title description placeholder error errors default return msg hint
    value name content verbose_name reason detail details body format else key children
    """
)  # fmt: skip


def calls_on(doc: Document, lines: LineSpan) -> list[str]:
    """Functions of ours that the lines may call, each once."""
    text = "\n".join(doc.skeleton[lines.first - 1 : lines.last])
    found = [match.group(1) for pattern in (_CALL, _BARE_CALL) for match in pattern.finditer(text)]
    return [name for name in dict.fromkeys(found) if name.lower().rstrip("?!") not in _USUAL]


def constants_on(doc: Document, lines: LineSpan) -> list[str]:
    """Upper-case names on the lines, each once."""
    text = "\n".join(doc.skeleton[lines.first - 1 : lines.last])
    return list(dict.fromkeys(match.group(1) for match in _UPPER.finditer(text)))


def binding_of(doc: Document, piece: Piece) -> str:
    """The name that a string is given to, where it is one that others may ask for; else empty."""
    before = doc.text[max(0, piece.start - 120) : piece.start]
    match = _BINDING.search(before)
    name = match.group(1) if match else ""
    return "" if name.lower() in _NO_BINDING or len(name) < 4 else name


def asked_keys(doc: Document, lines: LineSpan) -> Iterator[tuple[str, int, int]]:
    """Keys of messages that the lines ask for: key, line, place."""
    for piece in doc.pieces:
        if piece.first_line not in lines or piece.kind in (PieceKind.ENTRY, PieceKind.DOCUMENT):
            continue
        text = piece.text.strip("{}: ")
        if not _KEYLIKE.match(text) or len(text) < 4:
            continue
        before = doc.text[max(0, piece.start - 80) : piece.start + 1]
        dotted = re.search(r"[a-z]\.[a-z]", text) is not None and not re.search(
            r"\.(?:js|ts|css|html|py|rb|json|png|svg|yml)$", text
        )
        if dotted or _ASKS.search(before.rstrip("\"'`")):
            yield text.lstrip("."), piece.first_line, piece.start
    for number in range(lines.first, min(lines.last, len(doc.lines)) + 1):
        for match in _SYMBOL_KEY.finditer(doc.code[number - 1]):
            yield match.group(1), number, doc.starts.starts[number - 1] + match.start(1)


def key_words(key: str) -> list[str]:
    """What code may ask for to get the entry of `key`: the whole, without its first part (a locale), its ends."""
    if " " in key:
        return [key] if len(key) < 200 else []
    parts = [part for part in key.split(".") if part]
    words = [".".join(parts[at:]) for at in range(len(parts))]
    return list(dict.fromkeys(word for word in words if len(word) > 3))


def asks_for(asked: str, key: str) -> bool:
    """True when `asked` is the key of an entry, or its end from a dot on."""
    asked = asked.replace(":", ".").lstrip(".")
    return key == asked or key.endswith(f".{asked}")


def defines_function(name: str, text: str) -> bool:
    """True when a line of code begins the definition of a function `name`."""
    word = re.escape(name)
    return (
        re.search(
            rf"\b(?:def|func|function|fn|fun|sub)\b[^=\"']*?(?<![\w.]){word}(?![\w])|\bdef self\.{word}(?!\w)"
            rf"|(?<![\w.]){word}\s*[=:]\s*(?:async\s*)?(?:function\b|\([^)]*\)[^=]*=>|\w+\s*=>|lambda\b)"
            rf"|^\s*(?:[\w<>\[\],@]+\s+)+{word}\s*\([^;]*\)\s*(?:throws\s[\w, .]+)?\{{?\s*$"
            rf"|^\s*(?:async\s+|static\s+)*{word}\s*\([^;]*\)[^;]*\{{\s*$",
            text,
        )
        is not None
        and re.search(rf"\b(?:return|new|await|throw|if|else)\s+{word}", text) is None
    )


def asks_on_line(doc: Document, line: int, key: str) -> bool:
    """True when a string, symbol or word on the line is the key or ends it."""
    text = doc.lines[line - 1]
    if doc.kind is FileKind.DATA:
        return False
    for match in re.finditer(rf"[\w.:-]*{re.escape(key)}(?![\w-])", text):
        if asks_for(match.group().lstrip(":"), key) or asks_for(
            key, match.group().lstrip(":.").replace(":", ".")
        ):
            before = text[match.start() - 1 : match.start()] + match.group()[:1]
            if any(mark in before for mark in "\"'`:{."):
                return True
    return " " in key and key in text


def may_hold(text: str) -> bool:
    """True when a line with the field's name may begin or hold a limit."""
    return re.search(r"\d|[<>]|[A-Z]_[A-Z]|=|:|\w\s+\w+;\s*$", text) is not None and len(text) < 1000
