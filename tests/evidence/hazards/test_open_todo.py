from collections.abc import Callable

import pytest

from reviewer.stages.rules.open_todo import FORMS

Hazards = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("a.py", "# TODO: retry\nx = 1\n"),
        ("a.py", "x = 1  # FIXME retry\n"),
        ("a.go", "package a\n\n// XXX retry\nvar x = 1\n"),
        ("A.java", "class A {\n  /*\n   * HACK: retry\n   */\n}\n"),
        ("a.py", "# TODO: retry in 3-4 cases, UTF-8 only by chance\nx = 1\n".replace("UTF-8", "utf-8")),
    ],
)
def test_a_note_without_an_issue_is_told(hazards: Hazards, path: str, source: str) -> None:
    (found,) = hazards({}, {path: source})
    assert found.startswith(f"open-todo {next(iter(FORMS))} {path}:")


@pytest.mark.parametrize(
    "source",
    [
        "# TODO(#12): retry\n",
        "# TODO(anna): retry\n",
        "# TODO: retry, see STORE-12.\n",
        "# TODO: retry, https://example.org/12\n",
        "# TODO: retry when the store is busy,\n# as in #12\n",
        "x = 'TODO: retry'\n",
        "# Todos are kept elsewhere\n",
        "# see the TODO list\n",
        "# TODOS\n",
    ],
)
def test_a_note_with_an_issue_or_owner_is_silence(hazards: Hazards, source: str) -> None:
    assert hazards({}, {"a.py": source}) == []
