"""The policy of a base commit, never of the change that is judged by it."""

import re
from collections.abc import Mapping

from reviewer.errors import ConfigError, ReviewerError
from reviewer.policy.document import POLICY_PATH, Document, read_document
from reviewer.policy.layers import LoadedPolicy, combine
from reviewer.policy.model import Policy
from reviewer.ports import GitObjects, PolicySource, TreeEntry

MAX_POLICY_BYTES = 100_000

_NEAR_MISSES = {f"{folder}reviewer.{end}" for folder in ("", ".github/") for end in ("yml", "yaml")}
_PINNED = re.compile(
    r"(?P<repository>[\w.-]{1,100}/[\w.-]{1,100})@(?P<commit>[0-9a-f]{40}|[0-9a-f]{64}):(?P<path>[^:]+)"
)


def load_policy(repo: GitObjects, base: str, *, source: PolicySource) -> LoadedPolicy:
    """The policy in the tree of commit `base`; the default one when that tree has none.

    What it extends is asked of `source`. Raises `ConfigError` for anything that is not understood or not to be had.
    """
    entries = {entry.path: entry for entry in repo.tree(base)}
    entry = entries.get(POLICY_PATH.encode())
    if entry is None:
        _refuse_near_misses(entries)
        return LoadedPolicy(Policy(), {})
    if not entry.mode.startswith("100"):
        raise ConfigError("a policy is a plain file, and this is a symlink or submodule", file=POLICY_PATH)
    size = repo.blob_size(entry.object_id)
    if size > MAX_POLICY_BYTES:
        raise ConfigError(f"{size} bytes, limit {MAX_POLICY_BYTES}", file=POLICY_PATH)
    own = read_document(_text(repo.blob(entry.object_id, limit_bytes=MAX_POLICY_BYTES), POLICY_PATH))
    return combine(own, _extended(own, source))


def read_policy(text: str, *, file: str, source: PolicySource) -> LoadedPolicy:
    """The policy that `text` would be if it stood in the base, for those who try one out."""
    own = read_document(text, file=file)
    return combine(own, _extended(own, source))


def _extended(own: Document, source: PolicySource) -> Document | None:
    """The organisation's file that `own` names; None when it names none."""
    named = own.policy.extends
    if named is None:
        return None
    match = _PINNED.fullmatch(named)
    if match is None:
        raise own.error(
            f"extends: {named!r} is not `owner/repository@commit:path` with a commit of 40 or 64 digits",
            ("extends",),
        )
    try:
        raw = source.policy_file(
            match["repository"], match["commit"], match["path"], limit_bytes=MAX_POLICY_BYTES
        )
    except ReviewerError as error:
        raise own.error(f"extends: {error}", ("extends",)) from error
    return read_document(_text(raw, named), file=named)


def _text(raw: bytes, file: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"not UTF-8 at byte {error.start}", file=file) from error


def _refuse_near_misses(entries: Mapping[bytes, TreeEntry]) -> None:
    """A policy under a slightly wrong name would be ignored in silence, and its limits with it."""
    for path, entry in entries.items():
        name = path.decode("utf-8", "replace")
        if name.lower() in _NEAR_MISSES:
            raise ConfigError(f"a policy is called {POLICY_PATH}; this file would be ignored", file=name)
        if name.lower() == ".github" and not entry.mode.startswith("04"):
            raise ConfigError("is no folder, so a policy in it cannot be read", file=name)
