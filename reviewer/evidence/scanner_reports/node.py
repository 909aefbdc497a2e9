"""A place in a JSON document: what stands there, and how to name it when it is wrong."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from reviewer.evidence.given_report import UnreadableReport

MAX_BYTES = 20_000_000
"""Of one report. Read whole it may take twenty times that in memory, were it made to."""


@dataclass(frozen=True)
class Node:
    """An object of the document."""

    held: dict[str, Any]
    at: str
    """Its place, as `runs[0].results[3]`."""

    def child(self, name: str) -> "Node | None":
        """The object under `name`; None when there is none."""
        value = self.held.get(name)
        return None if value is None else Node(self._of(dict, value, name, "object"), self._place(name))

    def inside(self, name: str) -> "Node":
        """Like `child`, and an empty object in place of none."""
        return self.child(name) or Node({}, self._place(name))

    def children(self, name: str) -> Iterator["Node"]:
        """The objects of the list under `name`; none when there is no list."""
        value = self.held.get(name)
        for at, one in enumerate([] if value is None else self._of(list, value, name, "list")):
            place = f"{name}[{at}]"
            yield Node(self._of(dict, one, place, "object"), self._place(place))

    def text(self, name: str) -> str:
        """The text under `name`; empty when there is none."""
        value = self.held.get(name)
        found: str = "" if value is None else self._of(str, value, name, "text")
        return found

    def number(self, name: str) -> int | None:
        """The whole number under `name`; None when there is none."""
        value = self.held.get(name)
        if isinstance(value, bool):
            raise self.wrong(name, "number")
        found: int | None = None if value is None else self._of(int, value, name, "whole number")
        return found

    def wrong(self, name: str, wanted: str) -> UnreadableReport:
        """What to raise when `name` is not what it must be."""
        return UnreadableReport(f"{self._place(name)} is no {wanted}")

    def _of(self, kind: type, value: Any, name: str, wanted: str) -> Any:
        if not isinstance(value, kind):
            raise self.wrong(name, wanted)
        return value

    def _place(self, name: str) -> str:
        return f"{self.at}.{name}" if self.at else name

    @classmethod
    def document(cls, raw: bytes) -> Self:
        """The whole document; `UnreadableReport` says where it is no JSON object."""
        if len(raw) > MAX_BYTES:
            raise UnreadableReport(f"{len(raw)} bytes, limit {MAX_BYTES}")
        try:
            held = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse)
        except UnicodeDecodeError as error:
            raise UnreadableReport(f"not UTF-8: {error.reason} at byte {error.start}") from error
        except RecursionError as error:
            raise UnreadableReport("nested too deeply to be read") from error
        except ValueError as error:
            raise UnreadableReport(f"not JSON: {error}") from error
        if not isinstance(held, dict):
            raise UnreadableReport("JSON, but no object")
        return cls(held, "")


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no value of JSON")
