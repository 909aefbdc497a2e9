"""Probes the source that a change brings, before anything of it is parsed: a stranger may have written it."""

from collections.abc import Iterator

from reviewer.domain.change import Side
from reviewer.domain.text import source_text
from reviewer.errors import RepositoryError
from reviewer.evidence.syntax.languages import grammar_of, tags_of
from reviewer.evidence.syntax.probe import ProbeFailed, Untrusted, probe
from reviewer.evidence.workspace import SUBMODULE_MODE, SYMLINK_MODE, Workspace


def probe_brought(workspace: Workspace) -> str | None:
    """Have every blob with a grammar that only the head has parsed by a process with limits.

    What ends it is not parsed by anybody after that, and each place that would have says so. The sentence, if any,
    tells why nothing could be probed.
    """
    try:
        probe([source for path in _brought(workspace) for source in _sources(path, workspace)])
    except ProbeFailed as error:
        return f"parsed without the limits of a process: {error}"
    return None


def _brought(workspace: Workspace) -> Iterator[str]:
    """Paths of new blobs that have a grammar, each blob once."""
    known = {entry.object_id for entry in workspace.entries(Side.BASE).values()}
    for path, entry in workspace.entries(Side.HEAD).items():
        if entry.object_id in known or entry.mode in (SYMLINK_MODE, SUBMODULE_MODE):
            continue
        if grammar_of(path) or tags_of(path):
            yield path


def _sources(path: str, workspace: Workspace) -> Iterator[Untrusted]:
    """The bytes; and the bytes of the text that is made of them, where that is not the same."""
    try:
        raw = workspace.read(path, Side.HEAD)
    except RepositoryError:
        return  # too large to read, which whoever parses it says
    grammar = grammar_of(path) or tags_of(path, raw)
    if grammar is not None:
        yield from (Untrusted(source, grammar) for source in dict.fromkeys((raw, source_text(raw).encode())))
