"""Size: small changes are the safety mechanism, so a large one is refused before anyone reads it."""

from reviewer.domain.change import Snapshot, UnitKind
from reviewer.domain.gate import GateAnswer, GateEffect, GateReport, GateResult
from reviewer.policy import Policy


def changed_lines(snapshot: Snapshot, policy: Policy) -> GateResult:
    """Stop above the limit of added plus deleted lines; could not tell when a file was too large to count.

    Lock and generated files do not count.

    Effect: refuse. Setting: `size.max_changed_lines`.
    """
    counted = [file for file in snapshot.files if not policy.is_uncounted(file)]
    lines = sum(file.added_lines + file.deleted_lines for file in counted)
    unread = [file.path for file in counted if any(unit.kind is UnitKind.OVERSIZED for unit in file.units)]
    limit = policy.size.max_changed_lines
    if lines > limit:
        answer, reason = GateAnswer.STOP, f"{lines} changed lines, limit {limit}: {lines - limit} too many"
    elif unread:
        answer, reason = GateAnswer.UNKNOWN, f"{unread[0]} was too large to count its changed lines"
    else:
        answer, reason = GateAnswer.PASS, f"{lines} changed lines, limit {limit}"
    return GateResult(
        gate="changed_lines",
        answer=answer,
        effect=GateEffect.REFUSE,
        value=f"{lines} changed lines" + (f" and {len(unread)} uncounted files" if unread else ""),
        limit=f"{limit} changed lines",
        reason=reason,
    )


def changed_files(snapshot: Snapshot, policy: Policy) -> GateResult:
    """Stop above the limit of changed files, lock and generated ones left out.

    Effect: refuse. Setting: `size.max_files`.
    """
    files = sum(not policy.is_uncounted(file) for file in snapshot.files)
    limit = policy.size.max_files
    over = files > limit
    return GateResult(
        gate="changed_files",
        answer=GateAnswer.STOP if over else GateAnswer.PASS,
        effect=GateEffect.REFUSE,
        value=f"{files} changed files",
        limit=f"{limit} changed files",
        reason=f"{files} changed files, limit {limit}" + (f": {files - limit} too many" if over else ""),
    )


def is_too_large(report: GateReport) -> bool:
    """True when the change is refused, and it is its size that is refused."""
    sizes = (changed_lines.__name__, changed_files.__name__)
    stops = report.having(GateAnswer.STOP)
    return any(result.gate in sizes and result.effect is GateEffect.REFUSE for result in stops)
