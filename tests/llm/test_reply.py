import pytest

from reviewer.llm.reply import is_model_asked_for


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("gpt-4o", "gpt-4o"),
        ("gpt-4o", "gpt-4o-2024-08-06"),
        ("gpt-4", "gpt-4-0613"),
        ("claude-sonnet-4-5", "claude-sonnet-4-5-20250929"),
        ("claude-3-5-sonnet-latest", "claude-3-5-sonnet-20241022"),
        ("claude-opus-4-0", "claude-opus-4-20250514"),
        ("gpt-4o", "openai/gpt-4o-2024-08-06"),
        ("openai/gpt-4o", "gpt-4o"),
        ("openai/gpt-4o", "openai/gpt-4o-2024-08-06"),
    ],
)
def test_the_model_or_its_dated_snapshot_is_the_model_asked_for(asked: str, answered: str) -> None:
    assert is_model_asked_for(asked, answered)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("gpt-4o", "gpt-4o-mini"),
        ("gpt-4o", "gpt-4o-mini-2024-07-18"),
        ("gpt-4o-2024-08-06", "gpt-4o"),
        ("gpt-4o-2024-08-06", "gpt-4o-2024-05-13"),
        ("gpt-4", "gpt-4-turbo"),
        ("a/llama", "b/llama"),
        ("claude-sonnet-4-5", "claude-haiku-4-5"),
        ("gpt-4o", ""),
        ("", ""),
        ("gpt-4o", "4o"),
    ],
)
def test_every_other_name_is_another_model(asked: str, answered: str) -> None:
    assert not is_model_asked_for(asked, answered)
