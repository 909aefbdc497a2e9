"""A change depends on something new, holds it less firmly, or takes it from elsewhere."""

from reviewer.domain.finding import Severity
from reviewer.stages.rules.hazards import Words, hazard_check
from reviewer.stages.rules.rule import Rule

FORMS = {
    "new-dependency": Words(
        title="New dependency: {0} ({1})",
        says=(
            "No manifest of the repository asked for {0} before. Whoever releases it puts code into this"
            " project from now on: see who that is, and whether it is needed."
        ),
        severity=Severity.LOW,
    ),
    "new-unbounded": Words(
        title="New dependency at any version: {0}",
        says=(
            "{0} is asked for as `{1}`, so any release that is ever made fits, also one that breaks this"
            " project. Write the version that was tried."
        ),
        severity=Severity.MEDIUM,
    ),
    "bound-removed": Words(
        title="{0} is taken at any version now",
        says=(
            "{0} was held at `{2}` and is held by nothing now, and no lock file holds it either. Keep a"
            " bound."
        ),
        severity=Severity.MEDIUM,
    ),
    "pin-loosened": Words(
        title="{0} is no longer held at one version",
        says=(
            "{0} was `{2}` and is `{1}` now, and no lock file beside this manifest holds it, so two"
            " installations can differ."
        ),
        severity=Severity.LOW,
    ),
    "lowered": Words(
        title="{0} goes back from {2} to {1}",
        says=(
            "An older version brings back what was repaired since, security holes among it. Say why, or"
            " keep {2}."
        ),
        severity=Severity.MEDIUM,
    ),
    "source-without-tls": Words(
        title="{0} is fetched without TLS",
        says="`{3}` is an address without TLS: anybody on the way can exchange what is installed. Use https.",
        severity=Severity.HIGH,
    ),
    "source-outside": Words(
        title="{0} does not come from the registry",
        says=(
            "{0} is taken from `{3}`, at no commit, so what is installed changes whenever that place does."
            " Take a release, or name a commit."
        ),
        severity=Severity.MEDIUM,
    ),
    "source-changed": Words(
        title="{0} comes from another place",
        says="{0} is taken from `{3}` now. Make sure that it is the place that is meant, and name a commit.",
        severity=Severity.MEDIUM,
    ),
    "lock-left-behind": Words(
        title="{2} has no {0} ({1})",
        says=(
            "The manifest asks for {0} at `{1}`, and `{2}`, which this change leaves as it was, does not"
            " have it: an installation that follows the lock fails, or takes something else. Run the"
            " package manager and commit the lock."
        ),
        severity=Severity.MEDIUM,
    ),
    "install-script": Words(
        title="A script runs at every installation: {0}",
        says=(
            "`{1}` runs on the machine of everybody who installs this package, with their rights. See that"
            " it does no more than it must."
        ),
        severity=Severity.MEDIUM,
    ),
    "script-fetches": Words(
        title="A script fetches code and runs it: {0}",
        says=(
            "`{1}` runs whatever the address gives on that day. Keep the script in the repository, or"
            " compare a checksum."
        ),
        severity=Severity.MEDIUM,
    ),
    "lock-without-tls": Words(
        title="Packages come from {0} without TLS",
        says=(
            "The lock takes a package from http://{0}, where anybody on the way can exchange it. Lock it"
            " from an https address."
        ),
        severity=Severity.HIGH,
    ),
    "lock-other-host": Words(
        title="A package comes from {0}",
        says=(
            "The lock took its packages from {1} and other hosts it knew; {0} is none of them. Make sure"
            " that this source is meant."
        ),
        severity=Severity.MEDIUM,
    ),
    "checksum-removed": Words(
        title="{0} is no longer checked",
        says=(
            "The lock had a checksum of {0} and has none now, so whatever the address gives is installed."
            " Write the lock anew."
        ),
        severity=Severity.HIGH,
    ),
}

RULE = Rule(name="dependency-risk", version="2", check=hazard_check(FORMS))
