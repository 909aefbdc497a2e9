"""OpenAI models over Chat Completions, or over any server that speaks it."""

from reviewer.adapters.openai_chat.client import OpenAIChat

__all__ = ["OpenAIChat"]
