"""A workflow hands strangers, or the owners of foreign code, more than it should."""

from reviewer.domain.finding import Confidence, Severity
from reviewer.stages.rules.hazards import Words, hazard_check
from reviewer.stages.rules.rule import Rule

FORMS = {
    "untrusted-in-script": Words(
        title="A stranger's text becomes part of a script: {0}",
        says=(
            "`{0}` is pasted into the script before the shell reads it, in a run that has the repository's"
            " secrets. Whoever writes that text can write commands in it. Hand it over in `env:` and use"
            " the variable, quoted."
        ),
        severity=Severity.HIGH,
    ),
    "untrusted-in-unprivileged-script": Words(
        title="An author's text becomes part of a script: {0}",
        says=(
            "`{0}` is pasted into the script before the shell reads it, so whoever writes that text can"
            " write commands in it. Hand it over in `env:` and use the variable, quoted."
        ),
        severity=Severity.MEDIUM,
    ),
    "runs-foreign-head": Words(
        title="Job {0} runs a stranger's code with the repository's secrets",
        says=(
            "The trigger gives job {0} the repository's secrets, it checks out the head of the pull"
            " request, and a later step builds, installs or runs what is there. Anybody who opens a pull"
            " request can read the secrets. Use `pull_request`, or run only what stands in the base."
        ),
        severity=Severity.HIGH,
    ),
    "all-secrets": Words(
        title="Every secret is handed over at once",
        says=(
            "`{0}` gives every secret of the repository where a few are used. Name the ones that are needed."
        ),
        severity=Severity.MEDIUM,
    ),
    "piped-without-tls": Words(
        title="A script is fetched without TLS and run",
        says=(
            "{0} comes over http, so anybody on the way can exchange it, and it runs at once. Use https and"
            " a checksum."
        ),
        severity=Severity.HIGH,
    ),
    "piped-to-shell": Words(
        title="A script of others is fetched and run unseen",
        says=(
            "Whatever {0} holds on that day runs with all that this job has. Take a release whose checksum"
            " is compared, or an action by commit."
        ),
        severity=Severity.LOW,
    ),
    "unsafe-commands": Words(
        title="Any printed text may set variables of later steps",
        says=(
            "ACTIONS_ALLOW_UNSECURE_COMMANDS brings back commands that GitHub took away, because whoever"
            " gets text into the output can change PATH. Write to $GITHUB_ENV and $GITHUB_PATH."
        ),
        severity=Severity.HIGH,
    ),
    "self-hosted": Words(
        title="Pull requests run on a machine of one's own",
        says=(
            "Job {0} runs on a self-hosted runner for every pull request. In a public repository anybody"
            " can run code on that machine, and leave something for the next run. Use a hosted or a"
            " throw-away runner, or a condition."
        ),
        severity=Severity.LOW,
        confidence=Confidence.MEDIUM,
    ),
    "pin-loosened": Words(
        title="{0} is no longer taken by commit",
        says=(
            "{0} stood at a commit and is now at `{1}`, which its owner, or whoever takes his account over,"
            " can move to other code. Name the commit, with the version in a comment."
        ),
        severity=Severity.MEDIUM,
    ),
    "action-at-branch": Words(
        title="{0} is taken from branch {1}",
        says=(
            "Each commit to `{1}` of {0} runs here from then on, unseen. Name a commit, with the version in"
            " a comment."
        ),
        severity=Severity.MEDIUM,
    ),
    "tag-among-commits": Words(
        title="{0} is taken by a tag, the others here by commit",
        says=(
            "`{1}` of {0} can be moved to other code by its owner. This file takes its other actions by"
            " commit; do the same here, with the version in a comment."
        ),
        severity=Severity.LOW,
    ),
    "write-all": Words(
        title="The token of {0} may change everything",
        says="`write-all` is given to {0} where less was before. Name the scopes that are written to.",
        severity=Severity.MEDIUM,
    ),
    "write-for-strangers": Words(
        title="A run that strangers start may write {0}",
        says=(
            "`{0}: write` is new in a workflow that anybody can start (`{1}`). What tricks one of its steps"
            " changes the repository. Move what writes to a workflow of its own, or guard the job with a"
            " condition."
        ),
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
    ),
    "permissions-removed": Words(
        title="The token's limits are gone",
        says=(
            "The workflow had a `permissions` block and has none now, so the token of job {0} may do what"
            " the repository gives by default, which can be to write. Keep the block, or give each job one."
        ),
        severity=Severity.MEDIUM,
    ),
}

RULE = Rule(name="workflow-risk", version="1", check=hazard_check(FORMS))
