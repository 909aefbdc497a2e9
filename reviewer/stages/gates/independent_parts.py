"""Independent parts: code files of a change that have nothing to do with each other belong into several changes."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from reviewer.domain.change import Snapshot
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.gate import GateResult
from reviewer.policy import Policy
from reviewer.stages.gates.breadth import code_language, compared, counted_paths

_OF_TESTS = re.compile(r"^(?:test|spec)s?[_.-]|[_.-](?:test|spec)s?$|(?<=[a-z0-9])(?:Tests?|Spec|IT)$")
"""What a test's name has around the name of what it tests."""


def independent_parts(snapshot: Snapshot, policy: Policy, evidence: EvidenceSet) -> GateResult:
    """Stop, when the changed code falls into more parts than allowed.

    Files are one part when one uses, calls or imports a definition of another, bears another's name as tests do, or
    lies in a folder of the same name. A file in between that does not change joins nothing.

    Effect: refuse. Setting: `breadth.max_parts`.
    """
    code = [path for path in counted_paths(snapshot, policy) if code_language(path)]
    parts = joined(code, [*_by_use(evidence), *_alike(code)])
    return compared(
        "independent_parts", [f"that of {part[0]}" for part in parts], policy.breadth.max_parts, "parts"
    )


def joined(paths: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """`paths` in groups that `pairs` hold together; what is paired with a path that is none of them is left out."""
    root = {path: path for path in paths}
    for one, other in pairs:
        if one in root and other in root:
            root[_top(root, one)] = _top(root, other)
    groups: dict[str, list[str]] = {}
    for path in root:
        groups.setdefault(_top(root, path), []).append(path)
    return list(groups.values())


def _top(root: dict[str, str], path: str) -> str:
    while root[path] != path:
        root[path] = root[root[path]]
        path = root[path]
    return path


def _by_use(evidence: EvidenceSet) -> Iterator[tuple[str, str]]:
    for trace in evidence.traces:
        for symbol in (trace.before, trace.after):
            if symbol is not None:
                yield from ((symbol.definition.path, use.quote.path) for use in trace.uses)
    if evidence.reach is not None:
        path_of = {node.id: node.path for node in evidence.reach.nodes}
        yield from ((path_of[edge.caller], path_of[edge.callee]) for edge in evidence.reach.edges)


def _alike(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    by_key: dict[tuple[str, str], list[str]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        by_key.setdefault(("name", subject_of(name)), []).append(path)
        by_key.setdefault(("folder", folder.rpartition("/")[2]), []).append(path)
    for alike in by_key.values():
        yield from pairwise(alike)


def subject_of(name: str) -> str:
    """What a file is about, by its name: `test_cart.py`, `CartTest.java` and `cart.spec.ts` are about `cart`."""
    stem = name.rpartition(".")[0] or name
    return (_OF_TESTS.sub("", stem) or stem).lower().replace("_", "").replace("-", "")
