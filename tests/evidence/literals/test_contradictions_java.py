from collections.abc import Callable
from typing import Any

import pytest


def change(files: dict[str, str], path: str, old: str, new: str) -> tuple[dict[str, str], dict[str, str]]:
    """`files` before and after: `@@` in the file at `path` is `old`, then `new`."""
    return {**files, path: files[path].replace("@@", old)}, {path: files[path].replace("@@", new)}


JAVA = [
    pytest.param(
        {
            "User.java": (
                "class User {\n"
                '  @Size(min = @@, message = "Name must be at least 3 characters")\n'
                "  private String name;\n"
                "}\n"
            )
        },
        "User.java",
        "3",
        "5",
        id="java-size",
    ),
    pytest.param(
        {
            "src/main/resources/messages.properties": "user.name.size=Name must be at least @@ characters\n",
            "User.java": (
                "class User {\n"
                "  @NotNull\n"
                '  @Size(min = 5, message = "{user.name.size}")\n'
                "  private String name;\n"
                "}\n"
            ),
        },
        "src/main/resources/messages.properties",
        "5",
        "3",
        id="java-props",
    ),
    pytest.param(
        {
            "Rules.java": ("class Rules {\n  static final int MIN_NAME = @@;\n}\n"),
            "User.java": (
                "class User {\n"
                "  void check(String name) {\n"
                "    if (name.length() < Rules.MIN_NAME) {\n"
                '      throw new IllegalArgumentException("Name must be at least 3 characters");\n'
                "    }\n"
                "  }\n"
                "}\n"
            ),
        },
        "Rules.java",
        "3",
        "5",
        id="java-const",
    ),
    pytest.param(
        {
            "src/main/resources/messages_en.properties": "error.username.short=Username must have at least @@ characters\n",  # noqa: E501
            "src/main/java/UserValidator.java": (
                "class UserValidator implements Validator {\n"
                "    private static final int MIN_USERNAME = 4;\n"
                "\n"
                "    public void validate(Object o, Errors errors) {\n"
                "        if (user.getUsername().length() < MIN_USERNAME) {\n"
                '            errors.rejectValue("username", "error.username.short");\n'
                "        }\n"
                "    }\n"
                "}\n"
            ),
        },
        "src/main/resources/messages_en.properties",
        "4",
        "3",
        id="java-locale",
    ),
    pytest.param(
        {
            "src/main/resources/messages.properties": "error.username.short=Username must have at least 4 characters\n",  # noqa: E501
            "src/main/java/UserValidator.java": (
                "class UserValidator implements Validator {\n"
                "    private static final int MIN_USERNAME = @@;\n"
                "\n"
                "    public void validate(Object o, Errors errors) {\n"
                "        if (user.getUsername().length() < MIN_USERNAME) {\n"
                '            errors.rejectValue("username", "error.username.short");\n'
                "        }\n"
                "    }\n"
                "}\n"
            ),
        },
        "src/main/java/UserValidator.java",
        "4",
        "6",
        id="java-locale-rev",
    ),
    pytest.param(
        {
            "R.java": (
                "class R {\n"
                '    @Min(value = @@, message = "You must be at least 18 years old")\n'
                "    private int age;\n"
                "}\n"
            )
        },
        "R.java",
        "18",
        "16",
        id="java-min",
    ),
    pytest.param(
        {
            "T.java": (
                "class T {\n"
                "    private static final Duration TOKEN_VALIDITY = Duration.ofMinutes(@@);\n"
                "\n"
                "    String mail() {\n"
                '        return "Your token expires in 15 minutes";\n'
                "    }\n"
                "}\n"
            )
        },
        "T.java",
        "15",
        "30",
        id="java-dur",
    ),
    pytest.param(
        {
            "P.java": (
                "class P {\n"
                "    void setName(String name) {\n"
                '        Preconditions.checkArgument(name.length() <= @@, "name must be at most 64 characters");\n'
                "    }\n"
                "}\n"
            )
        },
        "P.java",
        "64",
        "32",
        id="java-precond",
    ),
    pytest.param(
        {
            "src/main/resources/templates/s.html": (
                '<input type="password" th:field="*{password}"/>\n'
                "<p>Password must be at least @@ characters</p>\n"
            ),
            "F.java": (
                "class SignupForm {\n    @NotBlank\n    @Size(min = 8)\n    private String password;\n}\n"
            ),
        },
        "src/main/resources/templates/s.html",
        "8",
        "6",
        id="thymeleaf",
    ),
]


@pytest.mark.parametrize(("files", "path", "old", "new"), JAVA)
def test_copy_and_code_that_part_are_found(
    read: Callable[..., Any], files: dict[str, str], path: str, old: str, new: str
) -> None:
    made = read(*change(files, path, old, new))
    sure = [pair for pair in made.pairs if pair[2] != "low"]
    assert sure
    assert any(path in (copy.rsplit(":", 1)[0], code.rsplit(":", 1)[0]) for copy, code, _ in sure)


@pytest.mark.parametrize(("files", "path", "old", "new"), JAVA)
def test_the_change_that_brings_them_together_is_quiet(
    read: Callable[..., Any], files: dict[str, str], path: str, old: str, new: str
) -> None:
    made = read(*change(files, path, new, old))
    assert [pair for pair in made.pairs if pair[2] != "low"] == []
