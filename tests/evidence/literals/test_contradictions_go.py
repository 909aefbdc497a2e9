from collections.abc import Callable
from typing import Any

import pytest


def change(files: dict[str, str], path: str, old: str, new: str) -> tuple[dict[str, str], dict[str, str]]:
    """`files` before and after: `@@` in the file at `path` is `old`, then `new`."""
    return {**files, path: files[path].replace("@@", old)}, {path: files[path].replace("@@", new)}


GO = [
    pytest.param(
        {
            "a.go": (
                "package p\n"
                "\n"
                "const minName = @@\n"
                "\n"
                "func Check(name string) error {\n"
                "\tif len(name) < minName {\n"
                '\t\treturn errors.New("name must be at least 3 characters")\n'
                "\t}\n"
                "\treturn nil\n"
                "}\n"
            )
        },
        "a.go",
        "3",
        "5",
        id="go",
    ),
    pytest.param(
        {
            "a.go": (
                "package p\n"
                "\n"
                "func Check(name string) error {\n"
                "\tif utf8.RuneCountInString(name) > MaxNameLength {\n"
                '\t\treturn fmt.Errorf("name must be at most @@ characters")\n'
                "\t}\n"
                "\treturn nil\n"
                "}\n"
            ),
            "b.go": ("package p\n\nconst (\n\tMaxNameLength = 20\n)\n"),
        },
        "a.go",
        "20",
        "30",
        id="go-copy",
    ),
    pytest.param(
        {
            "a.go": ('package p\n\ntype Form struct {\n\tName string `validate:"required,min=@@"`\n}\n'),
            "t.tmpl": '<input name="name"><p>Name must be at least 3 characters</p>\n',
        },
        "a.go",
        "3",
        "5",
        id="gotag",
    ),
    pytest.param(
        {
            "a.go": ("package p\n\nvar SessionTimeout = @@ * time.Minute\n"),
            "t.html": "<p>Your session expires in 30 minutes.</p>\n",
        },
        "a.go",
        "30",
        "15",
        id="go-dur",
    ),
    pytest.param(
        {
            "v.go": (
                "package v\n"
                "\n"
                "func (u *User) Validate() error {\n"
                "\tif len(u.Password) < MinPasswordLen {\n"
                "\t\treturn ErrPasswordShort\n"
                "\t}\n"
                "\treturn nil\n"
                "}\n"
            ),
            "errs.go": (
                'package v\n\nvar ErrPasswordShort = errors.New("password must be at least @@ characters")\n'
            ),
            "c.go": ("package v\n\nconst MinPasswordLen = 8\n"),
        },
        "errs.go",
        "8",
        "6",
        id="go-method",
    ),
    pytest.param(
        {
            "v.go": (
                "package v\n"
                "\n"
                "func (u *User) Validate() error {\n"
                "\tif len(u.Password) < MinPasswordLen {\n"
                "\t\treturn ErrPasswordShort\n"
                "\t}\n"
                "\treturn nil\n"
                "}\n"
            ),
            "errs.go": (
                'package v\n\nvar ErrPasswordShort = errors.New("password must be at least 8 characters")\n'
            ),
            "c.go": ("package v\n\nconst MinPasswordLen = @@\n"),
        },
        "c.go",
        "8",
        "12",
        id="go-method-rev",
    ),
    pytest.param(
        {
            "auth.go": ("package a\n\nconst resetTokenTTL = @@ * time.Hour\n"),
            "reset.tmpl": "<p>This reset link is valid for 24 hours.</p>\n",
        },
        "auth.go",
        "24",
        "1",
        id="go-dur-tmpl",
    ),
    pytest.param(
        {
            "u.go": (
                "package u\n"
                "\n"
                "const maxUpload = @@ << 20\n"
                "\n"
                "func h(w http.ResponseWriter, r *http.Request) {\n"
                "\tif r.ContentLength > maxUpload {\n"
                '\t\thttp.Error(w, "upload must not exceed 10 MB", 413)\n'
                "\t\treturn\n"
                "\t}\n"
                "}\n"
            )
        },
        "u.go",
        "10",
        "32",
        id="go-bytes",
    ),
]


@pytest.mark.parametrize(("files", "path", "old", "new"), GO)
def test_copy_and_code_that_part_are_found(
    read: Callable[..., Any], files: dict[str, str], path: str, old: str, new: str
) -> None:
    made = read(*change(files, path, old, new))
    sure = [pair for pair in made.pairs if pair[2] != "low"]
    assert sure
    assert any(path in (copy.rsplit(":", 1)[0], code.rsplit(":", 1)[0]) for copy, code, _ in sure)


@pytest.mark.parametrize(("files", "path", "old", "new"), GO)
def test_the_change_that_brings_them_together_is_quiet(
    read: Callable[..., Any], files: dict[str, str], path: str, old: str, new: str
) -> None:
    made = read(*change(files, path, new, old))
    assert [pair for pair in made.pairs if pair[2] != "low"] == []
