"""What a rule about entry points consists of, and the parts that many of them share.

A rule fits when each of its patterns does. Named groups go into the label. `NAME` in a pattern stands for the name
of the definition. The first rule that fits counts; where no rule does, nothing is known.
"""

from dataclasses import dataclass

from reviewer.domain.entry_point import EntrySort

VERB = "get|post|put|patch|delete|head|options"
ROUTE = r"""[rbfu]?(?P<mark>["'`])(?P<route>/(?:(?!(?P=mark)).){0,300}|)(?P=mark)"""
"""A text that is empty or begins with a slash."""
ANY_ROUTE = r"""[rbfu]?(?P<mark>["'`])(?P<route>(?:(?!(?P=mark)).){0,300})(?P=mark)"""
WHAT = r"""[rbfu]?(?P<mark>["'`])(?P<what>(?:(?!(?P=mark)).){0,300})(?P=mark)"""
"""Any text."""


@dataclass(frozen=True)
class DefinitionRule:
    """How a definition is recognised."""

    sort: EntrySort
    label: str
    """With `{verb}`, `{route}` and other groups, `{name}`, `{owner}`, `{command}` (the name with dashes), `{path}`,
    `{at}` (the class's route and the own one), `{file_route}`, `{stem}` and `{folder}`."""
    name: str = ""
    """The whole name."""
    path: str = ""
    """A part of the path."""
    decorator: str = ""
    """The beginning of one decorator or annotation."""
    owner: str = ""
    """A part of the first lines of the class around it, decorators included; implies that there is one."""
    head: str = ""
    """A part of the lines of the signature, decorators left out."""
    above: str = ""
    """A part of the five lines above the definition."""
    file: str = ""
    """A part of the file."""
    unless: str = ""
    """No part of decorators, signature and class."""
    source: str = ""
    """The beginning of the module that the decorator comes from, or the class that the group `base` of `owner` names;
    what comes from elsewhere does not fit."""
    at_top: bool = False
    """Only what belongs to no class."""
    is_action: bool = False
    """Only public methods that are no callback (Ruby)."""


@dataclass(frozen=True)
class UseRule:
    """How a place that hands a function over, or a block of code without a name, is recognised."""

    sort: EntrySort
    label: str
    callee: str = ""
    """What stands right before the bracket around the use, to its end."""
    arguments: str = ""
    """What stands right after that bracket, with `NAME` for what is used where its place matters."""
    line: str = ""
    """A part of the line of the use, with `NAME` for what is used."""
    block: str = ""
    """A line above that is indented less than the use, from its first character that is no blank."""
    near: str = ""
    """A part of the ten lines before and after, wanted for the label only."""
    path: str = ""
    file: str = ""
