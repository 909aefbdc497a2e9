from collections.abc import Callable
from typing import Any

import pytest


def change(files: dict[str, str], path: str, old: str, new: str) -> tuple[dict[str, str], dict[str, str]]:
    """`files` before and after: `@@` in the file at `path` is `old`, then `new`."""
    return {**files, path: files[path].replace("@@", old)}, {path: files[path].replace("@@", new)}


OTHER = [
    pytest.param(
        {
            "t.html": (
                '<label for="password">Password</label>\n'
                '<input id="password" name="password" minlength="5">\n'
                "<small>At least @@ characters</small>\n"
            )
        },
        "t.html",
        "5",
        "3",
        id="html",
    ),
    pytest.param(
        {
            "application.yml": ("spring:\n  servlet:\n    multipart:\n      max-file-size: @@\n"),
            "up.html": "<p>Maximum file size: 10 MB</p>\n",
        },
        "application.yml",
        "10MB",
        "5MB",
        id="spring-yaml",
    ),
    pytest.param(
        {
            "config/limits.yml": ("uploads:\n  max_files: @@\n"),
            "app.html": "<p>You can upload up to 10 files at once.</p>\n",
        },
        "config/limits.yml",
        "10",
        "5",
        id="yaml-cfg",
    ),
    pytest.param(
        {
            "V.kt": (
                "const val MIN_PIN = @@\n"
                "\n"
                "fun check(pin: String) {\n"
                '    require(pin.length >= MIN_PIN) { "PIN must be at least 4 characters" }\n'
                "}\n"
            )
        },
        "V.kt",
        "4",
        "6",
        id="kotlin",
    ),
    pytest.param(
        {
            "a.php": (
                "<?php\n"
                "$rules = ['password' => 'required|min:@@'];\n"
                "$messages = ['password.min' => 'Password must be at least 8 characters'];\n"
            )
        },
        "a.php",
        "8",
        "10",
        id="php",
    ),
    pytest.param(
        {
            "M.cs": (
                "public class M {\n"
                '    [StringLength(@@, ErrorMessage = "Name cannot be longer than 50 characters")]\n'
                "    public string Name { get; set; }\n"
                "}\n"
            )
        },
        "M.cs",
        "50",
        "40",
        id="csharp",
    ),
]


@pytest.mark.parametrize(("files", "path", "old", "new"), OTHER)
def test_copy_and_code_that_part_are_found(
    read: Callable[..., Any], files: dict[str, str], path: str, old: str, new: str
) -> None:
    made = read(*change(files, path, old, new))
    sure = [pair for pair in made.pairs if pair[2] != "low"]
    assert sure
    assert any(path in (copy.rsplit(":", 1)[0], code.rsplit(":", 1)[0]) for copy, code, _ in sure)


@pytest.mark.parametrize(("files", "path", "old", "new"), OTHER)
def test_the_change_that_brings_them_together_is_quiet(
    read: Callable[..., Any], files: dict[str, str], path: str, old: str, new: str
) -> None:
    made = read(*change(files, path, new, old))
    assert [pair for pair in made.pairs if pair[2] != "low"] == []
