"""What a language's part looks at, and how it says what it found."""

import re
from collections.abc import Iterator
from functools import cached_property

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.dangerous_calls.about import names_text_of_people
from reviewer.evidence.hazards.kinds.dangerous_calls.call import CALLS, Call, call_of
from reviewer.evidence.hazards.kinds.dangerous_calls.composed import filled_in, pieces
from reviewer.evidence.hazards.kinds.dangerous_calls.inputs import Inputs
from reviewer.evidence.hazards.kinds.dangerous_calls.sql import in_place_of_a_value, is_statement
from reviewer.evidence.hazards.kinds.dangerous_calls.values import Values
from reviewer.evidence.hazards.touched_file import TouchedFile, ancestors, lines_of, text_of

_LONGEST = 12
"""Lines of a call that are quoted; of a longer one only the first."""
_MAX_HEADER = 500
_ASKED = re.compile(r"verif|insecure|skip|unsafe|self_?signed|trust_?all|check|strict|disable", re.IGNORECASE)


class Look:
    """One side of one file."""

    def __init__(self, file: TouchedFile) -> None:
        self.file = file
        self.language = file.language or ""
        self.values = Values(file)
        self.inputs = Inputs(self.language, self.values)

    def calls(self) -> Iterator[Call]:
        """Calls with a name on touched lines."""
        for node in self.file.nodes(*CALLS[self.language]):
            call = call_of(node)
            if call is not None:
                yield call

    @cached_property
    def _imports(self) -> dict[str, tuple[str, str | None]]:
        return {one.local: (one.module, one.name) for one in self.file.code.imports if one.local}

    def origin(self, call: Call) -> str:
        """What is called by its full name, as the imports tell: `subprocess.run`; as written where they do not."""
        return self.full_name(call.dotted)

    def full_name(self, dotted: str) -> str:
        """`dotted` with its first part as the imports know it."""
        first, dot, rest = dotted.partition(".")
        if first not in self._imports:
            return dotted
        module, name = self._imports[first]
        whole = module if name in (None, "default", "*") else f"{module}.{name}"
        return f"{whole}{dot}{rest}".removeprefix("node:")

    def is_imported(self, call: Call) -> bool:
        """True when an import binds what the call starts with."""
        return call.dotted.partition(".")[0] in self._imports

    def spot(self, form: str, node: Node, *names: str, risky: Node | None = None) -> Iterator[Spot]:
        """`form` at `node`, if the change touches its first line, or the risky part of it."""
        if form == "tls-off" and self.is_asked_for(node):
            return
        first, last = lines_of(node)
        if not self.file.touches(first, first) and not (risky and self.file.touches(*lines_of(risky))):
            return
        yield Spot(form, first, last if last - first < _LONGEST else first, names)

    def from_text(self, form: str, call: Node, what: Node, name: str) -> Iterator[Spot]:
        """`form` and `-input` or `-text`, when `what` is input as a whole or has more than constants put into it."""
        if self.inputs.holds(what):
            yield from self.spot(f"{form}-input", call, name, text_of(what), risky=what)
            return
        filled = filled_in(pieces(what, self.values), self.values)
        from_input = [one for _, one in filled if self.inputs.holds(one)]
        for one in [*from_input, *(one for _, one in filled)][:1]:
            sort = "input" if from_input else "text"
            yield from self.spot(f"{form}-{sort}", call, name, text_of(one), risky=what)

    def page(self, node: Node, what: Node, name: str) -> Iterator[Spot]:
        """HTML with text of people filled in: from a request, or under a name that says so."""
        for _, one in filled_in(pieces(what, self.values), self.values):
            if self.inputs.holds(one) or names_text_of_people(one):
                yield from self.spot("unescaped-html", node, name, text_of(one), risky=what)
                return

    def is_asked_for(self, node: Node) -> bool:
        """True when a condition, or the header of the function around, says that someone asks for fewer checks."""
        function = self.values.function(node)
        for above in ancestors(node):
            condition = above.child_by_field_name("condition")
            if condition is not None and _ASKED.search(text_of(condition)[:_MAX_HEADER]):
                return True
            if above.id == function.id:
                break
        body = function.child_by_field_name("body")
        size = body.start_byte - function.start_byte if body is not None else 0
        return _ASKED.search(text_of(function)[: min(size, _MAX_HEADER)]) is not None

    def sql(self, call: Node, what: Node, name: str, *, fragment: bool = False) -> Iterator[Spot]:
        """SQL with a value filled in as text; what is no value, such as a table's name, is left alone."""
        row = pieces(what, self.values)
        filled = filled_in(row, self.values)
        written = "".join(piece if isinstance(piece, str) else "\0" for piece in row)
        if not filled or not (fragment or is_statement(written)):
            return
        for _, one in filled:
            if self.inputs.holds(one):
                yield from self.spot("sql-input", call, name, text_of(one), risky=what)
                return
        for before, one in filled:
            if in_place_of_a_value(before, text_of(one)):
                yield from self.spot("sql-text", call, name, text_of(one), risky=what)
                return
