"""The policy as a whole: what holds everywhere, for folders, and under ceilings."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_serializer, model_validator

from reviewer.domain.change import FileChange
from reviewer.domain.coverage import RuleFlag
from reviewer.policy.always import (
    ALL_AGENTS,
    ALWAYS_ON,
    SELF_PROTECTING,
    UNCOUNTED,
)
from reviewer.policy.globs import Globs, matches, matches_folder_or_below
from reviewer.policy.sections import (
    AgentFlag,
    Approval,
    Breadth,
    Budget,
    ChangeRate,
    Checks,
    Commits,
    Complexity,
    Mode,
    Name,
    Paths,
    Setting,
    Size,
    Tests,
    Tiers,
    TriageLimits,
)
from reviewer.policy.tightness import TightFirst, leaves, nested


class Limits(Setting):
    """What a folder may set otherwise, and what a ceiling may bound."""

    mode: Annotated[Mode, TightFirst(("off", "shadow", "comment", "approve"))] = "shadow"
    """What the engine may do with a decision on a code host; a local review has no effects at all."""
    size: Size = Size()
    breadth: Breadth = Breadth()
    change_rate: ChangeRate = ChangeRate()
    triage: TriageLimits = TriageLimits()
    complexity: Complexity = Complexity()
    tests: Tests = Tests()
    approval: Approval = Approval()
    rules: Annotated[dict[Name, RuleFlag], Field(max_length=500), TightFirst(tuple(RuleFlag))] = Field(
        default_factory=dict
    )
    """A rule by its name: `on`, `shadow` (recorded, blocks nothing) or `off`. Unnamed ones are as they ship."""

    @model_validator(mode="after")
    def _keeps_what_protects_it(self) -> Self:
        for name in sorted(ALWAYS_ON):
            if self.rules.get(name, "on") != "on":
                raise ValueError(
                    f"rules.{name} cannot be switched off: it keeps secrets out of models and records"
                )
        return self


class WeighedLimits(Limits):
    """Limits of which each can be compared with another value of the same setting."""

    @model_validator(mode="after")
    def _can_be_weighed(self) -> Self:
        for leaf in leaves(self, only_set=True):
            if leaf.order is None and leaf.key != ("paths",):
                raise ValueError(
                    f"{'.'.join(leaf.key)} holds for the whole repository and cannot be set here"
                )
        return self

    @model_serializer
    def _what_was_written(self) -> dict[str, Any]:
        """A setting that nobody wrote stays unwritten when the policy is read back."""
        return nested({leaf.key: leaf.value for leaf in leaves(self, only_set=True)})


class FolderLimits(WeighedLimits):
    """What holds for some paths instead; the last entry that names a path decides for it."""

    paths: Annotated[Globs, Field(min_length=1)]
    """Paths for which the other settings of this entry hold."""


class Silence(Setting):
    """Paths of which a rule is not to speak."""

    rule: Name
    """The rule, by its name."""
    paths: Annotated[Globs, Field(min_length=1)]
    """A finding of which each place at the head is one of these is recorded as silenced, and weighs nothing."""
    reason: Annotated[str, Field(min_length=10, max_length=1000)]
    """Why; shown and recorded with each finding that is silenced."""


class Policy(Limits):
    """The whole policy; every field has a default, so a repository needs no file."""

    version: Literal[1] = 1
    """Of this file's schema."""
    extends: Annotated[str, Field(max_length=500)] | None = None
    """An organisation's policy that this one starts from: `owner/repository@commit:path`, the commit in full."""
    paths: Paths = Paths()
    checks: Checks = Checks()
    commits: Commits = Commits()
    agents: Annotated[dict[Name, AgentFlag], Field(max_length=100)] = Field(default_factory=dict)
    """A sub-agent by its name. One that is `off` is not asked, and without its answer nothing is approved."""
    folders: Annotated[tuple[FolderLimits, ...], Field(max_length=200)] = ()
    """Other limits for some paths. A change that touches several is held to the tightest of each setting."""
    silences: Annotated[tuple[Silence, ...], Field(max_length=200)] = ()
    """Findings of a rule about some paths that are known and accepted, each entry with its reason."""
    ceilings: WeighedLimits = WeighedLimits()
    """The most that folders, and policies that extend this one, may allow."""
    budget: Budget = Budget()
    tiers: Tiers = Tiers()

    @property
    def required_agents(self) -> tuple[str, ...]:
        """The agents whose complete answer an approval needs."""
        return ALL_AGENTS

    def is_off(self, agent: str) -> bool:
        """True when `agent` is not to be asked."""
        return self.agents.get(agent) == "off"

    def silence_of(self, rule: str, path: str) -> Silence | None:
        """The entry that silences `rule` about `path`, if there is one."""
        fitting = (one for one in self.silences if one.rule == rule and matches(path, one.paths))
        return next(fitting, None)

    def is_protected(self, path: str) -> bool:
        """True for the house's protected paths and those that no house can unprotect."""
        return matches_folder_or_below(path, SELF_PROTECTING, any_case=True) or matches_folder_or_below(
            path, self.paths.protected
        )

    def is_uncounted(self, file: FileChange) -> bool:
        """True for lock, generated and vendored files: recognised by this policy or by git attributes of the base.

        Never by a marker in them. Both of a file's paths must be such: what was counted before it was moved stays
        counted.
        """
        return file.marked_at_base or all(
            self.is_listed_uncounted(path) for path in (file.path, file.path_at_base)
        )

    def is_listed_uncounted(self, path: str) -> bool:
        """True when `path` is that of a lock, generated or vendored file."""
        return matches(path, (*UNCOUNTED, *self.paths.generated))
