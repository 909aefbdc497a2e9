"""The call graph is a function of the files alone: neither hash seeds nor addresses decide anything."""

import subprocess
import sys
from pathlib import Path

import pytest

_PROGRAM = """
import sys
from pathlib import Path
from reviewer.domain.change import Revisions, Side
from reviewer.evidence.flow.call_graph import call_graph, label
from reviewer.evidence.flow.program import Program
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.workspace import Workspace
from reviewer.testing.memory_git import MemoryGit

root, steps = Path(sys.argv[1]), int(sys.argv[2])
git = MemoryGit()
sha = git.commit({str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()})
code = Codebase(Workspace(git, Revisions(base=sha, merge_base=sha, head=sha)), Side.HEAD)
graph = call_graph(Program(code), code.paths, max_steps=steps)
for edge in graph.edges:
    print(edge.caller.file.path, edge.caller.qualified_name, edge.start, edge.how, label(edge.callee))
print(graph.complete, graph.crowded, *graph.partial)
"""
_SOURCES = Path(__file__).parents[3] / "reviewer" / "evidence" / "flow"
_SCRIPTS = {
    "maps.js": b"""
class A { run() {} }
class B { run() {} }
const known = new Map([["a", new A()], ["b", new B()]]);
for (const [name, value] of known.entries()) { value.run(); }
const others = new Map(); others.set("c", new B());
others.forEach((value) => value.run());
""",
    "jobs.rb": b"class Job\n  def run = Step.new.call\nend\nclass Step\n  def call; end\nend\n",
}


def _edges(root: Path, *, seed: int, steps: int) -> str:
    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(root), str(steps)],
        env={"PYTHONHASHSEED": str(seed), "PYTHONPATH": ":".join(path for path in sys.path if path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


@pytest.mark.parametrize("steps", [100_000, 2_000])
def test_a_real_folder_has_one_call_graph_under_every_hash_seed_even_where_the_steps_end(steps: int) -> None:
    found = {_edges(_SOURCES, seed=seed, steps=steps) for seed in (0, 1, 12_345)}
    assert len(found) == 1
    assert found.pop().count("\n") > 20


def test_maps_and_constants_have_one_call_graph_under_every_hash_seed(tmp_path: Path) -> None:
    for name, content in _SCRIPTS.items():
        (tmp_path / name).write_bytes(content)
    found = {_edges(tmp_path, seed=seed, steps=100_000) for seed in (0, 1, 2, 3)}
    assert len(found) == 1
    assert "A.run" in next(iter(found))
