"""The shape of a row: which node types of a language make code hard to read, and in which way."""

from collections.abc import Mapping
from dataclasses import dataclass, field

_LOGICAL = {"&&": "and", "||": "or", "and": "and", "or": "or"}


@dataclass(frozen=True, eq=False)
class Row:
    """One language.

    Source of the rules: G. Ann Campbell, "Cognitive Complexity: a new way of measuring understandability"
    (SonarSource, 2018), appendix B. A field says which increment its node types get there.
    """

    functions: frozenset[str]
    """Methods, functions and lambdas. Inside another function they add a level and nothing else."""
    ifs: frozenset[str]
    """One, and one more for each level around. What follows a child `else` counts one, whatever is around."""
    loops: frozenset[str]
    """As `ifs`; what follows an `else` of a loop counts one as well."""
    switches: frozenset[str] = frozenset()
    """As `ifs`, together with all their cases."""
    catches: frozenset[str] = frozenset()
    """As `ifs`."""
    ternaries: frozenset[str] = frozenset()
    """As `ifs`. Forms that leave a branch out, such as `a ?? b`, are shorthand and count nothing."""
    else_ifs: frozenset[str] = frozenset()
    """Nodes of their own for `elif`: one, whatever is around. As well an `else` that no `if` inside continues."""
    elses: frozenset[str] = frozenset()
    """Nodes of their own for `else`: one, whatever is around. An `if` that is all they hold continues the chain."""
    jumps: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """`break` and `continue` by the types of children that are a label or a number: one with such a child."""
    gotos: frozenset[str] = frozenset()
    """One each."""
    logical: frozenset[str] = frozenset()
    """Nodes in which an operator may be a logical one: one for each run of the same operator."""
    operators: Mapping[str, str] = field(default_factory=lambda: _LOGICAL)
    """Logical operators as they are written, to what they mean."""
    parentheses: frozenset[str] = frozenset({"parenthesized_expression"})
    """Do not end a run of operators."""
    calls: Mapping[str, str] = field(default_factory=dict)
    """Calls by the field of what is called; empty where a name does not tell which of several functions is meant."""
    receivers: frozenset[str] = frozenset()
    """What stands before the name when a method calls itself: `self.`."""
    scopes: frozenset[str] = frozenset()
    """Types and namespaces that qualify the names of functions inside."""
    declarations: frozenset[str] = frozenset()
    """A function whose every statement is one of these only holds others: it adds no level to those inside."""
