import subprocess
import sys

import pytest

HEAVY = {
    "anthropic", "cryptography", "duckdb", "google", "httpx2", "langgraph", "openai", "pydantic", "re2", "rich",
    "ruamel", "tree_sitter", "unidiff", "wcmatch",
}  # fmt: skip


def imported_by(*arguments: str) -> set[str]:
    command = [sys.executable, "-X", "importtime", "-m", "reviewer", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {line.rsplit("|", 1)[1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    imported = imported_by(*arguments)
    assert "typer" in imported
    assert not imported & HEAVY


@pytest.mark.parametrize("arguments", [["review"], ["publish"], ["trace"], ["split"], ["audit", "sql"]])
def test_help_of_a_command_imports_nothing_heavy_of_ours(arguments: list[str]) -> None:
    # Typer itself needs pydantic as soon as a command has an option.
    assert not imported_by(*arguments, "--help") & (HEAVY - {"pydantic"})
