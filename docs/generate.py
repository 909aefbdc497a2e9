"""Writes the reference pages from the code: `make docs`. A test fails when a page is out of date."""

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from reviewer.policy import POLICY_PATH, SELF_PROTECTING, UNCOUNTED, Policy
from reviewer.stages.gates.check import CATALOGUE

REFERENCE = Path(__file__).parent / "reference"


LAYERS = """\
An entry of `folders` has `paths` and any of `mode`, `size`, `breadth`, `change_rate`, `complexity`, `tests`, `rules`,
of `approval` all but `paths`, and of `triage` all but `sensitive` and `sensitive_names`; `ceilings` has the same
without `paths`. A change is held to the tightest value of each setting among the paths that it touches. A file that
`extends` another replaces its settings one by one; what that one protects stays protected, what it calls sensitive
stays sensitive, the checks that it holds for are held for, and its ceilings hold. Clones of extended repositories are
named by `REVIEWER_POLICY_CLONES`."""


def pages() -> dict[Path, str]:
    """Every generated page with its text."""
    return {REFERENCE / "gates.md": gates_page(), REFERENCE / "policy.md": policy_page()}


_FACTS = re.compile(r"\n\nEffect: (?P<effect>\w+)\. Settings?: (?P<settings>.+)\.$")
"""How the docstring of a gate ends."""


def gates_page() -> str:
    """Every gate: what it asks, what a stop leads to, and what sets its limit."""
    lines = [
        "# Gates",
        "",
        "Each gate passes, stops, cannot tell, or does not apply. A stop leads to what its row says; a gate that",
        "cannot tell always leads to a human. `refuse` means that no sub-agent is asked.",
        "",
        "| gate | a stop leads to | setting | what it asks |",
        "|---|---|---|---|",
        *(_gate_row(name, inspect.getdoc(gate) or "") for name, gate in CATALOGUE.items()),
        "",
    ]
    return "\n".join(lines)


def _gate_row(name: str, text: str) -> str:
    facts = _FACTS.search(text)
    if facts is None:
        raise ValueError(f"gate {name}: its docstring does not end in `Effect: … Setting: …`")
    what = " ".join(text[: facts.start()].split()).replace("|", "\\|")
    return f"| `{name}` | {facts['effect']} | {facts['settings']} | {what} |"


def policy_page() -> str:
    """The policy file: each setting, its default and what it means."""
    lines = [
        "# The policy file",
        "",
        f"`{POLICY_PATH}`, read from the base commit. Unknown settings are errors with line and column.",
        "",
        "| setting | default | meaning |",
        "|---|---|---|",
        *_rows(Policy, prefix=""),
        "",
        LAYERS,
        "",
        "Globs start at the repository's root: `*` stays inside a folder, `**` crosses folders, `{a,b}` is either.",
        "",
        "## Always protected",
        "",
        "A change to any of these goes to a human, and no policy can change that:",
        "",
        *(f"- `{glob}`" for glob in SELF_PROTECTING),
        "",
        "## Lock files",
        "",
        "Not counted towards size, and a bar to approval unless `paths.approvable_uncounted` names them:",
        "",
        *(f"- `{glob}`" for glob in UNCOUNTED),
        "",
    ]
    return "\n".join(lines)


def _rows(model: type[BaseModel], *, prefix: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if name == "ceilings":
            yield f"| `{prefix}{name}` | `{{}}` | {_meaning(field)} |"
        elif isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _rows(field.annotation, prefix=f"{prefix}{name}.")
        else:
            yield f"| `{prefix}{name}` | `{_default(field)}` | {_meaning(field)} |"


def _meaning(field: FieldInfo) -> str:
    return " ".join((field.description or "").split()).replace("|", "\\|")


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True, validated_data={})
    if value == {}:
        return "{}"
    if value is None:
        return "none"
    return "[" + ", ".join(value) + "]" if isinstance(value, tuple) else str(value)


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.name}\n")
