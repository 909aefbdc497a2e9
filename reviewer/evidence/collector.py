"""Lets the cyclic garbage collector rest while much is built that stays: it would walk all of it again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting_collector() -> Iterator[None]:
    """No automatic collection inside; afterwards it is as it was. What is built must be bounded by other limits."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
