"""SARIF 2.1.0, as linters and scanners write it. Source: the OASIS standard of that name and version.

Left out by the tool's own word: results of a kind other than `fail`, of the level `none`, suppressed ones, and those
that its baseline calls unchanged or absent. Not read: overrides of levels by an invocation, code flows, fixes.
"""

from collections.abc import Iterator

from reviewer.domain.scanner import ResultLevel
from reviewer.evidence.given_report import UnreadableReport
from reviewer.evidence.scanner_reports.node import Node
from reviewer.evidence.scanner_reports.places import places_of
from reviewer.evidence.scanner_reports.report import ScannerReport, ToldResult, ToldRule
from reviewer.evidence.scanner_reports.rules import Component, component, level, rule_of

MAX_RESULTS = 100_000
"""Of one report, told or not."""
_MAX_RUNS = 100
_MAX_ARGUMENTS = 20
_MAX_WORDS = 5_000
"""Characters of one message that are looked at."""


def read_sarif(raw: bytes) -> ScannerReport:
    """The results to tell; `UnreadableReport` says where the report is not what it must be."""
    document = Node.document(raw)
    version = document.text("version")
    if version != "2.1.0":
        raise UnreadableReport(f"version {version[:20]!r} of SARIF, only 2.1.0 is read")
    if "runs" not in document.held:
        raise UnreadableReport("has no runs")
    runs = list(document.children("runs"))
    if len(runs) > _MAX_RUNS:
        raise UnreadableReport(f"{len(runs)} runs, limit {_MAX_RUNS}")
    number = sum(1 for run in runs for _ in run.children("results"))
    if number > MAX_RESULTS:
        raise UnreadableReport(f"{number} results, limit {MAX_RESULTS}")
    tools = tuple(dict.fromkeys(_driver(run).text("name")[:_MAX_WORDS] for run in runs))
    results = tuple(result for run in runs for result in _results(run))
    commits = (one.text("revisionId") for run in runs for one in run.children("versionControlProvenance"))
    return ScannerReport(tools, results, tuple(dict.fromkeys(commit for commit in commits if commit)))


def _driver(run: Node) -> Node:
    driver = run.inside("tool").inside("driver")
    if not driver.text("name").strip():
        raise driver.wrong("name", "text that names the tool")
    return driver


def _results(run: Node) -> Iterator[ToldResult]:
    """The results of one run that are to be told."""
    driver = _driver(run)
    version = driver.text("semanticVersion") or driver.text("version")
    own, extensions = component(driver), [component(one) for one in run.inside("tool").children("extensions")]
    artifacts = list(run.children("artifacts"))
    for result in run.children("results"):
        rule, messages = rule_of(result, own, extensions)
        ranked = _level(result, rule)
        places = tuple(places_of(result, run, artifacts))
        if ranked is not None and places and _is_to_be_told(result):
            yield ToldResult(
                tool=own.name[:_MAX_WORDS],
                tool_version=version[:_MAX_WORDS],
                rule=_named(rule, result, own),
                level=ranked,
                message=_message(result.inside("message"), messages),
                places=places,
            )


def _is_to_be_told(result: Node) -> bool:
    is_failure = (result.text("kind") or "fail") == "fail"
    is_old = result.text("baselineState") in ("unchanged", "absent")
    suppressed = [one.text("status") or "accepted" for one in result.children("suppressions")]
    return is_failure and not is_old and not (suppressed and set(suppressed) == {"accepted"})


def _level(result: Node, rule: ToldRule) -> ResultLevel | None:
    said = result.text("level")
    return level(said, result) if said else rule.level


def _named(rule: ToldRule, result: Node, tool: Component) -> ToldRule:
    """A rule that the report nowhere names is called as the tool."""
    return rule if rule.id or result.text("ruleId") else ToldRule(about=tool.name, level=rule.level)


def _message(message: Node, texts: dict[str, str]) -> str:
    """The message in words: written out, or one of the rule's texts with its arguments put in."""
    text = (message.text("text") or texts.get(message.text("id"), ""))[:_MAX_WORDS]
    arguments = message.held.get("arguments") or []
    if not isinstance(arguments, list):
        raise message.wrong("arguments", "list")
    for at, argument in enumerate(arguments[:_MAX_ARGUMENTS]):
        text = text.replace(f"{{{at}}}", str(argument)[:_MAX_WORDS])[:_MAX_WORDS]
    return text
