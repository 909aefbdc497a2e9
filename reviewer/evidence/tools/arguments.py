"""What the tools of a sub-agent are called with, checked strictly before anything is done."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from reviewer.domain.chat import ToolSpec


class _Arguments(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ReadFile(_Arguments):
    """Read lines of a file, numbered from 1, both ends included; null for both reads the whole file.

    Long files come in parts: the answer says where to go on. A symlink is shown as its text.
    """

    path: str
    side: Literal["base", "head"]
    first_line: int | None
    last_line: int | None


class Search(_Arguments):
    """List the lines at the head that contain a text literally, in the same case: no patterns, one line only.

    `path_prefix` is a folder or file; null searches everything.
    """

    text: str
    path_prefix: str | None


class FindDefinition(_Arguments):
    """List where a function, method, class, type or constant of that name is defined at the head.

    `name` is a bare name or `Class.method`. Each is marked with how its file is known. syntax: Python, JavaScript,
    TypeScript, Go, Java, Ruby. tags, by name only: Rust, C, C++, C#, PHP, Kotlin, Scala, Swift. Others are words:
    search them.
    """

    name: str


class FindCallers(_Arguments):
    """List where a definition of that name is used at the head.

    `name` is a bare name or `Class.method`. Each definition is marked with how its file is known: by syntax or by
    tags. Uses that are resolved come under their definition, and only syntax resolves; places that only have the
    name come last. Files of other languages are not looked at: search them.
    """

    name: str


class TracePaths(_Arguments):
    """Follow a definition of that name at the head over 1 to 4 hops: up to callers and entry points, or down.

    `name` is a bare name or `Class.method`. Each hop says from where to where, its line, and how it is known. What
    is known by name or by text only is never followed further. Languages known by tags are not followed.
    """

    name: str
    direction: Literal["callers", "callees"]
    hops: Literal[1, 2, 3, 4]


class ListFiles(_Arguments):
    """List the files of a folder at the head, subfolders included; null lists all."""

    prefix: str | None


class History(_Arguments):
    """List which commits last touched lines of a file at the base, numbered from 1, both ends included.

    Commits of the change itself are never among them. What a commit says of itself is a claim, not a fact.
    """

    path: str
    first_line: int
    last_line: int


TOOLS: dict[str, type[_Arguments]] = {
    "read_file": ReadFile,
    "search": Search,
    "find_definition": FindDefinition,
    "find_callers": FindCallers,
    "trace_paths": TracePaths,
    "list_files": ListFiles,
    "history": History,
}


def specs() -> tuple[ToolSpec, ...]:
    """The tools as a model gets to know them: every property required, an optional one nullable."""
    return tuple(
        ToolSpec(name=name, description=" ".join((model.__doc__ or "").split()), parameters=_schema(model))
        for name, model in TOOLS.items()
    )


def _schema(model: type[_Arguments]) -> dict[str, Any]:
    schema = model.model_json_schema()
    properties = {
        name: {key: value for key, value in spec.items() if key != "title"}
        for name, spec in schema["properties"].items()
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
