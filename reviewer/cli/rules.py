"""`reviewer rules`: what the deterministic rules look for, and how they are silenced."""

import sys
from typing import Annotated

import typer

app = typer.Typer(help="The deterministic rules.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _group() -> None:
    """The deterministic rules."""


@app.command("list")
def list_rules() -> None:
    """Each rule with its version, how it ships (on or in shadow), and what it finds."""
    from reviewer.cli.streams import reader_may_leave
    from reviewer.stages.rules import CATALOGUE

    width = max(len(rule.name) for rule in CATALOGUE)
    with reader_may_leave():
        for rule in CATALOGUE:
            sys.stdout.write(f"{rule.name:<{width}}  {rule.version:>3}  {rule.ships:<6}  {rule.summary}\n")


@app.command("show")
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="Its name, as in `rules list`.")],
) -> None:
    """What a rule finds and why, where it fires and stays quiet, what it cannot see, and how to silence it."""
    from reviewer.cli.streams import reader_may_leave
    from reviewer.errors import UsageError
    from reviewer.policy import ALWAYS_ON
    from reviewer.stages.rules import CATALOGUE

    found = next((rule for rule in CATALOGUE if rule.name == name), None)
    if found is None:
        known = ", ".join(rule.name for rule in CATALOGUE)
        raise UsageError(f"{name}: no such rule", advice=f"Rules are {known}.")
    with reader_may_leave():
        sys.stdout.write(f"{found.page}\n{_HOW_TO_SILENCE.format(name=found.name)}")
        if found.name not in ALWAYS_ON:
            sys.stdout.write(_HOW_TO_SHADOW.format(name=found.name))
        sys.stdout.write("\nNothing in a change can silence a rule.\n")


_HOW_TO_SILENCE = """\
## Silence
In the policy of the base branch, for some paths and with a reason that is shown and recorded:

```yaml
silences:
  - rule: {name}
    paths: ["tests/fixtures/**"]
    reason: why what it says about these paths is known and accepted
```
"""

_HOW_TO_SHADOW = """
`rules: {{{name}: shadow}}` records what it says and lets it weigh nothing; `off` does not run it.
"""
