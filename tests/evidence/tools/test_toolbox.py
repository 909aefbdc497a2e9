import asyncio
import json
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest

from reviewer.domain.chat import ToolCall, ToolResult
from reviewer.evidence.tools.toolbox import EvidenceTools
from reviewer.ports import Toolbox
from reviewer.testing.memory_git import SUBMODULE, SYMLINK, MemoryGit

TOKEN = "gh" + "p_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0fG3hJ6"
KEY_LINES = ["MIIEowIBAAKCAQEAq7Zt4hV0nN3cP8yRk2Wf", "Xb5LmD9sTq1UeJv6GzKoAhYwCiRpEfNx4SgB"]
KEY = "\n".join(["-----BEGIN RSA PRIVATE" + " KEY-----", *KEY_LINES, "-----END RSA PRIVATE" + " KEY-----"])
BEFORE = {
    "lib/__init__.py": "",
    "lib/tool.py": "def gone(a):\n    return 1\ndef helper(a):\n    return 1\n",
    "app.py": "from lib.tool import gone, helper\nhelper(gone(1))\n",
}
AFTER = {
    "lib/tool.py": "def helper(a):\n    return 2\n",
    "secret.py": f"t = '{TOKEN}'\n{KEY}\n",
    "odd.py": "if a\u202e: pass\n",
}


def ask(tools: EvidenceTools, name: str, arguments: dict[str, Any] | str) -> ToolResult:
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return asyncio.run(tools.run(ToolCall(id="c1", name=name, arguments=text)))


def read(path: str, first: int | None = None, last: int | None = None, side: str = "head") -> dict[str, Any]:
    return {"path": path, "side": side, "first_line": first, "last_line": last}


@pytest.fixture
def made(traced: Callable[..., Any]) -> Any:
    return traced(BEFORE, AFTER)


@pytest.fixture
def tools(made: Any) -> EvidenceTools:
    return EvidenceTools(made.workspace, made.evidence, max_calls=50)


def test_it_is_a_toolbox_whose_schemas_are_strict(tools: EvidenceTools) -> None:
    box: Toolbox = tools
    assert [spec.name for spec in box.specs] == [
        "read_file",
        "search",
        "find_definition",
        "find_callers",
        "trace_paths",
        "list_files",
        "history",
    ]
    for spec in box.specs:
        jsonschema_rs.meta.validate(spec.parameters)
        assert spec.parameters["additionalProperties"] is False
        assert spec.parameters["required"] == list(spec.parameters["properties"])
        assert spec.description
    first_line = box.specs[0].parameters["properties"]["first_line"]
    assert {"type": "null"} in first_line["anyOf"]


def test_a_file_is_read_with_its_place_and_numbered_lines(tools: EvidenceTools, made: Any) -> None:
    sha = made.snapshot.revisions.head[:12]
    result = ask(tools, "read_file", read("lib/tool.py"))
    assert not result.is_error
    assert result.call_id == "c1"
    assert (
        result.content
        == f"lib/tool.py:1-2@{sha} (head) of 2 lines\n     1  def helper(a):\n     2      return 2"
    )
    base = ask(tools, "read_file", read("lib/tool.py", 1, 1, "base"))
    assert base.content.endswith("     1  def gone(a):")
    assert f"@{made.snapshot.revisions.merge_base[:12]} (base)" in base.content


def test_an_empty_file_is_said_to_be_empty(tools: EvidenceTools) -> None:
    assert ask(tools, "read_file", read("lib/__init__.py")).content == "lib/__init__.py at head is empty"


def test_a_search_lists_places(tools: EvidenceTools, made: Any) -> None:
    sha = made.snapshot.revisions.head[:12]
    result = ask(tools, "search", {"text": "elper(", "path_prefix": None})
    assert result.content.split("\n")[1:] == [
        f"app.py:2@{sha} (head): helper(gone(1))",
        f"lib/tool.py:1@{sha} (head): def helper(a):",
    ]
    below = ask(tools, "search", {"text": "elper(", "path_prefix": "lib"})
    assert below.content.startswith("1 lines below lib contain it")


def test_a_definition_is_found_by_name_and_by_qualified_name(tools: EvidenceTools) -> None:
    found = ask(tools, "find_definition", {"name": "helper"}).content
    assert found.startswith("1 definitions of helper")
    assert "     1  def helper(a):" in found
    nothing = ask(tools, "find_definition", {"name": "nowhere"})
    assert nothing.content.startswith("0 definitions of nowhere")
    assert not nothing.is_error


def test_callers_are_found_also_of_what_the_change_removes(tools: EvidenceTools) -> None:
    found = ask(tools, "find_callers", {"name": "helper"}).content
    assert "helper in lib/tool.py: 2 uses" in found
    assert "(head): helper(gone(1))" in found
    gone = ask(tools, "find_callers", {"name": "gone"}).content
    assert "gone in lib/tool.py, removed by the change: 2 uses" in gone


def test_a_place_that_may_mean_several_definitions_is_listed_once(traced: Callable[..., Any]) -> None:
    twins = {
        f"{name}.py": f"class {name.title()}:\n    def run(self):\n        return 1\n"
        for name in ("one", "two")
    }
    files = {**twins, "use.py": "def f(x):\n    x.run()\n"}
    made = traced(files, {"one.py": files["one.py"].replace("1", "2")})
    found = ask(
        EvidenceTools(made.workspace, made.evidence, max_calls=9), "find_callers", {"name": "run"}
    ).content
    assert "One.run in one.py: 0 uses" in found
    assert "Two.run in two.py: 0 uses" in found
    assert "1 more places have the name" in found
    assert found.count("x.run()") == 1


def test_files_are_listed_below_a_folder(tools: EvidenceTools) -> None:
    assert (
        ask(tools, "list_files", {"prefix": "lib"}).content
        == "2 files below lib\nlib/__init__.py\nlib/tool.py"
    )
    assert "app.py" in ask(tools, "list_files", {"prefix": None}).content


@pytest.mark.parametrize(
    "path",
    [
        "/proc/self/environ",
        "../x",
        "a\0b",
        "a%00b",
        "/etc/passwd",
        ".git/config",
        ".GIT/HEAD",
        "lib/../../x",
        "",
        "lib//x",
        "%2e%2e/x",
        "lib",
        "nowhere.py",
        "lib/.git/config",
    ],
)
def test_what_is_no_file_of_the_repository_is_refused(tools: EvidenceTools, path: str) -> None:
    result = ask(tools, "read_file", read(path))
    assert result.is_error
    assert "not a path of the repository" in result.content or "no such file" in result.content
    for name, arguments in (("list_files", {"prefix": path}), ("search", {"text": "x", "path_prefix": path})):
        listed = ask(tools, name, arguments)
        assert "PATH=" not in listed.content
        assert "root:" not in listed.content


def test_chains_of_links_are_shown_as_text_and_lead_nowhere(traced: Callable[..., Any]) -> None:
    repo = MemoryGit()
    base = repo.commit({"a.py": "x\n"})
    links = {"one": "two", "two": "/proc/self/environ", "loop": "loop", "up": "../../etc/passwd"}
    head = repo.commit({**links, "sub": "a" * 40}, modes={**dict.fromkeys(links, SYMLINK), "sub": SUBMODULE})
    made = traced({"a.py": "x = 1\n"}, {"a.py": "x = 2\n"})
    revisions = made.snapshot.revisions.model_copy(update={"base": base, "merge_base": base, "head": head})
    tools = EvidenceTools(type(made.workspace)(repo, revisions), made.evidence, max_calls=50)
    for name, target in links.items():
        assert ask(tools, "read_file", read(name)).content.endswith(f"     1  {target}")
        assert ask(tools, "read_file", read(f"{name}/x")).is_error
    assert "submodule" in ask(tools, "read_file", read("sub")).content


@pytest.mark.parametrize(
    ("name", "arguments", "problem"),
    [
        ("rm", {}, "no tool 'rm'"),
        ("read_file", "{", "Invalid JSON"),
        ("read_file", "", "Invalid JSON"),
        ("read_file", "[]", "arguments"),
        ("read_file", "null", "arguments"),
        ("read_file", {"path": "app.py"}, "side: Field required"),
        ("read_file", {**read("app.py"), "extra": 1}, "extra"),
        ("read_file", {**read("app.py"), "first_line": "1"}, "first_line"),
        ("read_file", {**read("app.py"), "first_line": True}, "first_line"),
        ("read_file", {**read("app.py"), "side": "merge"}, "side"),
        ("read_file", read("app.py", 3, 9), "lines 3 to 9 asked for, the file has 1 to 2"),
        ("read_file", read("app.py", 0, 9), "1 to 2"),
        ("read_file", read("app.py", 2, 1), "1 to 2"),
        ("read_file", read("app.py", -5), "1 to 2"),
        ("search", {"text": "", "path_prefix": None}, "not something to search for"),
        ("search", {"text": "a\nb", "path_prefix": None}, "not something to search for"),
        ("find_callers", {"name": ""}, "not something to search for"),
        ("find_definition", {"name": "a."}, "not something to search for"),
        ("search", {"text": "x" * 9000, "path_prefix": None}, "limit 8000"),
        ("history", {"path": "app.py", "first_line": 2, "last_line": 1}, "1 to 2"),
        ("history", {"path": "app.py", "first_line": 3, "last_line": 4}, "the base file has 1 to 2"),
        ("history", {"path": "secret.py", "first_line": 1, "last_line": 1}, "no such file at the base"),
        ("history", {"path": "lib/__init__.py", "first_line": 1, "last_line": 1}, "the base file has 1 to 0"),
        ("history", {"path": "app.py", "first_line": None, "last_line": 1}, "first_line"),
        ("read_file", '{"path": ' + "[" * 3000, "arguments"),
        ("find_callers", {"name": "\ud800"}, ""),
    ],
)
def test_a_wrong_call_is_an_answer_that_says_what_is_wrong(
    tools: EvidenceTools, name: str, arguments: dict[str, Any] | str, problem: str
) -> None:
    result = ask(tools, name, arguments)
    assert result.is_error
    assert problem in result.content


def test_the_budget_is_spent_by_every_call_and_by_one_toolbox_only(made: Any) -> None:
    tools = EvidenceTools(made.workspace, made.evidence, max_calls=2)
    assert not ask(tools, "list_files", {"prefix": None}).is_error
    assert ask(tools, "no_such_tool", {}).is_error
    spent = ask(tools, "list_files", {"prefix": None})
    assert spent.is_error
    assert "budget of 2 tool calls is spent" in spent.content
    other = EvidenceTools(made.workspace, made.evidence, max_calls=2)
    assert not ask(other, "list_files", {"prefix": None}).is_error


@pytest.mark.parametrize("max_bytes", [400, 1000, 2000])
def test_a_result_is_bounded_and_says_what_was_cut(traced: Callable[..., Any], max_bytes: int) -> None:
    many = {f"u{number:03}.py": "from a import f\nf('é')\n" for number in range(300)}
    made = traced(
        {"a.py": "def f(x): return 1\n" + "# é\n" * 500, **many},
        {"a.py": "def f(x): return 2\n" + "# é\n" * 500},
    )
    tools = EvidenceTools(made.workspace, made.evidence, max_calls=50, max_result_bytes=max_bytes)
    for name, arguments in (
        ("read_file", read("a.py")),
        ("search", {"text": "f", "path_prefix": None}),
        ("find_callers", {"name": "f"}),
        ("list_files", {"prefix": None}),
    ):
        result = ask(tools, name, arguments)
        assert not result.is_error
        assert len(result.content.encode()) <= max_bytes
        assert f"[cut at {max_bytes} bytes: " in result.content
    assert "ask again from line" in ask(tools, "read_file", read("a.py")).content


def test_a_line_too_long_for_a_result_is_said_to_be_cut(traced: Callable[..., Any]) -> None:
    made = traced({"a.txt": "x\n"}, {"a.txt": "y" * 9000 + "\n"})
    tools = EvidenceTools(made.workspace, made.evidence, max_calls=5, max_result_bytes=1000)
    result = ask(tools, "read_file", read("a.txt"))
    assert "shown up to line 0" in result.content
    assert len(result.content) < 1000


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("read_file", read("secret.py")),
        ("read_file", read("secret.py", 3, 4)),
        ("search", {"text": "MII", "path_prefix": None}),
        ("search", {"text": KEY_LINES[1], "path_prefix": None}),
        ("search", {"text": "ghp_", "path_prefix": None}),
        ("find_definition", {"name": "t"}),
    ],
)
def test_no_credential_reaches_a_model(tools: EvidenceTools, name: str, arguments: dict[str, Any]) -> None:
    result = ask(tools, name, arguments)
    assert not result.is_error
    assert "[secret: " in result.content
    for planted in (TOKEN, *KEY_LINES):
        assert planted not in result.content


def test_hidden_characters_are_shown(tools: EvidenceTools) -> None:
    assert "     1  if a<U+202E>: pass" in ask(tools, "read_file", read("odd.py")).content


TAGGED = {
    "shop.cpp": "namespace shop {\nint Store::area(int a) { return a; }\n}\n",
    "use.cpp": "// area\nint f(Store s) { return s.area(1); }\n",
    "use.py": "def area(a):\n    return a\narea(1)\n",
    "doc.md": "area\n",
}


@pytest.fixture
def tagged(traced: Callable[..., Any]) -> EvidenceTools:
    made = traced(
        {**TAGGED, "gone.rs": "fn old() {}\nfn g() { old(); }\n"}, {"gone.rs": "fn g() { old(); }\n"}
    )
    return EvidenceTools(made.workspace, made.evidence, max_calls=9)


@pytest.mark.parametrize("name", ["area", "Store.area", "shop.Store.area"])
def test_a_definition_known_by_name_is_found_and_marked(tagged: EvidenceTools, name: str) -> None:
    found = ask(tagged, "find_definition", {"name": name}).content
    assert "method shop.Store.area, lines 2-2 [tags]" in found
    assert "     2  int Store::area(int a) { return a; }" in found
    assert ("function area, lines 1-2 [syntax]" in found) is (name == "area")


def test_every_answer_says_what_it_stands_on(tagged: EvidenceTools) -> None:
    for tool in ("find_definition", "find_callers"):
        both = ask(tagged, tool, {"name": "area"}).content
        only_tags = ask(tagged, tool, {"name": "Store.area"}).content
        nothing = ask(tagged, tool, {"name": "nowhere"}).content
        for answer, kinds in ((both, "syntax tags words"), (only_tags, "tags words"), (nothing, "words")):
            starts = {line.split(":")[0] for line in answer.split("\n")}
            assert starts & {"syntax", "tags", "words"} == set(kinds.split())


def test_callers_by_name_are_listed_as_possible_ones_without_comments(tagged: EvidenceTools) -> None:
    found = ask(tagged, "find_callers", {"name": "Store.area"}).content
    assert "[tags] shop.Store.area in shop.cpp: no use is resolved by tags" in found
    assert "1 more places have the name" in found
    assert "in f: int f(Store s) { return s.area(1); }" in found
    assert "// area" not in found


def test_callers_of_what_is_gone_are_found_by_name(tagged: EvidenceTools) -> None:
    found = ask(tagged, "find_callers", {"name": "old"}).content
    assert "[tags] old in gone.rs, removed by the change: no use is resolved by tags" in found
    assert "in g: fn g() { old(); }" in found
