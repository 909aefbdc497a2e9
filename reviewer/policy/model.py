"""The settings of a policy, each with its default and its meaning."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from reviewer.domain.change import FileChange
from reviewer.domain.finding import Severity
from reviewer.domain.value import Value
from reviewer.policy.always import SELF_PROTECTING, UNCOUNTED
from reviewer.policy.globs import Globs, matches, matches_folder_or_below

ALL_AGENTS = ("intent", "diff-alignment", "safety", "logic", "anti-pattern", "execution-tracing")


class Setting(Value):
    """A part of the policy; the text under each field is also its description in the reference."""

    model_config = ConfigDict(use_attribute_docstrings=True)


Positive = Annotated[int, Field(ge=1, le=1_000_000_000, strict=True)]


class Size(Setting):
    """The limits above which a change is refused."""

    max_changed_lines: Positive = 500
    """Added plus deleted lines, lock and generated files left out."""
    max_files: Positive = 20
    """Changed files, lock and generated ones left out."""


class Paths(Setting):
    """Which paths are special. Globs with `**` and `{a,b}`, from the repository's root."""

    protected: Globs = ()
    """A change here always goes to a human; added to what protects the policy itself."""
    generated: Globs = ()
    """Generated and vendored files: not counted towards size, reviewed like the rest."""
    approvable_uncounted: Globs = ()
    """Lock, generated or vendored paths that do not bar an approval."""


class Approval(Setting):
    """Where approvals are possible at all."""

    paths: Globs = ("**",)
    """Every changed path must match one of these."""
    block_severity: Severity = Severity.HIGH
    """A confirmed finding at least this bad requests changes."""


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


class Policy(Setting):
    """The whole policy; every field has a default, so a repository needs no file."""

    version: Literal[1] = 1
    """Of this file's schema."""
    mode: Literal["shadow", "comment", "approve"] = "shadow"
    """What the engine may do with a decision on a code host; a local review has no effects at all."""
    size: Size = Size()
    paths: Paths = Paths()
    approval: Approval = Approval()
    budget: Budget = Budget()

    @property
    def required_agents(self) -> tuple[str, ...]:
        """The agents whose complete answer an approval needs."""
        return ALL_AGENTS

    def is_protected(self, path: str) -> bool:
        """True for the house's protected paths and those that no house can unprotect."""
        return matches_folder_or_below(path, SELF_PROTECTING, any_case=True) or matches_folder_or_below(
            path, self.paths.protected
        )

    def is_uncounted(self, file: FileChange) -> bool:
        """True for lock, generated and vendored files: recognised by this policy, never by a marker in them.

        Both of a file's paths must be such: what was counted before it was moved stays counted.
        """
        return all(self.is_listed_uncounted(path) for path in (file.path, file.path_at_base))

    def is_listed_uncounted(self, path: str) -> bool:
        """True when `path` is that of a lock, generated or vendored file."""
        return matches(path, (*UNCOUNTED, *self.paths.generated))
