"""What a rule is, what it may look at, and how it speaks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from reviewer.domain.change import FileStatus, Snapshot
from reviewer.domain.coverage import RuleFlag
from reviewer.domain.evidence import Analysis, CodeQuote, FileAnalysis, SymbolChange
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.domain.finding import CodeSubject, Finding, Source, SourceKind
from reviewer.evidence.workspace import Workspace


@dataclass(frozen=True)
class Facts:
    """Everything a rule may look at."""

    snapshot: Snapshot
    evidence: EvidenceSet
    workspace: Workspace

    @cached_property
    def added_lines(self) -> frozenset[tuple[str, int]]:
        """Path and line at the head of each added line."""
        return frozenset((unit.path, line) for unit in self.snapshot.units for line in unit.added_at)


@dataclass(frozen=True)
class Outcome:
    """What a rule has to say."""

    findings: tuple[Finding, ...]
    unable: str | None
    """Why it could not look at everything it is there for; None when it did."""


class Explained:
    """What every rule can say about itself."""

    name: str
    version: str

    @property
    def source(self) -> Source:
        """The rule as the source of a finding."""
        return Source(kind=SourceKind.RULE, name=self.name, version=self.version)

    @property
    def page(self) -> str:
        """What it finds and why, where it fires and stays quiet, and what it cannot see: markdown for people."""
        return (files(__package__) / "pages" / f"{self.name}.md").read_text(encoding="utf-8")

    @property
    def summary(self) -> str:
        """The first sentence of what it finds, in one line."""
        told = self.page.split("## What\n", 1)[1].split("\n## ", 1)[0]
        return " ".join(told.split()).split(". ", 1)[0].rstrip(".") + "."


@dataclass(frozen=True)
class Rule(Explained):
    """A deterministic check; a change of what it says needs a new version."""

    name: str
    version: str
    check: Callable[["Rule", Facts], Outcome]
    ships: RuleFlag = RuleFlag.ON
    """What it may do where the policy does not name it; in shadow while its precision is not shown."""


def code_subject(quote: CodeQuote) -> CodeSubject:
    """A quote as something a finding can point at."""
    return CodeSubject(
        path=quote.path,
        side=quote.side,
        commit=quote.commit,
        first_line=quote.first_line,
        last_line=quote.last_line,
        quote=quote.text,
    )


_HAVE_SYMBOLS = frozenset(
    {"c", "c++", "c#", "dart", "elixir", "java", "kotlin", "lua", "php", "ruby", "rust", "scala", "svelte", "swift",
     "vue"}
)  # fmt: skip
"""Languages that define names for other files and have no grammar here yet."""


def _why_hidden(file: FileAnalysis) -> str | None:
    if file.analysis is Analysis.TAGS:
        return (
            f"{file.path}: {file.language} is known by name only, so who uses its definitions cannot be told"
        )
    if file.may_hide_changes:
        return f"{file.path}: {file.partial}"
    if file.analysis is Analysis.WORDS and file.language in _HAVE_SYMBOLS:
        return f"{file.path}: no grammar for {file.language}, so its definitions are not known"
    return None


def unseen(facts: Facts, changes: Iterable[SymbolChange]) -> str | None:
    """Why definitions or uses may be missing that a rule about `changes` of definitions needs; None when none are.

    Passed over: a new file that was understood in part, for nobody can have used before what is in it, and a file in
    which what was not understood is left alone by the change.
    """
    existed = {file.path for file in facts.snapshot.files if file.status is not FileStatus.ADDED}
    hidden = (_why_hidden(file) for file in facts.evidence.files if file.path in existed)
    reasons = [reason for reason in hidden if reason]
    wanted = frozenset(changes)
    traced = facts.evidence.traces
    reasons += [
        f"uses of {trace.symbol.qualified_name}: {trace.may_hide}"
        for trace in traced
        if trace.may_hide and trace.change in wanted
    ]
    known = sum(1 for trace in traced if trace.cut)
    reasons += facts.evidence.cuts[known:]
    return "; ".join(reasons) or None
