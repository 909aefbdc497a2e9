"""What the tools of a run say about their rules, and which of them a result means."""

import math
from dataclasses import dataclass

from reviewer.domain.scanner import ResultLevel
from reviewer.evidence.scanner_reports.node import Node
from reviewer.evidence.scanner_reports.report import ToldRule

_MAX_TAGS = 50


@dataclass(frozen=True)
class Component:
    """A tool, or an extension of it, with its rules in their order."""

    name: str
    rules: tuple[ToldRule, ...]
    messages: tuple[dict[str, str], ...]
    """For each rule its texts by the id that a result may name."""
    places: dict[str, int]
    """Where the rule of an id stands."""


def component(node: Node) -> Component:
    """A tool component with the rules that it describes."""
    described = list(node.children("rules"))
    rules = tuple(_rule(one) for one in described)
    places: dict[str, int] = {}
    for at, rule in enumerate(rules):
        places.setdefault(rule.id, at)
    return Component(node.text("name"), rules, tuple(_messages(one) for one in described), places)


def rule_of(result: Node, driver: Component, extensions: list[Component]) -> tuple[ToldRule, dict[str, str]]:
    """The rule that `result` names with its texts; one that only has an id where nobody describes it."""
    reference = result.inside("rule")
    extension = reference.inside("toolComponent").number("index")
    is_extended = extension is not None and 0 <= extension < len(extensions)
    owner = extensions[extension] if extension is not None and is_extended else driver
    name = result.text("ruleId") or reference.text("id")
    index = result.number("ruleIndex")
    index = reference.number("index") if index is None else index
    if index is not None and 0 <= index < len(owner.rules) and _fits(owner.rules[index].id, name):
        return owner.rules[index], owner.messages[index]
    for one in (owner, driver, *extensions):
        if (at := one.places.get(name)) is not None:
            return one.rules[at], one.messages[at]
    return ToldRule(id=name), {}


def level(text: str, node: Node) -> ResultLevel | None:
    """A level by SARIF's word; None for `none`."""
    if text == "none":
        return None
    if text not in set(ResultLevel):
        raise node.wrong("level", "error, warning, note or none")
    return ResultLevel(text)


def _fits(described: str, named: str) -> bool:
    """A result may name a rule more closely than the tool describes it: `CA1000/1` is of `CA1000`."""
    return not named or named == described or named.startswith(f"{described}/")


def _rule(node: Node) -> ToldRule:
    properties = node.inside("properties")
    set_up = node.inside("defaultConfiguration")
    about = node.inside("shortDescription").text("text") or node.inside("fullDescription").text("text")
    severity = properties.held.get("security-severity")
    precision = properties.held.get("precision")
    tags = properties.held.get("tags")
    return ToldRule(
        id=node.text("id"),
        about=about or node.text("name"),
        level=level(set_up.text("level") or "warning", set_up),
        security_severity=_score(severity),
        precision=precision if precision in ("very-high", "high", "medium", "low") else "",
        tags=tuple(str(tag) for tag in tags[:_MAX_TAGS]) if isinstance(tags, list) else (),
    )


def _score(said: object) -> float | None:
    """A number from 0 to 10, as a number or as text; None for what is none: properties are free of form."""
    if isinstance(said, bool) or not isinstance(said, int | float | str) or len(str(said)) > 20:
        return None
    try:
        score = float(said)
    except ValueError:
        return None
    return score if math.isfinite(score) and 0 <= score <= 10 else None


def _messages(node: Node) -> dict[str, str]:
    strings = node.inside("messageStrings")
    return {name: strings.inside(name).text("text") for name in strings.held}
