"""Tells what outside event leads to a use: a handler that is handed over, or code in a block without a name."""

import re
from collections.abc import Iterator, Sequence

from reviewer.domain.entry_point import EntryPoint
from reviewer.evidence.trace.entry_labels import MAX_LINE, made
from reviewer.evidence.trace.entry_rules import USES, rules_language
from reviewer.evidence.trace.entry_rules.row import UseRule

_REACH_LINES = 300
_REACH_CHARACTERS = 60_000
_NEAR_LINES = 10
_OWN_CODE = re.compile(r"=>|\bfunction\b|\bfunc\s*\(|\blambda\b")
_BRACKETS = re.compile(r"[()\[\]{}]")
_PARTNER = {")": "(", "]": "[", "}": "{"}
_NO_CODE = {
    "python": re.compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*"""),
    "ruby": re.compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*"""),
}
_NO_CODE_ELSEWHERE = re.compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`|//[^\n]*""")


def registration(
    path: str, lines: Sequence[str], line: int, name: str, *, handed_over: bool = False
) -> EntryPoint | None:
    """The entry point that leads to `name` on `line`; None when no rule is sure of one.

    For a function that is handed over (`app.get('/x', name)`, `RunE: name`), and for a use outside of every
    definition (`it('does x', () => name())`, `task :x do`). The innermost one counts. Lines count from 1. With
    `handed_over` only the first: what a test's code reads is not what runs it.
    """
    language = rules_language(path)
    rules = [rule for rule in USES.get(language, ()) if not rule.path or re.search(rule.path, path)]
    if not rules or not 1 <= line <= len(lines):
        return None
    if any(rule.file for rule in rules):
        text = "\n".join(lines)
        rules = [rule for rule in rules if not rule.file or re.search(rule.file, text)]
    use = _Use(path, lines, line, name, language)
    found = use.on_its_line(rules) or use.in_brackets(rules, handed_over=handed_over)
    return found or (None if handed_over else use.in_block(rules))


class _Use:
    """One place where a name is used."""

    def __init__(self, path: str, lines: Sequence[str], line: int, name: str, language: str) -> None:
        self._path = path
        self._lines = lines
        self._line = line
        self._name = name
        self._no_code = _NO_CODE.get(language, _NO_CODE_ELSEWHERE)

    def on_its_line(self, rules: Sequence[UseRule]) -> EntryPoint | None:
        """By the line alone."""
        text = self._lines[self._line - 1][:MAX_LINE]
        for rule in rules:
            pattern = rule.line.replace("NAME", re.escape(self._name))
            if rule.line and (found := re.search(pattern, text)):
                return self._made(rule, self._line, found)
        return None

    def in_brackets(self, rules: Sequence[UseRule], *, handed_over: bool) -> EntryPoint | None:
        """By the calls in whose arguments it stands, the innermost first."""
        rules = [rule for rule in rules if rule.callee]
        first = max(1, self._line - _REACH_LINES) if rules else self._line
        text = "\n".join(line[:MAX_LINE] for line in self._lines[first - 1 : self._line])
        text = text[-_REACH_CHARACTERS:]
        code = self._no_code.sub(lambda match: " " * len(match.group()), text)
        start_of_line = text.rfind("\n") + 1
        use = re.compile(rf"(?<![\w$]){re.escape(self._name)}(?![\w$])").search(code, start_of_line)
        for opening in _openings(code, use.start()) if use and rules else ():
            if handed_over and use and _OWN_CODE.search(code, opening, use.start()):
                return None
            for rule in rules:
                found = _call(rule, self._name, text, opening)
                if found is not None:
                    line = self._line - text.count("\n", opening)
                    return self._made(rule, line, *found)
        return None

    def in_block(self, rules: Sequence[UseRule]) -> EntryPoint | None:
        """By the lines above that are indented less, the innermost first."""
        rules = [rule for rule in rules if rule.block]
        for line in self._outer_lines() if rules else ():
            text = self._lines[line - 1].strip()[:MAX_LINE]
            for rule in rules:
                if found := re.match(rule.block, text):
                    return self._made(rule, line, found)
        return None

    def _outer_lines(self) -> Iterator[int]:
        inner = _indent(self._lines[self._line - 1])
        for line in range(self._line - 1, max(0, self._line - 1 - _REACH_LINES), -1):
            text = self._lines[line - 1]
            if text.strip() and _indent(text) < inner:
                inner = _indent(text)
                yield line
            if inner == 0:
                return

    def _made(self, rule: UseRule, line: int, *found: re.Match[str]) -> EntryPoint | None:
        groups = {key: value for match in found for key, value in match.groupdict().items() if value}
        if rule.near:
            groups |= self._near(rule.near)
        return made(rule.sort, rule.label, self._path, self._lines, line=line, groups=groups)

    def _near(self, pattern: str) -> dict[str, str]:
        """What the nearest match before the use, else after it, says; nothing when there is none."""
        before = "\n".join(self._lines[max(0, self._line - 1 - _NEAR_LINES) : self._line])
        after = "\n".join(self._lines[self._line : self._line + _NEAR_LINES])
        found = [*re.finditer(pattern, before)][-1:] or [*re.finditer(pattern, after)][:1]
        return found[0].groupdict() if found else {}


def _openings(code: str, end: int) -> Iterator[int]:
    """Places of the round brackets that are open at `end`, the innermost first; ends where brackets do not pair."""
    closed: list[str] = []
    for match in reversed([*_BRACKETS.finditer(code, 0, end)]):
        bracket = match.group()
        if bracket in _PARTNER:
            closed.append(_PARTNER[bracket])
        elif closed:
            if closed.pop() != bracket:
                return
        elif bracket == "(":
            yield match.start()


def _call(rule: UseRule, name: str, text: str, opening: int) -> tuple[re.Match[str], re.Match[str]] | None:
    """The rule's matches before and after an opening bracket."""
    start = max(text.rfind("\n", 0, opening) + 1, opening - 300)
    callee = re.search(rf"(?:{rule.callee})\s*$", text[start:opening])
    arguments = re.compile(rule.arguments.replace("NAME", re.escape(name))).match(text, opening + 1)
    return (callee, arguments) if callee and arguments else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
