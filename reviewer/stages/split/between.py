"""Looks at files as they are between two parts: what parsed before and after must parse there too."""

from collections.abc import Collection, Iterator, Sequence

from reviewer.domain.change import FileChange, Side
from reviewer.errors import ReviewerError
from reviewer.evidence.syntax.languages import grammar_of, tags_of
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.syntax.tagged_file import TaggedFile
from reviewer.evidence.workspace import Workspace
from reviewer.stages.split.pieces import joined, state_with
from reviewer.stages.split.reading import ChangedCode


def broken_between(parts: Sequence[Collection[str]], cut: Collection[str], code: ChangedCode) -> set[str]:
    """Paths of `cut` that would not parse after one of the parts, or cannot be made there at all."""
    return {path for path in cut if not _always_parses(code.by_path[path].change, parts, code)}


def _always_parses(file: FileChange, parts: Sequence[Collection[str]], code: ChangedCode) -> bool:
    reading = code.by_path[file.path]
    sides = (reading.old, reading.new)
    if any(side is None for side in sides):
        return grammar_of(file.path) is None and tags_of(file.path) is None
    if any(side is not None and side.partial for side in sides):
        return True  # it was not understood before or after, so nothing can be told in between
    try:
        return all(parses(file.path, content) for content in _contents(file, parts, code.workspace))
    except ReviewerError:
        return False


def parses(path: str, content: bytes) -> bool:
    """True when the file is understood whole, or no grammar reads it."""
    if tags := tags_of(path, content):
        return TaggedFile(path, content, tags).partial is None
    grammar = grammar_of(path)
    return grammar is None or SourceFile(path, content, grammar).partial is None


def _contents(file: FileChange, parts: Sequence[Collection[str]], workspace: Workspace) -> Iterator[bytes]:
    """What the file is after each part that leaves it half-way."""
    done: set[str] = set()
    own = {unit.id for unit in file.units}
    for part in parts:
        more = own & set(part)
        done |= more
        state = state_with(file, done)
        if more and state.pieces:
            yield content_of(file, done, workspace)


def content_of(file: FileChange, units: Collection[str], workspace: Workspace) -> bytes:
    """The file's content when `units` of it are merged, and it is made of pieces."""
    state = state_with(file, units)
    base = workspace.read(file.path_at_base, Side.BASE)
    head = workspace.read(file.path, Side.HEAD)
    return joined(state.pieces, base=base, head=head)
