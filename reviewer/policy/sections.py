"""The sections of a policy, each setting with its default and its meaning."""

from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from reviewer.domain.finding import Severity
from reviewer.domain.triage import RiskTier
from reviewer.domain.value import Value
from reviewer.policy.always import ALL_AGENTS, SENSITIVE, SENSITIVE_NAMES
from reviewer.policy.globs import Globs
from reviewer.policy.patterns import Pattern
from reviewer.policy.tightness import LessIsTighter, MoreIsTighter, TightFirst

Word = Annotated[str, Field(pattern=r"^[a-z]+$", max_length=60)]


class Setting(Value):
    """A part of the policy; the text under each field is also its description in the reference."""

    model_config = ConfigDict(use_attribute_docstrings=True)


Positive = Annotated[int, Field(ge=1, le=1_000_000_000, strict=True)]
Limit = Annotated[Positive, LessIsTighter()]
Percent = Annotated[int, Field(ge=0, le=100, strict=True)]
Mode = Literal["off", "shadow", "comment", "approve"]
AgentFlag = Literal["on", "off"]
Allowance = Annotated[Literal["escalate", "allow"], TightFirst(("escalate", "allow"))]
CheckName = Annotated[str, Field(min_length=1, max_length=200)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""Of a rule or an agent, as it is shown in a review."""


class Size(Setting):
    """The limits above which a change is refused."""

    max_changed_lines: Limit = 500
    """Added plus deleted lines, lock and generated files left out."""
    max_files: Limit = 20
    """Changed files, lock and generated ones left out."""


class Breadth(Setting):
    """How many things one change may be about; above a limit it is refused. Lock and generated files are left out."""

    max_areas: Limit = 4
    """Top folders; files at the root belong to none."""
    area_depth: Annotated[int, Field(ge=1, le=10, strict=True), MoreIsTighter()] = 1
    """Folders from the root that name an area: with 2, `packages/web` and `packages/api` are two."""
    max_owners: Limit = 4
    """Groups of owners, by the CODEOWNERS file of the base; paths without owner belong to none."""
    max_languages: Limit = 4
    """Languages of code; documents and data are none."""
    max_parts: Limit = 5
    """Groups of code files that hang together: one uses, imports or tests another, or shares its folder's name."""


class ChangeRate(Setting):
    """How often a path may change before a human looks at where it is going."""

    days: Annotated[int, Field(ge=1, le=3650, strict=True), MoreIsTighter()] = 14
    """Days before the base's commit in which merged changes are counted."""
    max_changes: Limit = 20
    """Merged changes of one path in that time; lock and generated files, and documents, are left out."""


class TriageLimits(Setting):
    """Above which values a fact argues for a risk tier. Documents, tests, translations and locks do not count."""

    sensitive: Globs = SENSITIVE
    """Paths, in any case, that argue for `high`; documents and tests among them do not. Naming some replaces the
    shipped ones; an organisation's are added."""
    sensitive_names: Annotated[tuple[Word, ...], Field(max_length=500)] = SENSITIVE_NAMES
    """Words that do the same where one is a word in the name of a folder or file: `auth` in `user_auth.go`."""
    medium_lines: Limit = 100
    """Changed lines above which the size argues for `medium`."""
    high_lines: Limit = 300
    """Changed lines above which it argues for `high`."""
    path_changes: Limit = 8
    """Merged changes of one path within `change_rate.days` above which it argues for `medium`."""
    min_familiar_lines: Annotated[Percent, MoreIsTighter()] = 10
    """Percent of the lines around the change that its authors wrote, below which that argues for `medium`."""
    untested_lines: Limit = 5
    """Changed lines of programs above which a change that adds to no test argues for `medium`."""
    entry_points: Limit = 10
    """Routes, commands and other ways in that lead to changed code: more, tests left out, argue for `medium`."""
    using_files: Limit = 20
    """Files that use what is changed: more, tests left out, argue for `medium`."""
    owner_groups: Limit = 1
    """Groups of owners of the paths, by CODEOWNERS, above which that argues for `medium`."""
    raise_at: Annotated[int, Field(ge=2, le=20, strict=True), LessIsTighter()] = 4
    """Factors that argue for a tier from which on the change is one tier above the highest of them."""


def _known_agent(name: str) -> str:
    if name not in ALL_AGENTS:
        raise ValueError(f"{name}: no such agent; there are {', '.join(ALL_AGENTS)}")
    return name


class Depth(Setting):
    """How a change of one risk tier is looked at."""

    agents: Annotated[
        tuple[Annotated[str, AfterValidator(_known_agent)], ...], Field(max_length=len(ALL_AGENTS))
    ] = ALL_AGENTS
    """Sub-agents that are asked. An approval needs the answers of all: where one is left out, none is approved."""
    budget: Annotated[int, Field(ge=10, le=1000, strict=True)] = 100
    """Percent of the `budget` that each has: turns, tool calls, input tokens and seconds."""


class Tiers(Setting):
    """How changes are looked at, by their risk tier."""

    low: Depth = Depth()
    medium: Depth = Depth()
    high: Depth = Depth()
    critical: Depth = Depth()

    def of(self, tier: RiskTier) -> Depth:
        """What holds for `tier`."""
        found = getattr(self, tier.value)
        assert isinstance(found, Depth)  # noqa: S101 - there is a field for each tier
        return found


class Checks(Setting):
    """Checks of others, such as tests, that an approval waits for."""

    hold: Annotated[tuple[CheckName, ...], Field(max_length=100)] = ()
    """Checks that must be green at the head before an approval; added to the organisation's."""


class Commits(Setting):
    """The standard that titles and commit messages are held to; nothing by default."""

    standard: Literal["none", "conventional"] = "none"
    """`conventional`: a subject is `type(scope): what it does`, the scope optional, `!` before the colon allowed."""
    types: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,29}$")], ...],
        Field(min_length=1, max_length=50),
    ] = ("build", "chore", "ci", "docs", "feat", "fix", "perf", "refactor", "revert", "style", "test")
    """The types that `conventional` knows, written in any case in a subject."""
    max_subject: Annotated[int, Field(ge=0, le=1000, strict=True)] = 0
    """Characters of a subject, a number in brackets that the code host put behind it left out; 0 for no limit."""
    issue_pattern: Pattern | None = None
    """An RE2 expression that the title, the body or a commit message must hold once, such as `[A-Z]+-[0-9]+`."""
    applies_to: Literal["title", "commits", "both"] = "both"
    """Whose subject is held to it: where changes are squashed, the title's alone."""

    @property
    def asks_for_something(self) -> bool:
        """False when every message fits."""
        return self.standard != "none" or self.max_subject > 0 or self.issue_pattern is not None


class Complexity(Setting):
    """How much harder to read a change may make functions; above, it is refused."""

    max_increase: Limit = 40
    """Sum of what the cognitive complexity of functions rises by; a new function counts in full."""
    max_function: Limit = 25
    """Cognitive complexity of a function."""
    max_nesting: Limit = 5
    """Branches, loops and functions inside each other in a function."""
    max_function_lines: Limit = 200
    """Lines of a function."""
    leeway: Annotated[Percent, LessIsTighter()] = 20
    """Percent of a limit by which a function that is not new may rise, even above that limit."""


class Tests(Setting):
    """What tests must have run, by reports that are given with the change."""

    min_changed_line_coverage: Annotated[Percent, MoreIsTighter()] = 0
    """Percent of the added lines that can be run which tests must have run; 0 asks for none."""
    report_required: Annotated[bool, Field(strict=True), TightFirst((True, False))] = False
    """Whether a change without a report goes to a human."""


class Paths(Setting):
    """Which paths are special. Globs with `**` and `{a,b}`, from the repository's root."""

    protected: Globs = ()
    """A change here always goes to a human; added to what is protected already, here and by the organisation."""
    generated: Globs = ()
    """Generated and vendored files: not counted towards size, reviewed like the rest."""
    approvable_uncounted: Globs = ()
    """Lock, generated or vendored paths that do not bar an approval."""


class Approval(Setting):
    """Where approvals are possible at all."""

    paths: Globs = ("**",)
    """Every changed path must match one of these."""
    share: Annotated[Percent, LessIsTighter()] = 100
    """Percent of pull requests that may be approved, chosen by their number: the same answer for each push."""
    block_severity: Annotated[Severity, TightFirst(tuple(reversed(Severity)))] = Severity.HIGH
    """A confirmed finding at least this bad requests changes."""
    max_tier: Annotated[RiskTier, TightFirst(tuple(RiskTier))] = RiskTier.MEDIUM
    """The highest risk tier of a change that may be approved."""
    forks: Allowance = "escalate"
    """Whether a pull request from a fork may be approved."""
    agents: Allowance = "allow"
    """Whether one that a coding agent wrote may be approved."""
    bots: Allowance = "escalate"
    """Whether one of another bot, such as an updater of dependencies, may be approved."""


class Budget(Setting):
    """Limits of one sub-agent in one review."""

    max_turns: Positive = 16
    """Replies asked of the model, repairs and refused tool calls included."""
    max_tool_calls: Positive = 40
    """Tools run; a call beyond it is answered with a refusal."""
    max_input_tokens: Positive = 400_000
    """Sum over all requests of the agent."""
    max_output_tokens: Positive = 16_000
    """Of one reply."""
    max_seconds: Positive = 600
    """From the first request to the answer."""
    max_attempts: Positive = 3
    """Tries of one request, the first included."""
