from collections.abc import Callable
from typing import Any

BEFORE = "on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./a\n"
PATH = ".github/workflows/a.yml"


def test_a_title_in_a_script_is_a_finding_with_the_line_and_the_trigger(ruled: Callable[..., Any]) -> None:
    after = BEFORE.replace("./a", "echo ${{ github.event.issue.title }}")
    change = ruled({PATH: BEFORE}, {PATH: after})
    (finding,) = change.findings("workflow-risk")
    assert change.places("workflow-risk") == [f"{PATH}:6"]
    assert finding.title == "A stranger's text becomes part of a script: github.event.issue.title"
    assert finding.evidence[0].quote == "on: issues"


def test_a_workflow_that_cannot_be_read_is_said(ruled: Callable[..., Any]) -> None:
    report = ruled({PATH: BEFORE}, {PATH: "on: [issues\n"}).report("workflow-risk")
    assert "no YAML that can be read" in (report.unable or "")
