"""Go: types that are given as an interface without having all of its methods."""

from collections.abc import Iterator

from tree_sitter import Node, QueryCursor

from reviewer.domain.change import Side
from reviewer.domain.evidence import DemandKind, UnmetDemand, Use
from reviewer.evidence.flow import ir
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.syntax.grammars.row import text_of
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.trace.demands.demanding import Demanding, demand_quote
from reviewer.evidence.trace.demands.members import Key, own_members
from reviewer.evidence.trace.uses import UseFinder

_GIVEN = """
(var_spec type: (_) @type value: (expression_list . (_) @value .)) @given
(function_declaration result: (_) @type body: (block) @body) @given
(method_declaration result: (_) @type body: (block) @body) @given
"""
_RETURNED = "(return_statement (expression_list . (_) @value .)) @return"


def unmet_in_go(
    one: Demanding, uses: list[tuple[Target, Use]], code: Codebase, finder: UseFinder
) -> Iterator[UnmetDemand]:
    """Values of a known struct that a variable or a result of the interface's type gets."""
    if one.file.grammar.family != "go":
        return
    seen: set[tuple[str, int]] = set()
    for _, use in uses:
        file = code.file(use.quote.path)
        for value in _values(file, use.quote.first_line, one.definition.name) if file is not None else ():
            struct = _struct(file, value, code, finder) if file is not None else None
            if file is None or struct is None or (struct[0].path, struct[1].start) in seen:
                continue
            missing = [demand for demand in one.new if _lacks(*struct, demand.key, code, finder)]
            if missing:
                seen.add((struct[0].path, struct[1].start))
                line = value.start_point.row + 1
                because = (
                    demand_quote(one, missing[0], code.workspace),
                    code.workspace.quote(
                        struct[0].path, Side.HEAD, struct[1].first_line, struct[1].signature_end
                    ),
                )
                yield UnmetDemand(
                    kind=DemandKind.MEMBER,
                    by=one.definition.qualified_name,
                    wanted=missing[0].key[0],
                    who=struct[1].qualified_name,
                    place=code.workspace.quote(file.path, Side.HEAD, line, line),
                    because=because,
                    units=one.units,
                )


def _values(file: SourceFile, line: int, name: str) -> Iterator[Node]:
    """Expressions that become a value of the interface which is named on the line."""
    for _, captures in QueryCursor(file.grammar.compile(_GIVEN)).matches(file.root):
        written = captures["type"][0]
        if written.start_point.row + 1 != line or text_of(written).rsplit(".", 1)[-1] != name:
            continue
        if "value" in captures:
            yield captures["value"][0]
        for body in captures.get("body", ()):
            for _, inner in QueryCursor(file.grammar.compile(_RETURNED)).matches(body):
                if _function_around(inner["return"][0]) == captures["given"][0]:
                    yield inner["value"][0]


def _function_around(node: Node) -> Node | None:
    around = node.parent
    while around is not None and around.type not in (
        "func_literal",
        "function_declaration",
        "method_declaration",
    ):
        around = around.parent
    return around


def _struct(
    file: SourceFile, value: Node, code: Codebase, finder: UseFinder
) -> tuple[SourceFile, Definition] | None:
    """The struct that is made there: `(*T)(nil)`, `&T{…}`, `T{…}`, `new(T)`."""
    named = _type_made(value)
    if named is None:
        return None
    types = finder.meanings.classes(file, named.start_byte)
    if len(types) != 1:
        return None
    (scope,) = types
    home = scope.file.source
    found = home.definition(scope.qualified_name)
    is_struct = found is not None and code.file(home.path) is home and "interface" not in scope.traits
    return (home, found) if found is not None and is_struct else None


def _type_made(value: Node) -> Node | None:
    if value.type == "unary_expression":
        inner = value.child_by_field_name("operand")
        return _type_made(inner) if inner is not None else None
    written: Node | None = None
    if value.type == "composite_literal":
        written = value.child_by_field_name("type")
    elif value.type in ("call_expression", "type_conversion_expression"):
        called = value.child_by_field_name("function") or value.child_by_field_name("type")
        text = text_of(called)
        arguments = value.child_by_field_name("arguments")
        if text == "new" and arguments is not None and arguments.named_child_count == 1:
            written = arguments.named_child(0)
        elif text.startswith("(*") and called is not None:
            written = called
    while written is not None and written.type not in ("type_identifier", "identifier"):
        last = written.child_by_field_name("name") or written.child_by_field_name("field")
        written = last or (written.named_child(0) if written.named_child_count == 1 else None)
    return written


def _lacks(file: SourceFile, struct: Definition, wanted: Key, code: Codebase, finder: UseFinder) -> bool:
    """True when the struct embeds nothing and no file of its package gives it the method with those parameters."""
    if struct.open or file.partial:
        return False
    folder = file.path.rpartition("/")[0]
    for other in code.package_files(folder, struct.name):
        if other.partial or wanted in own_members(other, struct.qualified_name):
            return False
    return _is_plain(finder, file, struct)


def _is_plain(finder: UseFinder, file: SourceFile, struct: Definition) -> bool:
    scope: ir.Scope | None = finder.meanings.scope_at(file.path, struct.start, struct.end, struct.name)
    return scope is not None and not scope.lowered().mixins and not scope.bases
