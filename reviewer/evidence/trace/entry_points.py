"""Tells whether a definition is a way into the code from outside, by what its framework or runner looks at.

What is not sure is no entry point: None says that nothing is known, not that nobody outside calls.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from reviewer.domain.entry_point import EntryPoint
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.trace.entry_context import Context
from reviewer.evidence.trace.entry_labels import made
from reviewer.evidence.trace.entry_rules import DEFINITIONS, rules_language
from reviewer.evidence.trace.entry_rules.row import DefinitionRule
from reviewer.evidence.trace.origins import Origins


def entry_point(
    path: str,
    lines: Sequence[str],
    definition: Definition,
    *,
    owner: Definition | None = None,
    origins: Origins | None = None,
) -> EntryPoint | None:
    """The entry point that `definition` is; None when no rule is sure of it.

    `lines` are the whole file's. `owner` is the class around the definition; without it, rules that ask for a class
    do not fit. Without `origins` it is not asked where names come from.
    """
    rules = DEFINITIONS.get(rules_language(path), ())
    context = Context(path, lines, definition, owner, origins)
    return next((found for rule in rules if (found := _fitting(rule, context))), None)


def _fitting(rule: DefinitionRule, context: Context) -> EntryPoint | None:
    groups = dict(context.facts)
    if not _fits(rule, context, groups):
        return None
    line = _line(rule, context, groups)
    if line is None:
        return None
    return made(rule.sort, rule.label, context.path, context.lines, line=line, groups=groups)


def _fits(rule: DefinitionRule, context: Context, groups: dict[str, str]) -> bool:
    """Whether all fits but decorators and file; adds the groups of what does."""
    if rule.at_top and context.definition.owner:
        return False
    looked_at = (
        (rule.name and rf"\A(?:{rule.name})\Z", context.definition.name),
        (rule.path, context.path),
        (rule.head, context.head),
        (rule.owner, context.owner),
        (rule.above, context.above),
    )
    if not all(_adds(groups, _compiled(pattern).search(text)) for pattern, text in looked_at if pattern):
        return False
    every = "\n".join([context.owner, *(each.text for each in context.decorators), context.head])
    if rule.unless and _compiled(rule.unless).search(every):
        return False
    if rule.source and "base" in groups and not context.is_built_on(groups["base"], rule.source):
        return False
    return context.is_action if rule.is_action else True


def _line(rule: DefinitionRule, context: Context, groups: dict[str, str]) -> int | None:
    """The line that shows it: of the decorator, of the call in the file, or of the definition; None if none does."""
    line: int | None = context.head_line
    if rule.decorator:
        pattern = _compiled(rule.decorator)
        fitting = ((each, pattern.match(each.text)) for each in context.decorators)
        known = ((each, found) for each, found in fitting if found and context.is_from(each, rule.source))
        line = next((each.line for each, found in known if _adds(groups, found)), None)
    if rule.file and line is not None:
        found = re.search(rule.file.replace("NAME", re.escape(context.definition.name)), context.file)
        if found is None:
            return None
        line = context.file.count("\n", 0, found.end()) + 1 if "NAME" in rule.file else line
    return line


def _adds(groups: dict[str, str], found: re.Match[str] | None) -> bool:
    """Whether it fits; if so its groups are added."""
    if found is None:
        return False
    groups.update({key: value for key, value in found.groupdict().items() if value})
    return True


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
