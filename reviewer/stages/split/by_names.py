"""Ties by definitions: a new one before its uses, one that goes after what stops using it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reviewer.domain.change import Side
from reviewer.domain.split_plan import SplitReason
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.stages.split.reading import ChangedCode, Reading
from reviewer.stages.split.tie import Tie

_ONE_NAMESPACE_A_FOLDER = ("go", "java")
"""Languages in which two files of a folder cannot define one name."""
_SHORTEST_NAME = 3

Defined = tuple[Reading, Definition, str]
"""A file, a definition in it, and the unit that adds or deletes it."""


def ties(code: ChangedCode) -> Iterator[Tie]:
    """Ties between changed definitions and the changed lines that name them.

    A name is known by its word, and counts where the file can see the definition: by an import, a folder or, for
    members, by naming the class. Where several files define the name, a file means its own, or the only one it sees.
    """
    new = _by_name(code, Side.HEAD)
    gone = _by_name(code, Side.BASE)
    for name, defined in new.items():
        for user, one in _uses(code, name, defined, Side.HEAD, moved=name in gone):
            yield from _use_ties(code, user, *one, Side.HEAD)
    for name, defined in gone.items():
        for user, one in _uses(code, name, defined, Side.BASE, moved=name in new):
            yield from _use_ties(code, user, *one, Side.BASE)
        for one in defined:
            for other in new.get(name, ()):
                if one[1].qualified_name == other[1].qualified_name:
                    yield from _moved(code, one, other)


def _by_name(code: ChangedCode, side: Side) -> dict[tuple[str, str], list[Defined]]:
    """New or gone definitions by family of languages and name."""
    by_name: dict[tuple[str, str], list[Defined]] = defaultdict(list)
    for file in code.files:
        for found, unit in file.new_definitions if side is Side.HEAD else file.gone_definitions:
            if len(found.name) >= _SHORTEST_NAME and not found.name.startswith("__"):
                by_name[file.family, found.name].append((file, found, unit))
    return by_name


def _uses(
    code: ChangedCode, key: tuple[str, str], defined: Sequence[Defined], side: Side, *, moved: bool
) -> Iterator[tuple[Reading, Defined]]:
    """Files whose changed lines name what they see; one that used the name before means something else by it."""
    family, name = key
    for file in code.naming(name, side):
        if file.family != family:
            continue
        meant = [one for one in defined if one[0] is file]
        if not meant and not (side is Side.HEAD and not moved and file.uses(name, Side.BASE)):
            meant = [one for one in defined if _sees(file, one[0], one[1], side)]
        if len({one[0].change.path for one in meant}) == 1:
            yield from ((file, one) for one in meant)


def _use_ties(
    code: ChangedCode, user: Reading, file: Reading, found: Definition, unit: str, side: Side
) -> Iterator[Tie]:
    """What is new before its uses, what goes after them."""
    for other, line in user.changed_words(side)[found.name].items():
        if other == unit:
            continue
        quotes = code.quote(user, side, line)
        if side is Side.HEAD:
            text = f"{user.change.path} uses {found.qualified_name}, new in {file.change.path}"
            yield Tie(unit, other, SplitReason(text=text, quotes=quotes))
        else:
            text = f"{user.change.path} uses {found.qualified_name}, gone from {file.change.path}, no more"
            yield Tie(other, unit, SplitReason(text=text, quotes=quotes))


def _moved(code: ChangedCode, one: Defined, other: Defined) -> Iterator[Tie]:
    """The new place before the old one goes; at once where both cannot stand."""
    old, definition, gone = one
    new, found, added = other
    if old is new or added == gone:
        return
    same_folder = old.folder(Side.BASE) == new.folder(Side.HEAD)
    text = f"{definition.qualified_name} moves from {old.change.path_at_base} to {new.change.path}"
    reason = SplitReason(text=text, quotes=code.quote(new, Side.HEAD, found.first_line))
    together = same_folder and new.family in _ONE_NAMESPACE_A_FOLDER
    yield Tie(added, gone, reason, together=together)


def _sees(user: Reading, owner: Reading, found: Definition, side: Side) -> bool:
    """True when the file `user` can mean the definition of `owner` by its name."""
    words = user.words_after if side is Side.HEAD else user.words_before
    if found.owner is not None and found.owner.rsplit(".", 1)[-1] not in words:
        return False
    parsed = user.parsed(side)
    if not isinstance(parsed, SourceFile) or user.family == "ruby":
        return True
    same_folder = user.folder(side) == owner.folder(side)
    if user.family in _ONE_NAMESPACE_A_FOLDER and same_folder:
        return True
    path = owner.change.path if side is Side.HEAD else owner.change.path_at_base
    wanted = {_module_name(path, user.family), (found.owner or found.name).split(".")[0]}
    return any(
        {_last(taken.module), taken.name} & wanted or (taken.name == "*" and not same_folder)
        for taken in parsed.imports
    )


def _module_name(path: str, family: str) -> str:
    """What an import calls the file: its stem, or its folder where that is the module."""
    parts = path.split("/")
    stem = parts[-1].split(".")[0]
    is_folder = family == "go" or stem in ("__init__", "index")
    return parts[-2] if is_folder and len(parts) > 1 else stem


def _last(module: str) -> str:
    name = module.rstrip("/").rsplit("/", 1)[-1]
    for ending in (".js", ".ts", ".jsx", ".tsx", ".mjs", ".cjs"):
        name = name.removesuffix(ending)
    return name.rsplit(".", 1)[-1]
