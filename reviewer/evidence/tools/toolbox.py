"""The tools of a sub-agent: they read git objects of the two commits, and nothing else."""

import asyncio
from collections.abc import Iterable, Mapping

from pydantic import BaseModel, ValidationError

from reviewer.domain.change import Side
from reviewer.domain.chat import ToolCall, ToolResult, ToolSpec
from reviewer.domain.evidence import Analysis, Certainty, Use
from reviewer.domain.evidence_set import EvidenceSet
from reviewer.errors import RepositoryError
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.tools import arguments
from reviewer.evidence.tools.lookup import AnyTarget, Lookup, analysis_of
from reviewer.evidence.tools.origins import origin_lines
from reviewer.evidence.tools.paths import path_lines, traced_paths
from reviewer.evidence.tools.view import BoundedText, FileView
from reviewer.evidence.trace.limits import Limits
from reviewer.evidence.trace.named import DEFINITION_FILES
from reviewer.evidence.trace.tagged_uses import TaggedTarget, tagged_uses
from reviewer.evidence.trace.uses import FoundUses, UseFinder, nearness
from reviewer.evidence.workspace import Workspace

_MAX_ARGUMENTS = 8_000
_SEARCH_LINES = 2_000
_HISTORY_S = 3.0
_LIMITS = Limits(max_search_lines=20_000, max_files=200, max_bytes=8_000_000, max_uses=300)
_KNOWLEDGE = {
    Analysis.SYNTAX: "syntax: names are followed by the rules of the language",
    Analysis.TAGS: "tags: definitions and references are known by name only, so another of that name may be meant",
    Analysis.WORDS: "words: files of other languages are not parsed; search finds the word in any text",
}


class EvidenceTools:
    """A toolbox for one conversation, with a budget of calls of its own. Implements `ports.Toolbox`.

    A call that is refused is spent as well, so that asking wrongly for ever comes to an end.
    """

    def __init__(
        self, workspace: Workspace, evidence: EvidenceSet, *, max_calls: int, max_result_bytes: int = 24_000
    ) -> None:
        self._workspace = workspace
        self._lookup = Lookup(workspace, evidence)
        self._max_calls = max_calls
        self._max_result_bytes = max_result_bytes
        self._calls = 0
        self._view = FileView(workspace)
        self._lock = asyncio.Lock()

    @property
    def specs(self) -> tuple[ToolSpec, ...]:
        """The tools, in a fixed order."""
        return arguments.specs()

    async def run(self, call: ToolCall) -> ToolResult:
        """The result, or an error result that says what was wrong with the call."""
        async with self._lock:
            self._calls += 1
            if self._calls > self._max_calls:
                return _error(
                    call, f"the budget of {self._max_calls} tool calls is spent: answer with what you have"
                )
            return await asyncio.to_thread(self._run, call)

    def _run(self, call: ToolCall) -> ToolResult:
        if call.name not in arguments.TOOLS:
            return _error(call, f"no tool {call.name[:64]!r}; there are {', '.join(arguments.TOOLS)}")
        if len(call.arguments) > _MAX_ARGUMENTS:
            return _error(call, f"arguments of {len(call.arguments)} characters, limit {_MAX_ARGUMENTS}")
        try:
            asked = arguments.TOOLS[call.name].model_validate_json(call.arguments)
            return ToolResult(call_id=call.id, content=self._answer(asked))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, first["loc"])) or "arguments"
            return _error(call, f"{where}: {first['msg']}")
        except RepositoryError as error:
            return _error(call, f"{error}. {error.advice}")

    def _answer(self, asked: BaseModel) -> str:  # noqa: PLR0911 - one return a tool
        match asked:
            case arguments.ReadFile():
                return self._read_file(asked)
            case arguments.Search():
                return self._search(asked.text, asked.path_prefix or "")
            case arguments.FindDefinition():
                return self._find_definition(asked.name)
            case arguments.FindCallers():
                return self._find_callers(asked.name)
            case arguments.TracePaths():
                return self._trace_paths(asked)
            case arguments.ListFiles():
                return self._list_files(asked.prefix or "")
            case arguments.History():
                return self._history(asked)
            case _:
                raise ValueError(f"no tool takes {type(asked).__name__}")

    def _read_file(self, asked: arguments.ReadFile) -> str:
        side = Side(asked.side)
        total = len(self._view.lines(asked.path, side))
        if total == 0:
            return f"{asked.path} at {side} is empty"
        first = 1 if asked.first_line is None else asked.first_line
        wanted = total if asked.last_line is None else asked.last_line
        last = min(wanted, total)
        if not 1 <= first <= last:
            raise RepositoryError(
                f"{asked.path}: lines {first} to {wanted} asked for, the file has 1 to {total}",
                advice="Ask for lines that the file has.",
            )
        text = self._bounded(f"{self._view.place(asked.path, side, first, last)} of {total} lines")
        shown = first - 1
        for line in self._view.numbered(asked.path, side, first, last):
            if not text.add(line):
                break
            shown += 1
        return text.text(f"shown up to line {shown}; ask again from line {shown + 1}")

    def _search(self, wanted: str, prefix: str) -> str:
        found = self._workspace.search_some(
            [wanted], Side.HEAD, limit=_SEARCH_LINES, prefix=prefix, whole_words=False
        )
        where = f"below {prefix}" if prefix else "in the repository"
        known = "" if found.complete else f" (the search ended at {_SEARCH_LINES} lines: there may be more)"
        text = self._bounded(f"{len(found.hits)} lines {where} contain it{known}")
        for hit in found.hits:
            line = self._view.lines(hit.path, Side.HEAD)[hit.line - 1]
            if not text.add(f"{self._view.place(hit.path, Side.HEAD, hit.line)}: {line[:1000]}"):
                break
        return text.text("search for a rarer text or below a path_prefix")

    def _find_definition(self, name: str) -> str:
        found, complete = self._lookup.definitions(name)
        known = "" if complete else f" in the first {DEFINITION_FILES} files that contain the word"
        text = self._bounded(f"{len(found)} definitions of {name[:200]}{known}")
        for file, definition in found:
            first, last = definition.first_line, definition.signature_end
            lines = f"lines {first}-{definition.last_line}"
            text.add(f"{definition.kind} {definition.qualified_name}, {lines} [{analysis_of(file)}]")
            text.add(self._view.place(file.path, Side.HEAD, first, last))
            for line in self._view.numbered(file.path, Side.HEAD, first, last):
                text.add(line)
        for line in _knowledge(analysis_of(file) for file, _ in found):
            text.add(line)
        return text.text("ask for `Class.method` to see fewer")

    def _find_callers(self, name: str) -> str:
        targets, known = self._lookup.targets(name)
        found = self._uses(targets)
        text = self._bounded(f"{len(targets)} definitions of {name[:200]}{known}")
        for line in _knowledge(map(analysis_of, targets)):
            text.add(line)
        for target, result in found.items():
            resolved = [use for use in result.uses if use.certainty is Certainty.RESOLVED]
            gone = ", removed by the change" if target.gone else ""
            count = f"{len(resolved)} uses" if isinstance(target, Target) else "no use is resolved by tags"
            text.add(
                f"[{analysis_of(target)}] {target.definition.qualified_name} in {target.path}{gone}: {count}"
            )
            for line in (*(f"left out: {cut}" for cut in result.cuts), *map(self._use, resolved)):
                text.add(line)
        possible = _possible(found)
        if possible:
            text.add(f"{len(possible)} more places have the name and may mean any of them, the nearest first")
        for use in possible:
            if not text.add(self._use(use)):
                break
        return text.text("ask for `Class.method`, or search below a path_prefix")

    def _trace_paths(self, asked: arguments.TracePaths) -> str:
        targets, known = self._lookup.targets(asked.name)
        up = asked.direction == "callers"
        found = traced_paths(self._lookup.head, self._lookup.base, targets, up=up, hops=asked.hops)
        text = self._bounded(f"{len(targets)} definitions of {asked.name[:200]}{known}")
        for line in path_lines(found, self._view, up=up):
            if not text.add(line):
                break
        return text.text("ask for `Class.method`, or for fewer hops")

    def _uses(self, targets: list[AnyTarget]) -> dict[AnyTarget, FoundUses]:
        full = [target for target in targets if isinstance(target, Target)]
        named = [target for target in targets if isinstance(target, TaggedTarget)]
        finder = UseFinder(self._lookup.head, before=self._lookup.base, limits=_LIMITS)
        found: dict[AnyTarget, FoundUses] = {}
        found.update(finder.find(full, mentions_of=frozenset()).items())
        found.update(
            tagged_uses(self._lookup.tagged_head, named, mentions_of=frozenset(), limits=_LIMITS).items()
        )
        return found

    def _use(self, use: Use) -> str:
        line = self._view.lines(use.quote.path, Side.HEAD)[use.quote.first_line - 1]
        inside = f" in {use.inside}" if use.inside else ""
        return (
            f"  {self._view.place(use.quote.path, Side.HEAD, use.quote.first_line)}{inside}: {line.strip()}"
        )

    def _list_files(self, prefix: str) -> str:
        paths = self._workspace.paths(Side.HEAD, prefix=prefix)
        text = self._bounded(f"{len(paths)} files {f'below {prefix}' if prefix else 'in the repository'}")
        for path in paths:
            if not text.add(path):
                break
        return text.text("ask for a folder below")

    def _history(self, asked: arguments.History) -> str:
        total = len(self._view.lines(asked.path, Side.BASE))
        first, last = asked.first_line, min(asked.last_line, total)
        if not 1 <= first <= last:
            raise RepositoryError(
                f"{asked.path}: lines {first} to {asked.last_line} asked for, the base file has 1 to {total}",
                advice="Ask for lines that the file has at the base.",
            )
        found = self._workspace.line_origins(asked.path, [(first, last)], timeout_s=_HISTORY_S)
        text = self._bounded(f"{self._view.place(asked.path, Side.BASE, first, last)}: who touched it last")
        for line in origin_lines(found, first, last, timeout_s=_HISTORY_S):
            if not text.add(line):
                break
        return text.text("ask for fewer lines")

    def _bounded(self, first: str) -> BoundedText:
        text = BoundedText(self._max_result_bytes)
        text.add(first)
        return text


def _knowledge(analyses: Iterable[Analysis]) -> Iterable[str]:
    """What an answer stands on, a line each."""
    present = {Analysis.WORDS, *analyses}
    return (text for analysis, text in _KNOWLEDGE.items() if analysis in present)


def _possible(found: Mapping[AnyTarget, FoundUses]) -> list[Use]:
    """Uses that no definition is known to be meant by, each place once, the nearest to any definition first."""
    places: dict[tuple[str, int], Use] = {}
    sure: set[tuple[str, int]] = set()
    for result in found.values():
        for use in result.uses:
            place = (use.quote.path, use.quote.first_line)
            places.setdefault(place, use)
            if use.certainty is Certainty.RESOLVED:
                sure.add(place)
    paths = [target.path for target in found]
    return sorted(
        (use for place, use in places.items() if place not in sure), key=lambda use: nearness(use, paths)
    )


def _error(call: ToolCall, problem: str) -> ToolResult:
    return ToolResult(call_id=call.id, content=problem, is_error=True)
