import fnmatch
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_what_the_image_copies_is_there_and_reaches_the_build() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = [line.removeprefix("!") for line in lines if line.startswith("!")]
    copies = re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile(), flags=re.MULTILINE)
    sources = [source for copy in copies for source in copy.split()]
    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert any(fnmatch.fnmatch(source, pattern) for pattern in let_in), source


def test_the_image_runs_as_nobody_in_particular_and_installs_only_what_is_locked() -> None:
    text = dockerfile().replace("\\\n", "")
    last_stage = text[text.rindex("\nFROM ") :]
    assert re.findall(r"^USER (.+)$", last_stage, flags=re.MULTILINE) == ["10001"]
    assert last_stage.rstrip().endswith('ENTRYPOINT ["reviewer"]')
    installs = re.findall(r"pip install [^&\n]*", text)
    assert len(installs) == 2
    assert all("--require-hashes" in one or "--no-deps" in one for one in installs)


def test_the_workflow_of_the_quickstart_is_sound(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "how-to" / "github-action.md").read_text(encoding="utf-8")
    found = re.search(r"^```yaml\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    assert found
    workflow = tmp_path / ".github" / "workflows" / "review.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(found[1].replace("FULL_COMMIT_SHA", "0" * 40), encoding="utf-8")
    for command in (
        [tool("zizmor"), "--offline", "--quiet", str(workflow)],
        [tool("check-jsonschema"), "--quiet", "--builtin-schema", "vendor.github-workflows", str(workflow)],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_quickstart_names_every_input_and_output() -> None:
    page = (ROOT / "docs" / "how-to" / "github-action.md").read_text(encoding="utf-8")
    action = (ROOT / "action.yml").read_text(encoding="utf-8")
    declared = re.findall(r"^  ([a-z-]+):$", action.split("\nruns:")[0], flags=re.MULTILINE)
    assert len(declared) == 7
    assert all(f"`{name}`" in page for name in declared)
