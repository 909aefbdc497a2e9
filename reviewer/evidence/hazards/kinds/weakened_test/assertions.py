"""What a test asserts, by the names that assertions have; where a helper may do it, nobody knows."""

from enum import Enum

from tree_sitter import Node

from reviewer.evidence.hazards.kinds.weakened_test.case import nodes_of
from reviewer.evidence.hazards.touched_file import text_of
from reviewer.evidence.syntax.grammars.row import named

_CALLS = ("call", "call_expression", "method_invocation")
_STATEMENTS = ("assert_statement", "raise_statement", "throw_statement")
_WORDS = named(
    """
    assert expect should verif check validate ensure raise throw warns fail snapshot match compare require refute wont
    must reject error fatal equal same is_ has_ have_ await wait poll test done panic diff tobe tohave tocontain to_
    """
)
_EXACT = named("to not_to t.run is")
_VACUOUS = named(
    """
    expect(true).toBe(true) expect(true).toBeTruthy() expect(true).toEqual(true) expect(1).toBe(1) assertTrue assert1
    self.assertTrue(True) assertTrue(true) assert(true) assert.ok(true) assert.True(t,true) asserttrue
    """
)
"""As they are written without a space."""


class Asserts(Enum):
    """What is known of a test's assertions."""

    SURELY = "surely"
    NOTHING = "nothing"
    VACUOUSLY = "vacuously"
    """It has one, which always holds."""
    UNKNOWN = "unknown"


def asserts_of(body: Node) -> Asserts:
    """What a test asserts; UNKNOWN where it calls something whose name does not tell."""
    found = [one for one in nodes_of(body, *_CALLS, *_STATEMENTS) if _is_assertion(one)]
    top = [one for one in found if not any(_holds(other, one) for other in found)]
    if top:
        return Asserts.VACUOUSLY if all(_is_vacuous(one) for one in top) else Asserts.SURELY
    helpers = any(_may_be_helper(one) for one in nodes_of(body, *_CALLS))
    return Asserts.UNKNOWN if helpers else Asserts.NOTHING


def _holds(outer: Node, inner: Node) -> bool:
    return outer.id != inner.id and outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte


def _called(call: Node) -> str:
    name = call.child_by_field_name("function") or call.child_by_field_name("method")
    return text_of(name if name is not None else call.child_by_field_name("name") or call)


def _is_assertion(node: Node) -> bool:
    if node.type in _STATEMENTS:
        return True
    last = _called(node).rsplit(".", 1)[-1].lower()
    return last in _EXACT or any(word in last for word in _WORDS)


def _is_vacuous(node: Node) -> bool:
    return "".join(text_of(node).split()) in _VACUOUS


def _may_be_helper(call: Node) -> bool:
    """A bare function, or one of the test's own object, may assert; so may whoever is given Go's `t`."""
    name = _called(call)
    given = call.child_by_field_name("arguments")
    takes_t = given is not None and any(text_of(one) == "t" for one in given.named_children)
    receiver = call.child_by_field_name("object") or call.child_by_field_name("receiver")
    is_bare = "." not in name and receiver is None and name[:1].islower()
    return (
        takes_t
        or is_bare
        or name.startswith(("self.", "this.", "super"))
        or (receiver is not None and text_of(receiver) in ("this", "super", "self"))
    )
