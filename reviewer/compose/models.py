"""Which models are asked: the ones that were named, or the default of whichever key is set."""

from typing import TYPE_CHECKING

from reviewer.errors import UsageError
from reviewer.settings import Settings

if TYPE_CHECKING:
    from reviewer.adapters.anthropic_chat import AnthropicChat
    from reviewer.adapters.openai_chat import OpenAIChat

DEFAULT_MODELS = {"anthropic": "claude-opus-5-5", "openai": "gpt-6.2-sol"}
"""Asked when a provider's key is set and no --model names another."""

MODEL_TIMEOUT_S = 600.0
"""Seconds for one attempt at one reply; the policy's budget ends a whole conversation sooner where it is shorter."""


def models(
    asked: tuple[str, ...], settings: Settings
) -> "tuple[tuple[AnthropicChat | OpenAIChat, ...], str]":
    """The models to ask, in order; or none, with the reason."""
    if not asked:
        given = {
            "anthropic": settings.anthropic_api_key or settings.anthropic_base_url,
            "openai": settings.openai_api_key or settings.openai_base_url,
        }
        provider = next((name for name in DEFAULT_MODELS if given[name]), None)
        if provider is None:
            return (), "no model key is set (ANTHROPIC_API_KEY or OPENAI_API_KEY)"
        asked = (f"{provider}/{DEFAULT_MODELS[provider]}",)
    if twice := next((name for name in asked if asked.count(name) > 1), None):
        raise UsageError(
            f"--model {twice}: named twice", advice="Name another one, to go on when its provider fails."
        )
    return tuple(_model(name, settings) for name in asked), ""


def _model(asked: str, settings: Settings) -> "AnthropicChat | OpenAIChat":
    keys = {"anthropic": settings.anthropic_api_key, "openai": settings.openai_api_key}
    urls = {"anthropic": settings.anthropic_base_url, "openai": settings.openai_base_url}
    provider, _, name = asked.partition("/")
    if provider not in DEFAULT_MODELS or not name:
        raise UsageError(
            f"--model {asked}: not of the form provider/name",
            advice=f"Providers are {', '.join(DEFAULT_MODELS)}; for example anthropic/{DEFAULT_MODELS['anthropic']}.",
        )
    key, url = keys[provider], urls[provider]
    if key is None and url is None:
        variable = f"{provider.upper()}_API_KEY"
        raise UsageError(
            f"--model {asked}: {variable} is not set", advice=f"Set {variable}, or leave --model out."
        )
    if provider == "anthropic":
        from reviewer.adapters.anthropic_chat import AnthropicChat

        return AnthropicChat(name, api_key=key, base_url=url, timeout_s=MODEL_TIMEOUT_S)
    from reviewer.adapters.openai_chat import OpenAIChat

    return OpenAIChat(name, api_key=key, base_url=url, timeout_s=MODEL_TIMEOUT_S)
