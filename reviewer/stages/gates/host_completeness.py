"""Host completeness: what the code host listed must be whole, and the same that git says."""

from collections.abc import Iterator

from reviewer.domain.change import Snapshot
from reviewer.domain.fact import Unknown
from reviewer.domain.gate import GateAnswer, GateResult
from reviewer.domain.host_facts import HostFacts, HostListing
from reviewer.policy import Policy
from reviewer.stages.gates.answer import escalates, first_of, not_told

MAX_FILES = 3_000
MAX_COMMITS = 250
MAX_DIFF_FILES = 300
"""At these numbers GitHub ends a list without a word. Source: its REST API on pull requests and on commits."""


def host_completeness(snapshot: Snapshot, policy: Policy, host: HostFacts) -> GateResult:  # noqa: ARG001 - a gate's shape
    """Could not tell, when the host's lists are at a cap, hold nulls, or differ from its own counts or from git.

    Renames do not matter: all names before and after are compared, however they are paired.

    Effect: escalate. Setting: none.
    """
    if isinstance(host.listing, Unknown):
        return not_told("host_completeness", "what the code host lists", host.listing.why)
    problems = [*_cut(host.listing.value), *_differing(snapshot, host.listing.value)]
    return escalates(
        "host_completeness",
        GateAnswer.UNKNOWN if problems else GateAnswer.PASS,
        value=f"{len(problems)} gaps",
        limit="0 gaps",
        reason=first_of(problems) if problems else "the code host lists what git says",
    )


def _cut(listing: HostListing) -> Iterator[str]:
    yield from (f"the code host gave null for {name}" for name in listing.nulls)
    for what, told in (("changed files", listing.files_told), ("commits", listing.commits_told)):
        if told is None:
            yield f"the code host does not say how many {what} there are"
    if listing.commits_told is not None and listing.commits_told != len(listing.commits):
        yield f"{len(listing.commits)} commits listed of {listing.commits_told}"
    for what, number, cap in (
        ("files", max(listing.files_told or 0, len(listing.paths)), MAX_FILES),
        ("commits", max(listing.commits_told or 0, len(listing.commits)), MAX_COMMITS),
        ("files of the diff", listing.diff_files or 0, MAX_DIFF_FILES),
    ):
        if number >= cap:
            yield f"{number} {what}: the code host ends its list at {cap}"


def _differing(snapshot: Snapshot, listing: HostListing) -> Iterator[str]:
    in_git = {path for file in snapshot.files for path in (file.path, file.path_at_base)}
    listed = set(listing.paths)
    for path in sorted(in_git - listed):
        yield f"{path}: changed by git's account, and not listed by the code host"
    for path in sorted(listed - in_git):
        yield f"{path}: listed by the code host, and not changed by git's account"
    if snapshot.revisions.head not in listing.commits:
        yield f"the head {snapshot.revisions.head[:12]} is not among the commits that the code host lists"
