"""From an answer's type to the schema a model is shown, and from its text back to the type."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from math import isfinite
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from reviewer.domain.chat import AnswerFormat
from reviewer.errors import ModelAnswerError

T = TypeVar("T", bound=BaseModel)

_SHOWN_PROBLEMS = 3
_UNSTATED = frozenset({"title", "default", "discriminator"})
"""Keywords that say nothing about what is valid. A default would tell a model that it may leave a field out."""


def answer_format(model: type[BaseModel]) -> AnswerFormat:
    """The strict JSON schema of `model`: every property required, no others allowed, no references.

    `ValueError` for a type that no strict schema can say: one that contains itself, or a map with free keys.
    """
    schema = model.model_json_schema()
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", model.__name__).lower()
    return AnswerFormat(name=name, json_schema=_strict(schema, schema.get("$defs", {}), ()))


def parse_answer(text: str, model: type[T]) -> T:
    """The one JSON object in `text` as a `model`; `ModelAnswerError` says what is wrong with it.

    Words or a code fence around the object are passed over, so long as they hold no brace or bracket: where a
    second object could begin, nobody can tell which one is the answer. Types are not converted (`"5"` is no number).
    """
    plain = _only_object(text)
    try:
        return model.model_validate_json(json.dumps(plain), strict=True)
    except ValidationError as error:
        raise ModelAnswerError(f"the answer does not fit its schema: {_problems(error)}") from error


def _only_object(text: str) -> dict[str, Any]:
    start = text.find("{")
    if start < 0:
        raise ModelAnswerError("the answer holds no JSON object")
    decoder = json.JSONDecoder(
        object_pairs_hook=_without_duplicates, parse_constant=_no_number, parse_float=_finite
    )
    try:
        value, end = decoder.raw_decode(text, start)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ModelAnswerError(f"the answer is not JSON: {error}") from error
    if re.search(r"[{}\[\]]", text[:start] + text[end:]):
        raise ModelAnswerError("the answer is not exactly one JSON object: there is more JSON around it")
    if not isinstance(value, dict):
        raise ModelAnswerError("the answer is JSON but not an object")
    return value


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} appears twice in one object")
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError(f"{digits} is too large a number")
    return number


def _problems(error: ValidationError) -> str:
    shown = [
        f"{'.'.join(str(part) for part in problem['loc']) or 'the object'}: {problem['msg']}"
        for problem in error.errors(include_url=False, include_input=False)
    ]
    more = f" (and {len(shown) - _SHOWN_PROBLEMS} more)" if len(shown) > _SHOWN_PROBLEMS else ""
    return "; ".join(shown[:_SHOWN_PROBLEMS]) + more


def _strict(node: Any, definitions: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """`node` with references replaced by what they name; `path` holds the names it is inside of."""
    if isinstance(node, list):
        return [_strict(each, definitions, path) for each in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        if name in path:
            raise ValueError(f"{name} contains itself, which no strict schema can say")
        rest = {key: value for key, value in node.items() if key != "$ref"}
        return _strict({**definitions[name], **rest}, definitions, (*path, name))
    # Where pydantic writes oneOf, a tag keeps the branches apart, so anyOf says the same; vendors take only anyOf.
    strict = {
        "anyOf" if key == "oneOf" else key: _members(key, value, definitions, path)
        for key, value in node.items()
        if key not in _UNSTATED and key != "$defs"
    }
    if node.get("type") == "object":
        if "properties" not in node or node.get("additionalProperties"):
            raise ValueError(
                f"{node.get('title', 'an object')} has free keys, which no strict schema can say"
            )
        strict["required"] = list(node["properties"])
        strict["additionalProperties"] = False
    return strict


def _members(key: str, value: Any, definitions: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    if key == "properties":  # its keys are names of fields, not keywords
        return {name: _strict(each, definitions, path) for name, each in value.items()}
    return _strict(value, definitions, path)
