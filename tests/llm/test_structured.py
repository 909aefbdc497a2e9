import json
from enum import StrEnum
from typing import Annotated, Any, Literal

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from reviewer.domain.value import Value
from reviewer.errors import ModelAnswerError
from reviewer.llm.structured import answer_format, parse_answer


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Circle(Value):
    kind: Literal["circle"]
    radius: Annotated[int, Field(ge=1)]


class Square(Value):
    kind: Literal["square"]
    title: str


class PictureAnswer(Value):
    """A picture."""

    shapes: tuple[Annotated[Circle | Square, Field(discriminator="kind")], ...]
    colour: Colour = Colour.RED
    default: str | None = None
    first: Circle | None = Field(None, description="The first circle.")


GOOD: dict[str, Any] = {
    "shapes": [{"kind": "circle", "radius": 2}, {"kind": "square", "title": "t"}],
    "colour": "blue",
    "default": None,
    "first": {"kind": "circle", "radius": 1},
}
PICTURE = PictureAnswer.model_validate(GOOD)


class Node(Value):
    children: tuple["Node", ...]


class Map(Value):
    counts: dict[str, int]


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")


def test_the_schema_is_strict_at_every_depth() -> None:
    told = answer_format(PictureAnswer)
    text = json.dumps(told.json_schema)
    assert told.name == "picture_answer"
    assert "$ref" not in text
    assert "$defs" not in text
    assert "oneOf" not in text
    for node in objects(told.json_schema):
        assert node["required"] == list(node["properties"])
        assert node["additionalProperties"] is False
    assert len(list(objects(told.json_schema))) == 4


def objects(node: Any) -> Any:
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield node
        for each in node.values():
            yield from objects(each)
    elif isinstance(node, list):
        for each in node:
            yield from objects(each)


def test_fields_may_be_named_like_keywords() -> None:
    properties = answer_format(PictureAnswer).json_schema["properties"]
    assert "default" in properties
    assert "title" in properties["shapes"]["items"]["anyOf"][1]["properties"]


def test_the_schema_keeps_what_is_said_about_a_field() -> None:
    assert (
        answer_format(PictureAnswer).json_schema["properties"]["first"]["description"] == "The first circle."
    )


def test_schema_and_type_accept_the_same_answer() -> None:
    validator = jsonschema_rs.validator_for(answer_format(PictureAnswer).json_schema)
    assert validator.is_valid(GOOD)
    assert parse_answer(json.dumps(GOOD), PictureAnswer) == PICTURE
    assert not validator.is_valid({**GOOD, "more": 1})
    assert not validator.is_valid({key: GOOD[key] for key in list(GOOD)[1:]})


@pytest.mark.parametrize("model", [Node, Map, Open])
def test_a_type_that_no_strict_schema_can_say_is_our_mistake(model: type[BaseModel]) -> None:
    with pytest.raises(ValueError, match="no strict schema"):
        answer_format(model)


@pytest.mark.parametrize(
    "frame", ["{}", "  {}\n", "```json\n{}\n```", "Here it is:\n\n```\n{}\n```\nDone.", "Sure: {}"]
)
def test_words_or_a_fence_around_the_object_are_passed_over(frame: str) -> None:
    assert parse_answer(frame.replace("{}", json.dumps(GOOD)), PictureAnswer) == PICTURE


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no JSON object"),
        ("null", "no JSON object"),
        ("fine", "no JSON object"),
        (json.dumps([GOOD]), "not exactly one"),
        (json.dumps(GOOD) + json.dumps(GOOD), "not exactly one"),
        (json.dumps(GOOD) + "\nNo, rather: {", "not exactly one"),
        ("{a, b} " + json.dumps(GOOD), "not JSON"),
        (json.dumps(GOOD)[:-1], "not JSON"),
        ('{"colour": "red", "colour": "blue"}', "'colour' appears twice"),
        ('{"shapes": [{"kind": "circle", "radius": 1, "radius": 2}]}', "'radius' appears twice"),
        ('{"shapes": NaN}', "NaN is no JSON number"),
        ('{"shapes": -Infinity}', "-Infinity is no JSON number"),
        ('{"shapes": 1e999}', "too large"),
        ('{"shapes": ' + "1" * 5000 + "}", "not JSON"),
        ('{"shapes": "\\ud800"}', "not JSON"),
        ('{"a":' * 100_000, "not JSON"),
        (json.dumps({**GOOD, "colour": "green"}), "colour: "),
        (json.dumps({**GOOD, "more": 1}), "more: "),
        (json.dumps({**GOOD, "shapes": [{"kind": "circle", "radius": "2"}]}), "shapes.0.circle.radius: "),
        (json.dumps({**GOOD, "shapes": [{"kind": "circle", "radius": 0}]}), "shapes.0.circle.radius: "),
        (json.dumps({**GOOD, "shapes": [{"kind": "star"}]}), "shapes.0: "),
        ("{}", "shapes: Field required"),
    ],
)
def test_what_is_not_exactly_one_fitting_object_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ModelAnswerError, match="the answer") as caught:
        parse_answer(text, PictureAnswer)
    assert problem in str(caught.value)
    assert len(str(caught.value)) < 1000


@given(st.text())
def test_no_text_raises_anything_but_our_error(text: str) -> None:
    with pytest.raises(ModelAnswerError):
        parse_answer(text, PictureAnswer)


@settings(max_examples=40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_json_raises_anything_but_our_error(value: object) -> None:
    with pytest.raises(ModelAnswerError):
        parse_answer(json.dumps(value), PictureAnswer)
