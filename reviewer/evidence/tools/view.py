"""Files as a model may see them: hidden characters shown, credentials taken out, each line with its number."""

from collections import OrderedDict

from reviewer.domain.change import Side
from reviewer.domain.text import source_text
from reviewer.evidence.workspace import Workspace
from reviewer.screening.hidden import reveal
from reviewer.screening.secrets import redact

_FILES_KEPT = 16


class FileView:
    """Lines are redacted by whole files, since half a key block does not look like one."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._files: OrderedDict[tuple[str, Side], list[str]] = OrderedDict()

    def lines(self, path: str, side: Side) -> list[str]:
        """All lines, counted as every stage counts them."""
        key = (path, side)
        if key not in self._files:
            lines = reveal(redact(source_text(self._workspace.read(path, side)))).split("\n")
            if lines[-1] == "":
                lines.pop()
            self._files[key] = lines
            while len(self._files) > _FILES_KEPT:
                self._files.popitem(last=False)
        return self._files[key]

    def numbered(self, path: str, side: Side, first_line: int, last_line: int) -> list[str]:
        """`   12  text` for each line of the range that the file has."""
        lines = self.lines(path, side)[first_line - 1 : last_line]
        return [f"{number:>6}  {line}" for number, line in enumerate(lines, start=first_line)]

    def place(self, path: str, side: Side, first_line: int, last_line: int | None = None) -> str:
        """`path:first-last@sha`, with the side."""
        lines = f"{first_line}-{last_line}" if last_line not in (None, first_line) else str(first_line)
        return f"{path}:{lines}@{self._workspace.commit(side)[:12]} ({side})"


class BoundedText:
    """Collects lines up to a number of bytes, and says at its end what did not fit."""

    _ROOM_FOR_STATEMENT = 160

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._left = max_bytes - self._ROOM_FOR_STATEMENT
        self._lines: list[str] = []
        self.full = False

    def add(self, line: str) -> bool:
        """Add a line; False, for this and all further ones, when it does not fit."""
        size = len(line.encode()) + 1
        if self.full or size > self._left:
            self.full = True
            return False
        self._left -= size
        self._lines.append(line)
        return True

    def text(self, rest: str) -> str:
        """What was collected; when something did not fit, with a last line that says so and adds `rest`."""
        if not self.full:
            return "\n".join(self._lines)
        return "\n".join([*self._lines, f"[cut at {self._max_bytes} bytes: {rest}]"])
