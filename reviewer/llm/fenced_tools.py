"""Tools whose results reach a model behind the same boundary as the rest of the material."""

from reviewer.domain.chat import ToolCall, ToolResult, ToolSpec
from reviewer.llm.boundary import fence
from reviewer.ports import Toolbox


class FencedTools:
    """A `Toolbox` around another: what a tool read is data, so it is marked as data."""

    def __init__(self, inner: Toolbox, key: bytes) -> None:
        self._inner = inner
        self._key = key

    @property
    def specs(self) -> tuple[ToolSpec, ...]:
        """The inner tools."""
        return self._inner.specs

    async def run(self, call: ToolCall) -> ToolResult:
        """The inner result, its content fenced; an error is fenced as well, for it quotes names of others."""
        result = await self._inner.run(call)
        label = "tool-error" if result.is_error else "tool-result"
        return result.model_copy(update={"content": fence(label, result.content, self._key)})
