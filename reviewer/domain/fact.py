"""A fact as somebody outside tells it: `Known[bool] | Unknown`."""

from typing import Generic, TypeVar

from reviewer.domain.value import Value

T = TypeVar("T")


class Known(Value, Generic[T]):
    """It was told."""

    value: T


class Unknown(Value):
    """It could not be told; never the same as an empty answer."""

    why: str
    """One clause for people: `the request was refused with 403`."""
