"""Calls of the method above by `super(…)`, which do not write its name: Ruby, and constructors of Java."""

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import QueryCursor

from reviewer.domain.evidence import CallShape, Parameters
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.trace.meanings import Meanings

_QUERIES = {
    "ruby": "(call method: (super) @super arguments: (_) @arguments)\n((super) @super)",
    "java": "(explicit_constructor_invocation constructor: (super) @super arguments: (_) @arguments)",
}


@dataclass(frozen=True)
class SuperCall:
    """A call of what is above."""

    start: int
    call: CallShape


def super_calls(file: SourceFile, target: Target, meanings: Meanings) -> Iterator[SuperCall]:
    """Those of `file` that run the target; ordered by place."""
    text = _QUERIES.get(file.grammar.language)
    if text is None or target.definition.owner is None or not _may_be_called(target):
        return
    if b"super" not in file.source or (target.family == "ruby" and target.name.encode() not in file.source):
        return
    found: dict[int, CallShape | None] = {}
    for _, captures in QueryCursor(file.grammar.compile(text)).matches(file.root):
        start = captures["super"][0].start_byte
        around = file.inside(start)
        if around is None or around.owner is None or not _overrides(around, target):
            continue
        if "arguments" in captures:
            found[start] = file.grammar.call_shape(captures["arguments"][0])
        else:
            found.setdefault(start, _passed_on(around.parameters))
    for start, call in sorted(found.items()):
        around = file.inside(start)
        if call is not None and around is not None and _runs(file, around, target, meanings):
            yield SuperCall(start, call)


def _may_be_called(target: Target) -> bool:
    owner = (target.definition.owner or "").rsplit(".", 1)[-1]
    return target.family == "ruby" or target.name == owner


def _overrides(around: Definition, target: Target) -> bool:
    if target.family == "ruby":
        return around.name == target.name
    return around.name == (around.owner or "").rsplit(".", 1)[-1]


def _passed_on(parameters: Parameters | None) -> CallShape | None:
    """What `super` without a list passes: the method's own arguments; None where their number is open."""
    names = (*parameters.required, *parameters.optional) if parameters is not None else ()
    if parameters is None or parameters.positional_limit != len(names):
        return None
    return CallShape(positional=len(names), keywords=(), unpacks=False)


def _runs(file: SourceFile, around: Definition, target: Target, meanings: Meanings) -> bool:
    """True when the first class above the one around that has the method is the target's."""
    cls = file.definition(around.owner or "")
    scope = meanings.scope_at(file.path, cls.start, cls.end, cls.name) if cls is not None else None
    if scope is None:
        return False
    order = meanings.solver.classes.settled_ancestors(scope)
    above = order[order.index(scope) + 1 :] if scope in order else []
    for one in above:
        source = one.file.source
        if source.path == target.path and one.qualified_name == target.definition.owner:
            return True
        name = target.name if target.family == "ruby" else one.name
        if target.family != "ruby" or source.definition(f"{one.qualified_name}.{name}") is not None:
            return False
    return False
