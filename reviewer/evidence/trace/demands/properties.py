"""TypeScript: elements and literals that do not give a property which their type requires since the change."""

from collections.abc import Iterator

from tree_sitter import Node, QueryCursor

from reviewer.domain.change import Side
from reviewer.domain.evidence import Certainty, DemandKind, UnmetDemand, Use
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.resolve.target import Target, target_of
from reviewer.evidence.syntax.grammars.row import text_of
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.trace.demands.demanding import Demanding, demand_quote
from reviewer.evidence.trace.demands.members import Demand
from reviewer.evidence.trace.uses import UseFinder

_TYPED = "(variable_declarator type: (type_annotation (_) @type) value: (object) @object)"
_PARAMETER = "(formal_parameters . (required_parameter type: (type_annotation (_) @type)) .) @listed"
_ELEMENTS = """
(jsx_self_closing_element name: (_) @name) @element
(jsx_opening_element name: (_) @name) @element
"""


def unmet_properties(
    one: Demanding, uses: list[tuple[Target, Use]], code: Codebase, finder: UseFinder
) -> Iterator[UnmetDemand]:
    """Literals of the type, and elements of components whose only parameter is of the type."""
    if one.file.grammar.language not in ("typescript", "tsx"):
        return
    if sum(other.name == one.definition.name for other in one.file.definitions) > 1:
        return
    for target, use in uses:
        file = code.file(use.quote.path)
        if file is None or file.partial:
            continue
        line, names = use.quote.first_line, finder.names(file, target)
        for literal in _literals(file, line, names):
            yield from _unmet(one, file, literal, code, f"the {one.definition.name}")
        for component in _components(file, line, names):
            yield from _of_component(one, file, component, code, finder)


def _literals(file: SourceFile, line: int, names: frozenset[str]) -> Iterator[Node]:
    for _, captures in QueryCursor(file.grammar.compile(_TYPED)).matches(file.root):
        written = captures["type"][0]
        if written.start_point.row + 1 == line and text_of(written) in names:
            yield captures["object"][0]


def _components(file: SourceFile, line: int, names: frozenset[str]) -> Iterator[Definition]:
    """Functions at the top of the file that take the type alone."""
    for _, captures in QueryCursor(file.grammar.compile(_PARAMETER)).matches(file.root):
        written, listed = captures["type"][0], captures["listed"][0]
        function = listed.parent
        if written.start_point.row + 1 != line or text_of(written) not in names or function is None:
            continue
        around = file.inside(listed.start_byte)
        if around is not None and around.owner is None and around.name[:1].isupper():
            own = function.type == "function_declaration" or _is_value_of(function, around)
            if own and file.inside(function.start_byte) is around:
                yield around


def _is_value_of(function: Node, definition: Definition) -> bool:
    declared = function.parent
    name = declared.child_by_field_name("name") if declared is not None else None
    return text_of(name) == definition.name


def _of_component(
    one: Demanding, file: SourceFile, component: Definition, code: Codebase, finder: UseFinder
) -> Iterator[UnmetDemand]:
    """Elements of the component that do not give what its properties require."""
    if b"defaultProps" in file.source:
        return
    target = target_of(file, component, gone=False)
    found = finder.find([target], mentions_of=frozenset())[target]
    for use in found.uses:
        other = code.file(use.quote.path) if use.certainty is Certainty.RESOLVED else None
        if other is None or other.partial or other.grammar.language not in ("tsx", "typescript"):
            continue
        names = finder.names(other, target)
        for _, captures in (
            QueryCursor(other.grammar.compile(_ELEMENTS)).matches(other.root)
            if (other.grammar.language == "tsx")
            else ()
        ):
            name, element = captures["name"][0], captures["element"][0]
            if name.start_point.row + 1 == use.quote.first_line and text_of(name) in names:
                yield from _unmet(one, other, element, code, component.name)


def _unmet(one: Demanding, file: SourceFile, node: Node, code: Codebase, who: str) -> Iterator[UnmetDemand]:
    missing = _not_given(node, one.new)
    if missing is None:
        return
    line = node.start_point.row + 1
    yield UnmetDemand(
        kind=DemandKind.PROPERTY,
        by=one.definition.qualified_name,
        wanted=missing.key[0],
        who=who,
        place=code.workspace.quote(file.path, Side.HEAD, line, line),
        because=(demand_quote(one, missing, code.workspace),),
        units=one.units,
    )


def _not_given(node: Node, wanted: tuple[Demand, ...]) -> Demand | None:
    """The first demand that the literal or element does not give; None where something is spread into it."""
    given = set()
    for child in node.named_children:
        if child.type in ("spread_element", "jsx_expression"):
            return None
        if child.type in ("jsx_attribute", "shorthand_property_identifier"):
            first = child.named_child(0) if child.named_child_count else child
            given.add(text_of(first))
        for field in ("key", "name"):
            given.add(text_of(child.child_by_field_name(field)).strip("\"'"))
    is_opening = node.type == "jsx_opening_element"
    return next(
        (one for one in wanted if one.key[0] not in given and not (is_opening and one.key[0] == "children")),
        None,
    )
