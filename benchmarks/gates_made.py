"""Repositories that are made for the benchmark of gates: many files, and a change of many lines."""

from pathlib import Path

from reviewer.testing.git_builder import RepositoryBuilder

FORMS = {
    "py": ("def f{n}(a):\n    if a > {v}:\n        return a\n    return {v}\n\n", "", ""),
    "js": ("function f{n}(a) {{\n  if (a > {v}) return a;\n  return {v};\n}}\n\n", "", ""),
    "go": ("func f{n}(a int) int {{\n\tif a > {v} {{ return a }}\n\treturn {v}\n}}\n\n", "package p\n", ""),
    "java": ("int f{n}(int a) {{\n if (a > {v}) return a;\n return {v};\n}}\n\n", "class C {\n", "}\n"),
    "rb": ("def f{n}(a)\n  return a if a > {v}\n  {v}\nend\n\n", "", ""),
}
"""By extension: a function that changes by its value in two lines of five, and what stands around."""
_FILES_IN_A_FOLDER = 100
_FUNCTIONS = 50
_CHANGED_LINES_OF_A_FUNCTION = 4
"""Two are deleted and two added."""


def many_files(folder: Path, files: int) -> tuple[str, str]:
    """A repository of so many files, with a change of three of them: base and head."""
    builder = RepositoryBuilder(folder, bare=True)
    base = builder.commit({_path(n): _source(n, value=1, functions=2) for n in range(files)})
    head = builder.commit({_path(n): _source(n, value=2, functions=2) for n in range(min(files, 3))})
    return base, head


def many_lines(folder: Path, lines: int) -> tuple[str, str]:
    """A repository with a change of so many lines at least, in functions of five languages: base and head."""
    files = -(-lines // (_FUNCTIONS * _CHANGED_LINES_OF_A_FUNCTION))
    builder = RepositoryBuilder(folder, bare=True)
    base = builder.commit({_path(n): _source(n, value=1, functions=_FUNCTIONS) for n in range(files)})
    head = builder.commit({_path(n): _source(n, value=2, functions=_FUNCTIONS) for n in range(files)})
    return base, head


def _path(number: int) -> str:
    extension = list(FORMS)[number % len(FORMS)]
    return f"src/part{number // _FILES_IN_A_FOLDER}/file{number}.{extension}"


def _source(number: int, *, value: int, functions: int) -> str:
    form, before, after = list(FORMS.values())[number % len(FORMS)]
    first = number * functions
    return before + "".join(form.format(n=first + at, v=value) for at in range(functions)) + after
