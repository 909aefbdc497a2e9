"""The policy of a base commit, never of the change that is judged by it."""

from collections.abc import Mapping

from reviewer.errors import ConfigError
from reviewer.policy.document import POLICY_PATH, parse_policy
from reviewer.policy.model import Policy
from reviewer.ports import GitObjects, TreeEntry

MAX_POLICY_BYTES = 100_000

_NEAR_MISSES = {f"{folder}reviewer.{end}" for folder in ("", ".github/") for end in ("yml", "yaml")}


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
