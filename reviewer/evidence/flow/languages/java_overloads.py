"""Which of several methods of one name a call means: by number of arguments, then by what these evidently are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reviewer.evidence.flow import ir

Above = Callable[[str], list[str] | None]
"""Names of the types above a type of that name, the nearest first; None when the name is not known here."""
_UNFIT = 1_000
_BOXING = 40
"""Java looks for a method that needs none before it boxes, even where that one takes any object."""
_WIDER = ("byte", "short", "int", "long", "float", "double")
_BOXES = {
    "int": "Integer", "long": "Long", "double": "Double", "float": "Float", "boolean": "Boolean", "char": "Character",
    "byte": "Byte", "short": "Short",
}  # fmt: skip
_PRIMITIVES = frozenset(_BOXES)
_FINAL = frozenset(_BOXES.values()) | {"String"}
_ABOVE_FINAL = frozenset({"Object", "Comparable", "Serializable", "CharSequence", "Number", "Constable"})
_NO_FUNCTION = (
    _PRIMITIVES | _FINAL | frozenset({"Class", "CharSequence", "Number", "Collection", "List", "Map", "Set"})
)
_PARAMETERS_OF = {
    "Runnable": 0, "Callable": 0, "Supplier": 0, "Function": 1, "Consumer": 1, "Predicate": 1, "UnaryOperator": 1,
    "BiFunction": 2, "BiConsumer": 2, "BiPredicate": 2, "BinaryOperator": 2, "Comparator": 2,
}  # fmt: skip
_LIBRARY_ABOVE = {
    "ArrayList": ["List", "Collection", "Iterable"],
    "LinkedList": ["List", "Deque", "Queue", "Collection", "Iterable"],
    "List": ["Collection", "Iterable"],
    "Set": ["Collection", "Iterable"],
    "HashSet": ["Set", "Collection", "Iterable"],
    "TreeSet": ["SortedSet", "Set", "Collection", "Iterable"],
    "HashMap": ["Map"],
    "TreeMap": ["SortedMap", "Map"],
    "LinkedHashMap": ["HashMap", "Map"],
    "StringBuilder": ["CharSequence"],
}


@dataclass(frozen=True)
class _Candidate:
    cls: ir.Scope
    key: str
    params: tuple[str, ...]

    @property
    def variadic(self) -> bool:
        return bool(self.params) and self.params[-1].endswith("...")


class Overloads:
    """The methods of classes by name, and the choice among them."""

    def __init__(self) -> None:
        self._indexes: dict[ir.Scope, tuple[int, dict[str, list[_Candidate]]]] = {}

    def choose(self, order: Sequence[ir.Scope], name: str, above: Above) -> list[tuple[ir.Scope, str]]:
        """The methods that a call with the arguments in `name` can mean, each with its class."""
        plain, given = parsed(name)
        found = self._visible(order, plain)
        if given == ("...",):
            return [(one.cls, one.key) for one in found]
        exact = [one for one in found if not one.variadic and len(one.params) == len(given)]
        chosen = _best(exact, given, above)
        if not chosen:
            many = [one for one in found if one.variadic and len(given) >= len(one.params) - 1]
            chosen = _best([_stretched(one, given) for one in many], given, above)
        return [(one.cls, one.key) for one in chosen]

    def _visible(self, order: Sequence[ir.Scope], plain: str) -> list[_Candidate]:
        """Methods of that name, without those that a class further down overrides."""
        found: list[_Candidate] = []
        for cls in order:
            own = self._index(cls).get(plain, [])
            found.extend(one for one in own if not any(_overrides(other, one) for other in found))
            if own and plain == "<init>":
                break
        return found

    def _index(self, cls: ir.Scope) -> dict[str, list[_Candidate]]:
        known = self._indexes.get(cls)
        if known is None or known[0] != len(cls.versions):
            index: dict[str, list[_Candidate]] = {}
            for key in cls.versions:
                if "(" in key:
                    plain, params = parsed(key)
                    index.setdefault(plain, []).append(_Candidate(cls, key, params))
            known = self._indexes[cls] = (len(cls.versions), index)
        return known[1]


def parsed(name: str) -> tuple[str, tuple[str, ...]]:
    """`add(int,?)` as its name and its types."""
    plain, _, rest = name.partition("(")
    inner = rest.removesuffix(")")
    return plain, tuple(inner.split(",")) if inner else ()


def _overrides(below: _Candidate, above: _Candidate) -> bool:
    if below.cls is above.cls or len(below.params) != len(above.params):
        return False
    return all(
        one in (other, "*") or other == "*" for one, other in zip(below.params, above.params, strict=True)
    )


def _stretched(one: _Candidate, given: tuple[str, ...]) -> _Candidate:
    """A candidate that takes many, as if it were written for as many as are given."""
    last = one.params[-1].removesuffix("...")
    fixed = one.params[:-1]
    if len(given) == len(one.params) and given[-1].endswith("[]"):
        return _Candidate(one.cls, one.key, (*fixed, f"{last}[]"))
    return _Candidate(one.cls, one.key, (*fixed, *([last] * (len(given) - len(fixed)))))


def _best(found: list[_Candidate], given: tuple[str, ...], above: Above) -> list[_Candidate]:
    """Of those that fit, the nearest; all of these where several are."""
    costs = [(sum(map(lambda a, p: _cost(a, p, above), given, one.params)), one) for one in found]
    fits = [(cost, one) for cost, one in costs if cost < _UNFIT]
    nearest = min((cost for cost, _ in fits), default=0)
    return [one for cost, one in fits if cost == nearest]


def _cost(given: str, wanted: str, above: Above) -> int:  # noqa: C901, PLR0911 - one rule a line
    """How far an argument's type is from a parameter's: 0 the same or unknown, `_UNFIT` and more impossible."""
    if given in ("?", wanted):
        return 0
    if wanted == "?":
        return 5
    if given == "null":
        return _UNFIT if wanted in _PRIMITIVES else 20 if wanted == "Object" else 0
    if given == "::" or given.startswith("->"):
        return _cost_of_function(given, wanted)
    if given in _PRIMITIVES:
        return _cost_of_primitive(given, wanted)
    if wanted in _PRIMITIVES:
        unboxed = next((primitive for primitive, box in _BOXES.items() if box == given), None)
        known = given in _FINAL or above(given) is not None or given.endswith("[]")
        return _UNFIT if known and unboxed != wanted else _BOXING
    if wanted in ("*", "Object"):
        return 30
    if given == "*":
        return 5
    if given.endswith("[]") or wanted.endswith("[]"):
        return 5 if given.endswith("[]") and wanted.endswith("[]") else _UNFIT
    if given in _FINAL:
        return 10 if wanted in _ABOVE_FINAL else _UNFIT
    return _cost_of_class(given, wanted, above)


def _cost_of_function(given: str, wanted: str) -> int:
    if wanted in _NO_FUNCTION or wanted.endswith("[]"):
        return _UNFIT
    count = _PARAMETERS_OF.get(wanted)
    if count is not None and given != "::" and count != int(given[2:]):
        return _UNFIT
    if wanted in ("*", "Object"):
        return 30
    return 5 if count is None else 0


def _cost_of_primitive(given: str, wanted: str) -> int:
    if wanted in _WIDER and given in (*_WIDER, "char"):
        start = _WIDER.index("short") if given == "char" else _WIDER.index(given)
        steps = _WIDER.index(wanted) - start
        return steps if steps > 0 else _UNFIT
    if wanted == _BOXES[given]:
        return _BOXING
    if wanted in ("Object", "Number", "Comparable", "Serializable", "*"):
        return _BOXING + 20
    return _UNFIT


def _cost_of_class(given: str, wanted: str, above: Above) -> int:
    known = above(given) or _LIBRARY_ABOVE.get(given)
    if known is not None and wanted in known:
        return 1 + known.index(wanted)
    if wanted in _FINAL:
        return _UNFIT
    if above(given) is None and given not in _LIBRARY_ABOVE:
        return 15
    sure = above(wanted) is not None or wanted in _LIBRARY_ABOVE
    return _UNFIT if sure else 15
