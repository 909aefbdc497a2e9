"""Reviews the cases of `evals/tracing` without a model, and tells what was found and what was a false alarm."""

import argparse
import asyncio
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.result import percentile, print_result
from benchmarks.tracing_cases import CASES, Case, Kind, Language, read_cases
from reviewer.domain.change import Origin, Side
from reviewer.domain.decision import Circumstances
from reviewer.domain.finding import CodeSubject, Finding, VerificationOutcome
from reviewer.domain.review import Review
from reviewer.errors import ReviewerError
from reviewer.ledger.keys import InstallationKey
from reviewer.ledger.record import RunRecorder
from reviewer.ledger.run_ids import new_run_id
from reviewer.pipeline import Run, Subject, review_change
from reviewer.policy import Policy
from reviewer.testing.memory_git import MemoryGit
from reviewer.testing.memory_ledger import MemoryLedger


@dataclass(frozen=True)
class Answer:
    """What the engine said of one case."""

    case: Case
    findings: tuple[Finding, ...]
    """Those that were not refuted."""

    @property
    def to_the_point(self) -> tuple[Finding, ...]:
        """Findings about, or citing, a line where the head is wrong."""
        wrong = {(place.path, self.case.line(place)) for place in self.case.places}
        return tuple(finding for finding in self.findings if wrong & set(_lines_at_head(finding)))

    @property
    def is_right(self) -> bool:
        """A defect was found, or nothing was said where there is none."""
        return bool(self.to_the_point) if self.case.places else not self.findings


@dataclass
class Tally:
    """What came of the cases so far."""

    answers: list[Answer] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    unable_rules: Counter[str] = field(default_factory=Counter)
    undecided: list[dict[str, str]] = field(default_factory=list)
    crashes: list[dict[str, str]] = field(default_factory=list)


def main() -> int:
    """Run the benchmark; 1 when a case crashed or stayed undecided."""
    tally = Tally()
    for case in _wanted():
        _measure(case, tally)
    print_result(_result(tally))
    return 1 if tally.crashes or tally.undecided else 0


def _wanted() -> Sequence[Case]:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tracing", description=__doc__)
    parser.add_argument("--only", default="", metavar="BEGINNING", help="of the ids of the cases wanted")
    parser.add_argument("--data", type=Path, default=CASES, help="the folder of the set")
    options = parser.parse_args()
    if not options.data.is_dir():
        parser.error(f"--data {options.data}: no such folder")
    wanted = [case for case in read_cases(options.data) if case.id.startswith(options.only)]
    if not wanted:
        parser.error(f"--only {options.only}: no case has an id that begins so")
    return wanted


def _measure(case: Case, tally: Tally) -> None:
    """Review one case and add what came of it."""
    started = time.monotonic()
    try:
        review = asyncio.run(review_change(_run(case)))
    except ReviewerError as error:
        tally.undecided.append({"case": case.id, "error": f"{type(error).__name__}: {error}"})
    except Exception as error:  # noqa: BLE001 - a crash is a result here, and the next case is still measured
        traceback.print_exc()
        tally.crashes.append({"case": case.id, "error": f"{type(error).__name__}: {error}"})
    else:
        tally.answers.append(Answer(case, tuple(_findings(review))))
        tally.unable_rules.update(report.rule for report in review.rules if report.unable)
    finally:
        tally.seconds.append(time.monotonic() - started)


def _run(case: Case) -> Run:
    git, policy = MemoryGit(case.family), Policy()
    base = git.commit(case.base)
    head = git.commit(case.change, message=case.family)
    # The name of the family is all the prose there is: a title would give the answer away.
    return Run(
        subject=Subject(base=base, head=head, origin=Origin.LOCAL_RANGE, asked=f"case {case.id}"),
        repo=git,
        policy=policy,
        router=None,
        no_model_reason="this benchmark asks none",
        boundary_key=bytes(32),
        circumstances=Circumstances(approvals_suspended=True),
        recorder=RunRecorder(
            MemoryLedger(), InstallationKey(bytes(32)), run_id=new_run_id(at_ms=_now_ms()), now_ms=_now_ms
        ),
        tell=lambda _: None,
    )


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _findings(review: Review) -> Iterator[Finding]:
    for verification in review.verifications:
        if verification.outcome is not VerificationOutcome.REFUTED:
            yield verification.finding


def _lines_at_head(finding: Finding) -> Iterator[tuple[str, int]]:
    for subject in (finding.subject, *finding.evidence):
        if isinstance(subject, CodeSubject) and subject.side is Side.HEAD:
            yield from ((subject.path, n) for n in range(subject.first_line, subject.last_line + 1))


def _result(tally: Tally) -> dict[str, Any]:
    answers = tally.answers
    return {
        "benchmark": "tracing",
        **_figures(answers),
        "by_language": {key: _figures([a for a in answers if a.case.language is key]) for key in Language},
        "by_kind": {key: _figures([a for a in answers if a.case.kind is key]) for key in Kind},
        "by_rule": _by_rule(answers),
        "missed": [answer.case.id for answer in answers if answer.case.places and not answer.is_right],
        "alarms": [_said(answer) for answer in answers if not answer.case.places and not answer.is_right],
        "beside": [_said(a) for a in answers if a.case.places and set(a.findings) - set(a.to_the_point)],
        "unable_rules": dict(sorted(tally.unable_rules.items())),
        "crashes": len(tally.crashes),
        "crashed": tally.crashes,
        "undecided": len(tally.undecided),
        "undecided_reasons": tally.undecided,
        "seconds_p50": percentile(tally.seconds, 0.50),
        "seconds_p95": percentile(tally.seconds, 0.95),
        "wall_seconds": round(sum(tally.seconds), 3),
    }


def _figures(answers: Sequence[Answer]) -> dict[str, Any]:
    firing = [answer for answer in answers if answer.case.places]
    found = sum(answer.is_right for answer in firing)
    false_alarms = sum(not answer.case.places and not answer.is_right for answer in answers)
    families = {answer.case.family for answer in answers}
    return {
        "firing": len(firing),
        "found": found,
        "quiet": len(answers) - len(firing),
        "false_alarms": false_alarms,
        "families": len(families),
        "families_right": len(families - {answer.case.family for answer in answers if not answer.is_right}),
        "recall": round(found / len(firing), 3) if firing else None,
        "precision": round(found / (found + false_alarms), 3) if found + false_alarms else None,
    }


def _by_rule(answers: Sequence[Answer]) -> dict[str, dict[str, int]]:
    """For each rule that spoke, the number of its findings to the point, beside it, and of false alarms."""
    counts: dict[str, Counter[str]] = {}
    for answer in answers:
        for finding in answer.findings:
            where = "alarms" if not answer.case.places else "beside"
            outcome = "to_the_point" if finding in answer.to_the_point else where
            counts.setdefault(finding.source.name, Counter())[outcome] += 1
    order = ("to_the_point", "beside", "alarms")
    return {rule: {key: counts[rule][key] for key in order} for rule in sorted(counts)}


def _said(answer: Answer) -> dict[str, Any]:
    """What was said of a case besides what had to be."""
    others = [finding for finding in answer.findings if finding not in answer.to_the_point]
    return {"case": answer.case.id, "findings": [f"{f.source.name}: {f.subject.place}" for f in others]}


if __name__ == "__main__":
    sys.exit(main())
