from collections.abc import Callable, Mapping

import pytest

from reviewer.domain.change import Revisions, Side
from reviewer.evidence.flow.call_graph import CallGraph, call_graph, label
from reviewer.evidence.flow.program import Program
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.workspace import Workspace
from reviewer.testing.memory_git import MemoryGit


def _program(files: Mapping[str, str]) -> Program:
    repo = MemoryGit()
    commit = repo.commit(files)
    workspace = Workspace(repo, Revisions(base=commit, merge_base=commit, head=commit))
    return Program(Codebase(workspace, Side.HEAD))


def graph_of(files: Mapping[str, str]) -> CallGraph:
    return call_graph(_program(files), files)


@pytest.fixture
def calls() -> Callable[[Mapping[str, str]], set[tuple[str, str]]]:
    """Caller and callee of each call; making an object counts as a call of its constructor alone."""

    def edges(files: Mapping[str, str]) -> set[tuple[str, str]]:
        graph = graph_of(files)
        assert graph.complete
        return {(label(edge.caller), label(edge.callee)) for edge in graph.edges if edge.how != "make"}

    return edges


@pytest.fixture
def program_of() -> Callable[[Mapping[str, str]], Program]:
    """The files as the one commit of a repository."""
    return _program
