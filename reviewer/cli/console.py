"""A rich console that leaves it to the command what happens when its reader goes away."""

from typing import Never

from rich.console import Console


class PipedConsole(Console):
    """Raises `BrokenPipeError` as it is; rich would end the process with 1, which here says "changes requested"."""

    def on_broken_pipe(self) -> Never:
        """Called by rich while it handles the `BrokenPipeError`."""
        raise BrokenPipeError
