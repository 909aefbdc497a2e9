"""Workflows and actions: what a stranger, or the owner of foreign code, gets hold of."""

from collections.abc import Callable

import pytest

from reviewer.domain.hazard import HazardEvidence
from reviewer.stages.rules.workflow_risk import FORMS

Hazards = Callable[..., list[str]]
Evidence = Callable[..., HazardEvidence]
PATH = ".github/workflows/ci.yml"
SHA, OTHER_SHA = "8f4b7f84864484a7bf31766abe9204da3cbe65b3", "0b496e91ec7ae4428c3ed2eeb4c3a40df431f2cc"


def job(trigger: str, steps: str, *, head: str = "", more: str = "") -> str:
    body = "".join(f"      {line}\n" for line in steps.strip("\n").split("\n"))
    return f"on: {trigger}\n{head}jobs:\n  build:\n    runs-on: ubuntu-latest\n{more}    steps:\n{body}"


def forms(found: list[str]) -> list[str]:
    return [one.split()[1] for one in found]


CHECKOUT = """
- uses: actions/checkout@v4
  with:
    ref: ${{ github.event.pull_request.head.sha }}
"""
TITLE = "- run: echo ${{ github.event.issue.title }}"
PINS = f"- uses: a/b@{SHA}\n- uses: c/d@{SHA}\n"
FIRES = [
    ("untrusted-in-script", job("issues", TITLE)),
    (
        "untrusted-in-script",
        job("[issue_comment]", "- run: |\n    echo hi\n    echo '${{github.event.comment.body}}'"),
    ),
    (
        "untrusted-in-script",
        job("pull_request_target", "- run: git log ${{ github.head_ref || github.ref_name }}"),
    ),
    (
        "untrusted-in-script",
        job("issues", "- run: echo ${{ env.T }}\n  env:\n    T: ${{ github.event.issue.body }}"),
    ),
    ("untrusted-in-script", job("issues", "- run: echo ${{ format('x {0}', github.event.issue.title) }}")),
    ("untrusted-in-script", job("issues", "- run: echo '${{ toJSON(github.event) }}'")),
    (
        "untrusted-in-script",
        job(
            "issues",
            "- uses: actions/github-script@v7\n  with:\n    script: |\n      x = '${{ github.event.issue.title }}'",
        ),
    ),
    (
        "untrusted-in-unprivileged-script",
        job("pull_request", "- run: echo ${{ github.event.pull_request.title }}"),
    ),
    ("runs-foreign-head", job("pull_request_target", CHECKOUT + "- run: npm ci && npm test")),
    ("runs-foreign-head", job("pull_request_target", CHECKOUT + "- uses: ./.github/actions/build")),
    (
        "runs-foreign-head",
        job("issue_comment", "- run: |\n    gh pr checkout 1\n    make test"),
    ),
    ("all-secrets", job("push", "- run: ./a\n  env:\n    ALL: ${{ toJson(secrets) }}")),
    ("piped-without-tls", job("push", "- run: curl -sL http://get.acme.io | sudo bash")),
    ("piped-to-shell", job("push", "- run: |\n    wget -qO- https://get.acme.io/x | sh -s -- -b .")),
    ("unsafe-commands", job("push", "- run: ./a", head="env:\n  ACTIONS_ALLOW_UNSECURE_COMMANDS: true\n")),
    ("self-hosted", job("pull_request", "- run: ./a").replace("ubuntu-latest", "[self-hosted, linux]")),
    ("action-at-branch", job("push", "- uses: acme/deploy@main")),
    ("tag-among-commits", job("push", PINS + "- uses: acme/deploy@v2")),
    ("write-all", job("push", "- run: ./a", head="permissions: write-all\n")),
    ("write-all", job("push", "- run: ./a", more="    permissions: write-all\n")),
    (
        "write-for-strangers",
        job("pull_request_target", "- run: ./a", head="permissions:\n  contents: write\n"),
    ),
]


@pytest.mark.parametrize(("form", "source"), FIRES)
def test_a_new_workflow_that_hands_out_too_much_is_told(hazards: Hazards, form: str, source: str) -> None:
    assert forms(hazards({}, {PATH: source})) == [form]


@pytest.mark.parametrize(
    "source",
    [
        job("issues", "- run: echo $T\n  env:\n    T: ${{ github.event.issue.title }}"),
        job("issues", "- run: echo ${{ contains(github.event.issue.title, 'x') }}"),
        job("issues", "- run: echo ${{ github.event.issue.title == 'x' }}"),
        job("issues", "- run: echo ${{ github.event.issue.title && 'a' || 'b' }}"),
        job("issues", "- run: echo ${{ github.event.issue.number }}"),
        job("push", TITLE),
        job("issues", TITLE, more="    if: github.event.issue.author_association == 'OWNER'\n"),
        job("pull_request_target", CHECKOUT + "- run: cat README.md"),
        job("pull_request", CHECKOUT + "- run: npm ci"),
        job("pull_request_target", "- uses: actions/checkout@v4\n- run: npm ci"),
        job("pull_request_target", CHECKOUT + "- run: npm ci", more="    environment: reviewed\n"),
        job(
            "pull_request_target",
            CHECKOUT + "- run: npm ci",
            more="    if: contains(github.event.pull_request.labels.*.name, 'ok')\n",
        ),
        job("pull_request_target", CHECKOUT + "    path: head\n- run: npm ci"),
        job("pull_request_target", CHECKOUT + "- run: npm ci --ignore-scripts"),
        job("push", "- run: ./a\n  env:\n    ONE: ${{ secrets.ONE }}"),
        job("push", "- run: curl -O https://get.acme.io/x"),
        job("push", f"- run: curl https://raw.acme.io/{SHA}/x | sh"),
        job("push", "- run: |\n    # curl https://get.acme.io | sh"),
        job("push", "- run: ./a").replace("ubuntu-latest", "[self-hosted, linux]"),
        job("push", "- uses: acme/deploy@v2\n- uses: acme/other@v2"),
        job("push", f"- uses: acme/deploy@{SHA}\n- uses: ./here\n- uses: docker://alpine"),
        job("push", "- run: ./a", head="permissions:\n  contents: write\n"),
        job("pull_request_target", "- run: ./a", head="permissions:\n  pull-requests: write\n"),
    ],
)
def test_a_workflow_that_keeps_to_itself_is_silence(hazards: Hazards, source: str) -> None:
    assert hazards({}, {PATH: source}) == []


def test_an_action_that_was_taken_by_commit_and_is_no_longer_is_told(hazards: Hazards) -> None:
    before, after = job("push", f"- uses: acme/x@{SHA}"), job("push", "- uses: acme/x@v2")
    assert forms(hazards({PATH: before}, {PATH: after})) == ["pin-loosened"]
    assert hazards({PATH: after}, {PATH: before}) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"- uses: acme/x@{SHA}", f"- uses: acme/x@{OTHER_SHA}"),
        ("- uses: acme/x@v1", "- uses: acme/x@v2"),
        ("- uses: acme/x@main\n  id: a", "- uses: acme/x@main\n  id: b"),
        (PINS + "- uses: acme/x@v1", PINS + "- uses: acme/x@v2"),
    ],
)
def test_an_action_that_moves_to_a_like_place_is_silence(hazards: Hazards, before: str, after: str) -> None:
    assert hazards({PATH: job("push", before)}, {PATH: job("push", after)}) == []


def test_a_permissions_block_that_is_taken_away_is_told(hazards: Hazards) -> None:
    limited = job("push", "- run: ./a", head="permissions:\n  contents: read\n")
    assert forms(hazards({PATH: limited}, {PATH: job("push", "- run: ./a")})) == ["permissions-removed"]


def test_a_permissions_block_that_moves_to_each_job_is_silence(hazards: Hazards) -> None:
    before = job("push", "- run: ./a", head="permissions:\n  contents: read\n")
    after = job("push", "- run: ./a", more="    permissions:\n      contents: read\n")
    assert hazards({PATH: before}, {PATH: after}) == []


def test_a_trigger_that_makes_an_old_step_dangerous_is_told_at_the_trigger(hazards: Hazards) -> None:
    steps = CHECKOUT + "- run: npm ci"
    found = hazards({PATH: job("pull_request", steps)}, {PATH: job("pull_request_target", steps)})
    assert found == [f"workflow-risk runs-foreign-head {PATH}:1"]


def test_an_action_of_ones_own_may_be_used_by_any_workflow(hazards: Hazards) -> None:
    action = f"name: a\nruns:\n  using: composite\n  steps:\n    {TITLE}\n      shell: bash\n"
    assert forms(hazards({}, {"tools/action.yml": action})) == ["untrusted-in-unprivileged-script"]


def test_what_the_change_does_not_touch_is_not_told(hazards: Hazards) -> None:
    before = job("issues", TITLE + "\n- run: ./a")
    assert hazards({PATH: before}, {PATH: before.replace("./a", "./b")}) == []


@pytest.mark.parametrize(
    "source",
    [
        "on: [push\njobs: {",
        "on: push\n" + "[" * 200,
        "a: 1\n" * 20_000,
        "on: push\n---\non: push\n",
        "a: *b\n",
    ],
)
def test_a_file_that_is_no_workflow_was_not_looked_at(hazard_evidence: Evidence, source: str) -> None:
    found = hazard_evidence({}, {PATH: source})
    assert not found.hazards
    assert all(one.reason.startswith(f"{PATH}: ") for one in found.unlooked)
    assert found.unlooked


def test_aliases_that_multiply_steps_are_stopped(hazard_evidence: Evidence) -> None:
    jobs = "".join(f"  j{at}: *j\n" for at in range(500))
    steps = "".join(f"      - run: echo {at}\n" for at in range(50))
    found = hazard_evidence({}, {PATH: f"on: push\njobs:\n  j: &j\n    steps:\n{steps}{jobs}"})
    assert any("more than 2000 steps" in one.reason for one in found.unlooked)


def test_every_form_is_produced_and_has_words() -> None:
    assert {form for form, _ in FIRES} | {"pin-loosened", "permissions-removed"} == set(FORMS)
