"""Keeps the trees that were asked for last; a tree takes some thirty times the bytes of its source."""

from collections import OrderedDict
from collections.abc import Callable
from threading import RLock

from tree_sitter import Tree


class TreeShelf:
    """Trees of up to `limit_bytes` of source; one that had to go is parsed again when it is asked for.

    Safe to share between threads.
    """

    def __init__(self, *, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._held: OrderedDict[object, tuple[Tree, int]] = OrderedDict()
        self._bytes = 0
        self._lock = RLock()

    def tree(self, key: object, size: int, parse: Callable[[], Tree]) -> Tree:
        """The tree of the file `key` of `size` bytes, from `parse` when it is not here any more."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key][0]
            tree = parse()
            self._held[key] = tree, size
            self._bytes += size
            while self._bytes > self._limit_bytes and len(self._held) > 1:
                _, (_, gone) = self._held.popitem(last=False)
                self._bytes -= gone
            return tree
