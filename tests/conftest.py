"""No test reaches a network or a paid model: the guard is set before anything of ours is imported."""

import gc
import os
import sys
from pathlib import Path

GUARD = Path(__file__).parent / "guard"
sys.path.insert(0, str(GUARD))
sys.modules.pop("sitecustomize", None)
import sitecustomize  # noqa: E402, F401 - importing it sets the audit hook

os.environ["PYTHONPATH"] = str(GUARD)
os.environ["GIT_CONFIG_GLOBAL"] = os.devnull
os.environ["GIT_CONFIG_NOSYSTEM"] = "1"
os.environ["GIT_ALLOW_PROTOCOL"] = "none"
for _name in [
    name for name in os.environ if name.startswith(("ANTHROPIC_", "OPENAI_", "REVIEWER_", "GITHUB_"))
]:
    del os.environ[_name]


def pytest_unconfigure() -> None:
    """Hypothesis leaves a callback that keeps objects alive, and DuckDB's binding calls that a leak."""
    gc.callbacks.clear()
    gc.collect()
