"""Pairs what is there after a change with what was there before."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
Key = Callable[[T], Hashable | None]
"""What two things that belong together have alike; None for a thing that this does not tell."""


def paired(after: Iterable[T], before: Iterable[T], keys: Sequence[Key[T]]) -> dict[T, T]:
    """For each thing of `after` the one of `before` with an equal key, if any; none is given twice.

    The first key is tried on all, the next one on what is left. Of several with one key the order counts.
    """
    pairs: dict[T, T] = {}
    left, right = list(after), list(before)
    for key in keys:
        waiting: dict[Hashable, deque[T]] = defaultdict(deque)
        for one in right:
            if (told := key(one)) is not None:
                waiting[told].append(one)
        for one in left:
            if (told := key(one)) is not None and waiting[told]:
                pairs[one] = waiting[told].popleft()
        taken = set(pairs.values())
        left = [one for one in left if one not in pairs]
        right = [one for one in right if one not in taken]
    return pairs


def only_once(things: Iterable[T], key: Key[T]) -> Key[T]:
    """`key` for those alone whose key no other of `things` has."""
    seen: dict[Hashable | None, int] = defaultdict(int)
    for one in things:
        seen[key(one)] += 1
    return lambda one: key(one) if seen[key(one)] == 1 else None
