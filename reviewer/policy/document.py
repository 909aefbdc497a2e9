"""The text of a policy file: YAML whose every mistake is told with line and column."""

from dataclasses import dataclass
from io import StringIO
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent

from reviewer.errors import ConfigError
from reviewer.policy.model import Policy

POLICY_PATH = ".github/reviewer.yml"
"""Where a repository keeps its policy."""

MAX_DEPTH = 50


@dataclass(frozen=True)
class Document:
    """One policy file that was understood, with the place of everything in it."""

    file: str
    policy: Policy
    """What this file alone says; a field that it leaves out is not among the set ones."""
    tree: CommentedMap

    def position(self, key: tuple[str | int, ...]) -> tuple[int, int]:
        """Line and column, from 1, of the deepest part of `key` that the file has."""
        return _position(self.tree, key)

    def error(self, problem: str, key: tuple[str | int, ...]) -> ConfigError:
        """`problem` as an error at the place of `key`."""
        line, column = self.position(key)
        return ConfigError(problem, file=self.file, line=line, column=column)


def read_document(text: str, *, file: str = POLICY_PATH) -> Document:
    """The policy file that `text` (YAML) holds; `ConfigError` names line and column of what is wrong.

    An empty text says nothing, which is the default policy.
    """
    tree = _tree(text, file)
    try:
        return Document(file, Policy.model_validate(_plain(tree)), tree)
    except ValidationError as error:
        first = error.errors()[0]
        line, column = _position(tree, first["loc"])
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigError(_sentence(where, first), file=file, line=line, column=column) from error


def parse_policy(text: str, *, file: str = POLICY_PATH) -> Policy:
    """What `read_document` understands of `text`, without the places."""
    return read_document(text, file=file).policy


def _tree(text: str, file: str) -> CommentedMap:
    _refuse_depth(text, file)
    try:
        _refuse_aliases(text, file)
        tree = YAML(typ="rt").load(StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark
        raise ConfigError(
            f"not YAML: {error.problem}",
            file=file,
            line=mark.line + 1 if mark else 1,
            column=mark.column + 1 if mark else 1,
        ) from error
    except (YAMLError, ValueError) as error:
        raise ConfigError(f"not YAML: {error}", file=file) from error
    except RecursionError as error:
        raise ConfigError("nested too deeply", file=file) from error
    if tree is None:
        return CommentedMap()
    if not isinstance(tree, CommentedMap):
        raise ConfigError("a policy is a mapping of settings, such as `mode: shadow`", file=file)
    return tree


def _refuse_depth(text: str, file: str) -> None:
    """The parser's time grows with the square of what stands in brackets in brackets."""
    if "- " * MAX_DEPTH in text:
        raise ConfigError(f"more than {MAX_DEPTH} lists inside each other", file=file)
    depth = 0
    for character in text:
        depth += (character in "[{") - (character in "]}")
        if depth > MAX_DEPTH:
            raise ConfigError(f"more than {MAX_DEPTH} brackets inside each other", file=file)


def _refuse_aliases(text: str, file: str) -> None:
    """Aliases can make a few bytes stand for more than any machine holds."""
    for event in YAML(typ="rt").parse(StringIO(text)):
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            mark = event.start_mark
            raise ConfigError(
                "anchors and aliases are not allowed", file=file, line=mark.line + 1, column=mark.column + 1
            )


def _sentence(where: str, problem: Any) -> str:
    if problem["type"] == "extra_forbidden":
        return f"{where}: no such setting"
    if problem["type"] == "value_error" and isinstance(problem["input"], dict):
        return f"{where}: {problem['msg']}".removeprefix(": ")
    return f"{where}: {problem['msg']}; found {problem['input']!r}"


def _plain(node: Any) -> Any:
    if isinstance(node, CommentedMap):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value) for value in node]
    return node


def _position(tree: Any, loc: tuple[int | str, ...]) -> tuple[int, int]:
    """Line and column, from 1, of the deepest key of `loc` that the file has."""
    node, line, column = tree, 1, 1
    for part in loc:
        try:
            mark = node.lc.key(part) if isinstance(node, CommentedMap) else node.lc.item(part)
            line, column = mark[0] + 1, mark[1] + 1
            node = node[part]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line, column
