"""Builders of what a code host and a base say: a pull request that every gate lets pass, by default."""

from typing import Any

from reviewer.domain.base_facts import BaseFacts, Familiarity, PathOwners, PathRate
from reviewer.domain.change import AuthorKind
from reviewer.domain.fact import Known, Unknown
from reviewer.domain.host_facts import (
    CheckConclusion,
    CheckRun,
    HostAuthor,
    HostFacts,
    HostListing,
    PullRequestKey,
    RequiredCheck,
)
from reviewer.domain.value import digest_of
from reviewer.testing.values import BASE, HEAD

UNKNOWN: Unknown = Unknown(why="the request was refused")


def account(name: str) -> str:
    """The pseudonym of somebody."""
    return digest_of(["account", name])


def a_listing(*paths: str, commits: tuple[str, ...] = (HEAD,), **parts: Any) -> HostListing:
    """A whole listing of `paths`."""
    paths = paths or ("src/a.py",)
    return HostListing(
        **{
            "files_told": len(paths),
            "commits_told": len(commits),
            "paths": paths,
            "commits": commits,
            **parts,
        }
    )


def a_required_check(name: str = "tests", *, app: str | None = None, is_ours: bool = False) -> RequiredCheck:
    """A check that the host requires."""
    return RequiredCheck(name=name, app=app, is_ours=is_ours)


def a_check_run(
    conclusion: CheckConclusion | None = CheckConclusion.SUCCESS,
    *,
    name: str = "tests",
    app: str = "ci",
    head: str = HEAD,
    is_ours: bool = False,
) -> CheckRun:
    """A run of `name` at `head`."""
    return CheckRun(name=name, app=app, head=head, conclusion=conclusion, is_ours=is_ours)


def host_facts(*, number: int = 7, **facts: Any) -> HostFacts:
    """Facts of a pull request of a human; each of `facts` is a value, or an `Unknown`."""
    told: dict[str, Any] = {
        "is_draft": False,
        "is_fork": False,
        "author": HostAuthor(kind=AuthorKind.HUMAN, account=account("author")),
        "pushers": (account("author"),),
        "committers": (account("author"),),
        "co_authors": (),
        "initiator": None,
        "approvers": (account("approver"),),
        "engine": account("engine"),
        "required_checks": (a_required_check(),),
        "check_runs": (a_check_run(),),
        "siblings": (),
        "listing": a_listing(),
        "base_now": BASE,
        "head_now": HEAD,
        **facts,
    }
    known = {
        name: fact if isinstance(fact, Unknown) else Known(value=fact).model_dump()
        for name, fact in told.items()
    }
    return HostFacts.model_validate(
        {"pull_request": PullRequestKey(repository="R_1", number=number), **known}
    )


def base_says(
    *,
    owners: tuple[PathOwners, ...] | Unknown = (),
    rates: tuple[PathRate, ...] | Unknown = (),
    undone: tuple[str, ...] | Unknown = (),
    familiarity: Familiarity | Unknown | None = None,
) -> BaseFacts:
    """Facts of the base; nothing special by default."""
    return BaseFacts(
        owners=owners if isinstance(owners, Unknown) else Known(value=owners),
        rates=rates if isinstance(rates, Unknown) else Known(value=rates),
        undone=undone if isinstance(undone, Unknown) else Known(value=undone),
        familiarity=familiarity
        if isinstance(familiarity, Unknown)
        else Known(value=familiarity or Familiarity(lines=10, own_lines=10)),
    )
