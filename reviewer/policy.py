"""The policy: what the house allows the engine to do. Read from the base commit, never from the change."""

from collections.abc import Mapping
from io import StringIO
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from wcmatch import glob

from reviewer.domain.change import FileChange
from reviewer.domain.finding import Severity
from reviewer.domain.text import path_bytes
from reviewer.domain.value import Value
from reviewer.errors import ConfigError
from reviewer.ports import GitObjects, TreeEntry

POLICY_PATH = ".github/reviewer.yml"
"""Where a repository keeps its policy."""

MAX_POLICY_BYTES = 100_000

_NEAR_MISSES = {f"{folder}reviewer.{end}" for folder in ("", ".github/") for end in ("yml", "yaml")}

ALL_AGENTS = ("intent", "diff-alignment", "safety", "logic", "anti-pattern", "execution-tracing")

SELF_PROTECTING = (
    ".github/**",
    "**/CODEOWNERS",
    "**/action.{yml,yaml}",
    "**/AGENTS{,.override}.md",
    "**/CLAUDE{,.local}.md",
    "**/GEMINI.md",
    "**/.claude/**",
    "**/.cursor/**",
    "**/.cursorrules",
    "**/.codex/**",
    "**/.gemini/**",
    "**/.agents/**",
    "**/.clinerules/**",
    "**/.windsurfrules",
    "**/.windsurf/**",
    "**/.aider.conf.yml",
    "**/.mcp.json",
    ".gitmodules",
    "**/.gitattributes",
    ".reviewer/**",
    "guidance/**",
)
"""What judges changes, or steers those who write them: policy, workflows, owners, agent files, guidance.

No policy can unprotect these. A folder's own name counts as the folder (a symlink in its place takes it over), and
case is ignored, as it is on the machines of many who check the change out.
"""

UNCOUNTED = (
    "**/package-lock.json",
    "**/npm-shrinkwrap.json",
    "**/yarn.lock",
    "**/pnpm-lock.yaml",
    "**/bun.lock",
    "**/poetry.lock",
    "**/uv.lock",
    "**/Pipfile.lock",
    "**/pylock.toml",
    "**/Cargo.lock",
    "**/go.sum",
    "**/Gemfile.lock",
    "**/composer.lock",
)
"""Lock files: left out of the size, reviewed like the rest, and a bar to approval unless policy names them."""


_GLOB_FLAGS = glob.GLOBSTAR | glob.BRACE | glob.DOTGLOB


class Setting(Value):
    """A part of the policy; the text under each field is also its description in the reference."""

    model_config = ConfigDict(use_attribute_docstrings=True)


Positive = Annotated[int, Field(ge=1, le=1_000_000_000, strict=True)]


def _checked_glob(text: str) -> str:
    """`text`, when it can match a path at all; `ValueError` says how to write it."""
    if text.startswith(("/", "./", "!")) or text.endswith("/"):
        raise ValueError(
            "a glob starts at the repository's root, without `/`, `./` or `!`, and does not end in `/`"
        )
    if text.count("[") != text.count("]"):
        raise ValueError("an unclosed `[`; write `[[]` for the character itself")
    try:
        glob.translate(text, flags=_GLOB_FLAGS)
    except Exception as error:
        raise ValueError(f"not a glob: {error}") from error
    return text


Globs = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_checked_glob)], ...],
    Field(max_length=200),
]


class Size(Setting):
    """The limits above which a change is refused."""

    max_changed_lines: Positive = 500
    """Added plus deleted lines, lock and generated files left out."""
    max_files: Positive = 20
    """Changed files, lock and generated ones left out."""


class Paths(Setting):
    """Which paths are special. Globs with `**` and `{a,b}`, from the repository's root."""

    protected: Globs = ()
    """A change here always goes to a human; added to what protects the policy itself."""
    generated: Globs = ()
    """Generated and vendored files: not counted towards size, reviewed like the rest."""
    approvable_uncounted: Globs = ()
    """Lock, generated or vendored paths that do not bar an approval."""


class Approval(Setting):
    """Where approvals are possible at all."""

    paths: Globs = ("**",)
    """Every changed path must match one of these."""
    block_severity: Severity = Severity.HIGH
    """A confirmed finding at least this bad requests changes."""


class Budget(Setting):
    """Limits of one sub-agent in one review."""

    max_turns: Positive = 16
    """Replies asked of the model, repairs and refused tool calls included."""
    max_tool_calls: Positive = 40
    """Tools run; a call beyond it is answered with a refusal."""
    max_input_tokens: Positive = 400_000
    """Sum over all requests of the agent."""
    max_output_tokens: Positive = 16_000
    """Of one reply."""
    max_seconds: Positive = 600
    """From the first request to the answer."""
    max_attempts: Positive = 3
    """Tries of one request, the first included."""


class Policy(Setting):
    """The whole policy; every field has a default, so a repository needs no file."""

    version: Literal[1] = 1
    """Of this file's schema."""
    mode: Literal["shadow", "comment", "approve"] = "shadow"
    """What the engine may do with a decision on a code host; a local review has no effects at all."""
    size: Size = Size()
    paths: Paths = Paths()
    approval: Approval = Approval()
    budget: Budget = Budget()

    @property
    def required_agents(self) -> tuple[str, ...]:
        """The agents whose complete answer an approval needs."""
        return ALL_AGENTS

    def is_protected(self, path: str) -> bool:
        """True for the house's protected paths and those that no house can unprotect."""
        return matches_folder_or_below(path, SELF_PROTECTING, any_case=True) or matches_folder_or_below(
            path, self.paths.protected
        )

    def is_uncounted(self, file: FileChange) -> bool:
        """True for lock, generated and vendored files: recognised by this policy, never by a marker in them.

        Both of a file's paths must be such: what was counted before it was moved stays counted.
        """
        return all(self.is_listed_uncounted(path) for path in (file.path, file.path_at_base))

    def is_listed_uncounted(self, path: str) -> bool:
        """True when `path` is that of a lock, generated or vendored file."""
        return matches(path, (*UNCOUNTED, *self.paths.generated))


def matches(path: str, globs: Globs, *, any_case: bool = False) -> bool:
    """True when `path` fits one of `globs`; a leading dot is an ordinary character.

    A path is matched as it is shown and as it is: `50%25.txt` and `50%.txt` are the same file.
    """
    flags = _GLOB_FLAGS | (glob.IGNORECASE if any_case else glob.CASE)
    spellings = {path, path_bytes(path).decode("utf-8", "surrogateescape")}
    return any(glob.globmatch(spelling, list(globs), flags=flags) for spelling in spellings)


def matches_folder_or_below(path: str, globs: Globs, *, any_case: bool = False) -> bool:
    """Like `matches`; a glob that names a folder means the folder's own name and all below it as well."""
    wider = [
        name for one in globs for name in (one, one.removesuffix("/**"), f"{one.removesuffix('/**')}/**")
    ]
    return matches(path, tuple(wider), any_case=any_case)


def load_policy(repo: GitObjects, base: str) -> Policy:
    """The policy in the tree of commit `base`; the default one when that tree has none."""
    entries = {entry.path: entry for entry in repo.tree(base)}
    entry = entries.get(POLICY_PATH.encode())
    if entry is None:
        _refuse_near_misses(entries)
        return Policy()
    if not entry.mode.startswith("100"):
        raise ConfigError("a policy is a plain file, and this is a symlink or submodule", file=POLICY_PATH)
    size = repo.blob_size(entry.object_id)
    if size > MAX_POLICY_BYTES:
        raise ConfigError(f"{size} bytes, limit {MAX_POLICY_BYTES}", file=POLICY_PATH)
    raw = repo.blob(entry.object_id, limit_bytes=MAX_POLICY_BYTES)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"not UTF-8 at byte {error.start}", file=POLICY_PATH) from error
    return parse_policy(text)


def _refuse_near_misses(entries: Mapping[bytes, TreeEntry]) -> None:
    """A policy under a slightly wrong name would be ignored in silence, and its limits with it."""
    for path, entry in entries.items():
        name = path.decode("utf-8", "replace")
        if name.lower() in _NEAR_MISSES:
            raise ConfigError(f"a policy is called {POLICY_PATH}; this file would be ignored", file=name)
        if name.lower() == ".github" and not entry.mode.startswith("04"):
            raise ConfigError("is no folder, so a policy in it cannot be read", file=name)


def parse_policy(text: str, *, file: str = POLICY_PATH) -> Policy:
    """The policy that `text` (YAML) holds; `ConfigError` names line and column of what is wrong.

    An empty text is the default policy.
    """
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
        return Policy()
    if not isinstance(tree, CommentedMap):
        raise ConfigError("a policy is a mapping of settings, such as `mode: shadow`", file=file)
    try:
        return Policy.model_validate(_plain(tree))
    except ValidationError as error:
        first = error.errors()[0]
        line, column = _position(tree, first["loc"])
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigError(_sentence(where, first), file=file, line=line, column=column) from error


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
