"""Which of two values of a setting allows less: what folders, ceilings and several touched folders are weighed by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

Key = tuple[str, ...]
"""A setting by the names that lead to it: `("size", "max_files")`."""


@dataclass(frozen=True)
class TightFirst:
    """The values of a setting from the one that allows least to the one that allows most."""

    values: tuple[Any, ...]

    def slack(self, value: Any) -> int:
        """How much `value` allows: 0 for the tightest."""
        return self.values.index(value)


@dataclass(frozen=True)
class LessIsTighter:
    """A number that allows more the larger it is."""

    def slack(self, value: Any) -> Any:
        """The number itself."""
        return value


@dataclass(frozen=True)
class MoreIsTighter:
    """A number that allows more the smaller it is."""

    def slack(self, value: Any) -> Any:
        """The number with the other sign."""
        return -value


Order = TightFirst | LessIsTighter | MoreIsTighter


@dataclass(frozen=True)
class Leaf:
    """One setting with its value."""

    key: Key
    value: Any
    order: Order | None
    """None: values of this setting cannot be weighed against each other."""


def leaves(settings: BaseModel, *, only_set: bool, above: Key = ()) -> Iterator[Leaf]:
    """Each setting below `settings`; with `only_set` those alone that somebody wrote."""
    for name, field in type(settings).model_fields.items():
        if only_set and name not in settings.model_fields_set:
            continue
        value, key = getattr(settings, name), (*above, name)
        order = next((each for each in field.metadata if isinstance(each, Order)), None)
        if isinstance(value, BaseModel):
            yield from leaves(value, only_set=only_set, above=key)
        elif isinstance(value, dict):
            yield from (Leaf((*key, each), flag, order) for each, flag in value.items())
        else:
            yield Leaf(key, value, order)


def tightest(order: Order, values: Iterable[Any]) -> Any:
    """The one of `values` that allows least."""
    return min(values, key=order.slack)


def is_looser(order: Order, value: Any, than: Any) -> bool:
    """True when `value` allows more than `than` does."""
    return bool(order.slack(value) > order.slack(than))


def nested(values: dict[Key, Any]) -> dict[str, Any]:
    """`values` as the mappings in mappings that a policy file has."""
    tree: dict[str, Any] = {}
    for key, value in values.items():
        node = tree
        for part in key[:-1]:
            node = node.setdefault(part, {})
        node[key[-1]] = value
    return tree
