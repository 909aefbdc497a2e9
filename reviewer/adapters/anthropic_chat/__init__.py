"""Claude models over the Messages API, or over any server that speaks it."""

from reviewer.adapters.anthropic_chat.client import AnthropicChat

__all__ = ["AnthropicChat"]
