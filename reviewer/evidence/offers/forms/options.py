"""Options of command lines: where a program defines them, and where a script, a message or a manual gives them."""

import re
from collections.abc import Iterator

from reviewer.evidence.literals.roles import FileKind
from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source
from reviewer.evidence.syntax.grammars.row import named

_DEFINED = re.compile(
    r"(?:\badd_argument|\bclick\.option|@\w*\.?option|\btyper\.Option|\badd_option|\bOptionGroup\b|\.on"
    r"|\.option|\.requiredOption"
    r"|\bmethod_option|\bclass_option|\boption|@Option|@Parameter|@CommandLine\.Option)\s*[( ]",
)
DEFINITION = re.compile(r"[\"']-{0,2}[\w-]*[a-z][\w -]*[=\[<A-Z]*[^\"']*[\"']|option\b")
"""What a line that defines an option holds."""
_DASHED = re.compile(r"[\"'](?:-\w,?\s+)?--?(?:\[no-\])?(?P<name>[a-z][\w-]{2,})(?=[\"' =<\[,])")
_GO = re.compile(
    r"\.(?:Bool|String|Int|Int64|Uint|Uint64|Duration|Float64|Func|Var|Text|StringSlice|StringArray|Count)"
    r"(?:Var)?P?\(\s*(?:&?[\w.()*]+,\s*)?\"(?P<name>[a-z][\w-]{2,})\"\s*,",
)
_HAS_FLAGS = re.compile(r"\"(?:flag|[\w./-]+/(?:pflag|cobra|cli(?:/v\d)?))\"")
_RUBY_SYMBOL = re.compile(r"^\s*(?:method_|class_)?option[ (]+:(?P<name>[a-z]\w{2,})", re.MULTILINE)
_GIVEN = re.compile(r"(?<![\w/-])--?(?P<name>[a-z][\w-]{2,})(?![\w-]*\()")
_COMMAND = re.compile(
    r"(?:NewFlagSet\(\s*|\bUse:\s*|\.command\(\s*(?:name\s*=\s*)?|\badd_parser\(\s*"
    r"|\.Command\(\s*(?:name\s*=\s*)?)[\"'](?P<name>[\w-]+)"
)
_PROGRAM = re.compile(
    r"(?:\bprog(?:_name)?\s*=\s*|\.name\(\s*|\bbanner\s*=\s*[\"']Usage:\s*)[\"']?(?P<name>[\w.-]+)"
)
_TOKEN = re.compile(r"[\w./@-]+")
_GENERIC = named(
    """
    main cli __main__ index app args options flags cmd command commands arguments run test build start serve init list
    show add get install update src lib bin scripts script tools internal core server config common root
    """
)
"""Words that name a command or a file in most repositories, and so tell nothing."""
_PROGRAMS = named("py rb js ts mjs cjs go java kt rs")
_WINDOW = 240
"""Characters of a definition in which its spellings stand."""


def mentions(source: Source) -> Iterator[Mention]:
    """Definitions belong to their command; who gives an option names the command earlier on the line."""
    if source.extension in _PROGRAMS:
        yield from _defined(source)
    if source.kind is not FileKind.MARKUP:
        yield from _given(source)


def _defined(source: Source) -> Iterator[Mention]:
    if not _DEFINED.search(source.text) and not _GO.search(source.text):
        return
    program = frozenset(word for match in source.find(_PROGRAM) for word in _spellings(match["name"]))
    commands = [(match.start(), match["name"]) for match in source.find(_COMMAND)]
    for name, at in sorted(_definitions(source)):
        nearest = [command for start, command in commands if start < at][-1:]
        owners = frozenset(nearest) - _GENERIC if nearest else _file_names(source.path)
        yield Mention(Role.OFFERS, name, at, scopes=owners | program)


def _definitions(source: Source) -> set[tuple[str, int]]:
    found = set()
    for opening in source.find(_DEFINED):
        window = source.text[opening.end() : opening.end() + _WINDOW]
        window = re.split(r"\n\s*\n|\b(?:help|description|action)\s*[=:]", window)[0]
        if (following := _DEFINED.search(window)) is not None:
            window = window[: following.start()]
        for match in _DASHED.finditer(window):
            found.add((match["name"], opening.end() + match.start("name")))
    for pattern in (_GO, _RUBY_SYMBOL) if _HAS_FLAGS.search(source.text) else (_RUBY_SYMBOL,):
        found |= {(match["name"], match.start("name")) for match in source.find(pattern)}
    return found


def _file_names(path: str) -> frozenset[str]:
    """The file's own name, or its folder's where every program calls the file so."""
    parts = path.split("/")
    stem = parts[-1].rsplit(".", 1)[0]
    if stem in _GENERIC and len(parts) > 1:
        stem = next((part for part in reversed(parts[:-1]) if part not in _GENERIC), stem)
    return _spellings(stem) | {parts[-1]} - {f"{word}.{end}" for word in _GENERIC for end in _PROGRAMS}


def _given(source: Source) -> Iterator[Mention]:
    for match in source.find(_GIVEN, in_strings=True):
        before = _before(source, match.start())
        tokens = frozenset(spelt for token in _TOKEN.findall(before) for spelt in _spellings(token))
        if tokens and not _DEFINED.search(before + " "):
            name = match["name"]
            plain = frozenset({name[3:]}) if name.startswith("no-") else frozenset()
            yield Mention(Role.READS, name, match.start(), scopes=tokens - _GENERIC, others=plain)


def _before(source: Source, at: int) -> str:
    """What stands before the option in its command, in its string, or in its sentence."""
    string = source.string_around(at) if source.extension in _PROGRAMS else None
    if string:
        return source.text[string[0] : at]
    begin = source.text.rfind("\n", 0, at) + 1
    while begin > 1 and source.text[begin - 2] == "\\":
        begin = source.text.rfind("\n", 0, begin - 1) + 1
    before = source.text[begin:at]
    return before if source.kind is FileKind.DOCUMENT else re.split(r"&&|\|\||[|;]", before)[-1]


def _spellings(token: str) -> frozenset[str]:
    """`bin/harvest.rb` is known as `harvest.rb` and `harvest`, `seedbank.cli.ingest` as `ingest` too."""
    name = token.strip("./@-").rsplit("/", 1)[-1]
    return frozenset({name, name.split(".", 1)[0], name.rsplit(".", 1)[-1], name.replace("_", "-")}) - {
        "", "rb", "py", "js", "ts", "go", "sh"
    }  # fmt: skip
