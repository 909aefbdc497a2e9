"""Complexity: a change that makes functions much harder to read is refused, as one that is too large is."""

from collections.abc import Callable, Iterator

from reviewer.domain.change import Snapshot
from reviewer.domain.complexity import ComplexityEvidence, FunctionChange, FunctionMeasure
from reviewer.domain.gate import GateAnswer, GateEffect, GateResult
from reviewer.policy import Policy

SHOWN = 3
"""Functions that are named one by one."""
_Part = Callable[[FunctionMeasure], int]


def complexity(snapshot: Snapshot, evidence: ComplexityEvidence | None, policy: Policy) -> GateResult:
    """Stop, when functions outside lock and generated files rise above a limit.

    A function that was there before may rise by the leeway, wherever it stands: it can still be corrected.

    Effect: refuse. Setting: `complexity`.
    """
    uncounted = {file.path for file in snapshot.files if policy.is_uncounted(file)}
    changes = [] if evidence is None else [one for one in evidence.functions if one.path not in uncounted]
    rise = sum(map(_rise, changes))
    limits = policy.complexity
    over = [*_too_much(changes, rise, limits.max_increase), *_functions_over(changes, policy)]
    unknown = list(_unknown(evidence, uncounted))
    if over:
        answer, reason = GateAnswer.STOP, _first(over)
    elif unknown:
        answer, reason = GateAnswer.UNKNOWN, _first(unknown)
    else:
        answer, reason = GateAnswer.PASS, f"cognitive complexity rises by {rise}, limit {limits.max_increase}"
    return GateResult(
        gate="complexity",
        answer=answer,
        effect=GateEffect.REFUSE,
        value=f"cognitive complexity +{rise}",
        limit=f"+{limits.max_increase}, and {limits.max_function} for a function, {limits.max_nesting} levels, "
        f"{limits.max_function_lines} lines",
        reason=reason + _left_out(evidence, uncounted),
    )


def _too_much(changes: list[FunctionChange], rise: int, limit: int) -> Iterator[str]:
    if rise > limit:
        most = sorted(changes, key=_rise, reverse=True)[:SHOWN]
        named = ", ".join(f"{_name(one)} {_from_to(one, _cognitive)}" for one in most if _rise(one) > 0)
        yield f"cognitive complexity rises by {rise}, limit {limit}; most in {named}"


def _functions_over(changes: list[FunctionChange], policy: Policy) -> Iterator[str]:
    limits = policy.complexity
    parts: tuple[tuple[str, _Part, int], ...] = (
        ("cognitive complexity", _cognitive, limits.max_function),
        ("nesting", lambda measure: measure.nesting, limits.max_nesting),
        ("lines", lambda measure: measure.lines, limits.max_function_lines),
    )
    for what, part, limit in parts:
        for one in changes:
            before = part(one.before) if one.before else 0
            leeway = limit * limits.leeway // 100 if one.before else 0
            if part(one.after) > max(limit, before + leeway):
                yield f"{_name(one)}: {what} {_from_to(one, part)}, limit {limit}"


def _unknown(evidence: ComplexityEvidence | None, uncounted: set[str]) -> Iterator[str]:
    if evidence is None:
        yield "functions were not measured"
        return
    for file in evidence.unmeasured:
        if file.path not in uncounted:
            yield f"{file.path}: {file.reason}"


def _left_out(evidence: ComplexityEvidence | None, uncounted: set[str]) -> str:
    files = [path for path in evidence.not_counted if path not in uncounted] if evidence else []
    return f"; not counted: {_first(files)}, whose language is not measured" if files else ""


def _first(reasons: list[str]) -> str:
    more = f" and {len(reasons) - SHOWN} more" if len(reasons) > SHOWN else ""
    return "; ".join(reasons[:SHOWN]) + more


def _name(change: FunctionChange) -> str:
    return f"{change.path}:{change.line} {change.name or '(a function without a name)'}"


def _from_to(change: FunctionChange, part: _Part) -> str:
    return f"{part(change.before)} to {part(change.after)}" if change.before else f"{part(change.after)}, new"


def _cognitive(measure: FunctionMeasure) -> int:
    return measure.cognitive


def _rise(change: FunctionChange) -> int:
    """What the change adds; what gets simpler takes nothing away from it."""
    return max(change.after.cognitive - (change.before.cognitive if change.before else 0), 0)
