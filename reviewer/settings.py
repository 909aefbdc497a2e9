"""What the machine says: environment variables and folders, read once by the command line and passed down."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, SecretStr

from reviewer.errors import UsageError


class Settings(BaseModel):
    """Environment of one run. Only `cli` builds it; everything below receives it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    anthropic_api_key: SecretStr | None
    anthropic_base_url: str | None
    openai_api_key: SecretStr | None
    openai_base_url: str | None
    suspend: bool
    """`REVIEWER_SUSPEND` is set to anything but nothing, `0` or `false`: no approvals."""
    state_folder: Path
    """Where the ledger and the installation key lie unless told otherwise."""
    cache_folder: Path
    """Where indexes lie: whatever is in it can be made again."""
    policy_clones: dict[str, Path] = {}
    """`REVIEWER_POLICY_CLONES`, `owner/name=folder:…`: clones of repositories whose policies may be extended."""


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read the settings out of `environment`; an empty variable counts as not set."""

    def secret(name: str) -> SecretStr | None:
        return SecretStr(environment[name]) if environment.get(name) else None

    state = environment.get("REVIEWER_STATE") or _state_home(environment)
    return Settings(
        anthropic_api_key=secret("ANTHROPIC_API_KEY"),
        anthropic_base_url=environment.get("ANTHROPIC_BASE_URL") or None,
        openai_api_key=secret("OPENAI_API_KEY"),
        openai_base_url=environment.get("OPENAI_BASE_URL") or None,
        suspend=environment.get("REVIEWER_SUSPEND", "").strip().lower() not in ("", "0", "false"),
        state_folder=Path(state),
        policy_clones=_clones(environment.get("REVIEWER_POLICY_CLONES", "")),
        cache_folder=Path(environment.get("REVIEWER_CACHE") or _cache_home(environment)),
    )


def _clones(text: str) -> dict[str, Path]:
    pairs = [part.partition("=") for part in text.split(os.pathsep) if part]
    for name, _, folder in pairs:
        if "/" not in name or not folder:
            raise UsageError(f"REVIEWER_POLICY_CLONES: {name!r} is not `owner/name=folder`")
    return {name: Path(folder) for name, _, folder in pairs}


def _state_home(environment: Mapping[str, str]) -> str:
    """The XDG state folder. Source: XDG Base Directory Specification 0.8."""
    home = environment.get("HOME") or str(Path.home())
    root = environment.get("XDG_STATE_HOME") or f"{home}/.local/state"
    return f"{root}/reviewer"


def _cache_home(environment: Mapping[str, str]) -> str:
    """Below the state folder where one was named, so that all that is ours stays there; else the XDG cache folder."""
    if named := environment.get("REVIEWER_STATE"):
        return f"{named}/cache"
    home = environment.get("HOME") or str(Path.home())
    root = environment.get("XDG_CACHE_HOME") or f"{home}/.cache"
    return f"{root}/reviewer"
