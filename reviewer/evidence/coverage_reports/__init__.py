"""Reports of test coverage: read within limits, and laid over the changed lines."""

from reviewer.evidence.coverage_reports.changed_lines import collect_line_coverage

__all__ = ["collect_line_coverage"]
