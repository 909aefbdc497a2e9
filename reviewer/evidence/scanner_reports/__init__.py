"""Reports of linters and scanners: read within limits, and kept where they are about added lines."""

from reviewer.evidence.scanner_reports.changed_lines import collect_scanner_results

__all__ = ["collect_scanner_results"]
