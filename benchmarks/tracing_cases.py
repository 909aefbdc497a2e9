"""The cases of `evals/tracing`: what each consists of, and the strict reader of its files."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError
from ruamel.yaml import YAML

from reviewer.domain.change import Side
from reviewer.domain.value import Value

CASES = Path(__file__).parents[1] / "evals" / "tracing" / "cases"
SECOND = CASES.with_name("second")
UNSEEN = CASES.with_name("unseen")
"""The second set; the engine is not developed against it."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Sentence = Annotated[str, StringConstraints(min_length=20, pattern=r"^[^\n]+\.\n?$")]
OneLine = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\n]+$")]


class Language(StrEnum):
    """The languages that the suite covers in equal shares."""

    PYTHON = "python"
    JAVASCRIPT = "javascript"
    TYPESCRIPT = "typescript"
    GO = "go"
    JAVA = "java"
    RUBY = "ruby"


class Kind(StrEnum):
    """What a change does to another file; for a quiet case, what it only seems to do."""

    CONTRADICTION = "contradiction"
    """Both places still run, and say different things."""
    BREAKAGE = "breakage"
    """The other place fails when it is compiled, loaded or reached."""


class Anchor(Value):
    """A line, named by words that occur once in its file."""

    path: str
    text: OneLine
    side: Side = Side.HEAD


class Place(Anchor):
    """Where the head is wrong after the change."""

    wrong: Sentence
    hops: tuple[Anchor, ...] = Field(min_length=1)
    """From a changed line (the first) towards this place; one that is gone stands on the base side."""


class Quiet(Value):
    """Nothing is wrong."""

    quiet: Sentence
    """Why a hasty reader would report something, and why that is wrong."""


class Replacement(Value):
    """Words that occur once in a text, and what stands there afterwards."""

    replace: str = Field(min_length=1)
    by: str


Edit = str | None | tuple[Replacement, ...]
"""A whole new text; None for a path that goes away; or replacements in the text that was there."""


class WrittenCase(Value):
    """A case as a file has it: its files are what it changes in those of its family."""

    id: Slug
    title: OneLine
    base: Mapping[str, Edit] = {}
    change: Mapping[str, Edit] = Field(min_length=1)
    expect: Quiet | Annotated[tuple[Place, ...], Field(min_length=1)]


class Family(Value):
    """One file: a story, and the cases that tell it with and without a defect."""

    about: Sentence
    languages: tuple[Language, ...] = Field(min_length=1)
    """The first is the one that the family counts for."""
    kind: Kind
    base: Mapping[str, str]
    cases: tuple[WrittenCase, ...] = Field(min_length=1)


class Case(Value):
    """A case with its files worked out; all texts are whole files."""

    id: Slug
    family: Slug
    """The name of its file, without the ending."""
    title: OneLine
    languages: tuple[Language, ...]
    kind: Kind
    base: Mapping[str, str]
    change: Mapping[str, str | None]
    """Only paths that differ; None for one that goes away."""
    expect: Quiet | tuple[Place, ...]

    @property
    def language(self) -> Language:
        """The language that the case counts for."""
        return self.languages[0]

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the head is wrong; empty for a case that must stay quiet."""
        return () if isinstance(self.expect, Quiet) else self.expect

    def files(self, side: Side) -> dict[str, str]:
        """Path to text, before or after the change."""
        return dict(self.base) if side is Side.BASE else _without_gone({**self.base, **self.change})

    def line(self, anchor: Anchor) -> int:
        """The line of `anchor`, from 1; `ValueError` unless its words occur exactly once in its file."""
        text = self.files(anchor.side).get(anchor.path)
        if text is None:
            raise ValueError(f"{self.id}: {anchor.path}: no such file at the {anchor.side}")
        if (count := text.count(anchor.text)) != 1:
            raise ValueError(f"{self.id}: {anchor.path}: {anchor.text!r} occurs {count} times, expected once")
        return text[: text.index(anchor.text)].count("\n") + 1


def read_cases(folder: Path = CASES) -> tuple[Case, ...]:
    """Every case in `folder`, ordered by file name; `ValueError` for what no case may be, or for no file."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise ValueError(f"{folder}: no case files")
    return tuple(case for path in paths for case in _cases_of(path.stem, _family(path)))


def _family(path: Path) -> Family:
    try:
        return Family.model_validate(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        error.add_note(f"in {path}")
        raise


def _cases_of(name: str, family: Family) -> Iterator[Case]:
    for written in family.cases:
        base = _without_gone({**family.base, **_edited(written.id, family.base, written.base)})
        yield Case(
            id=written.id,
            family=name,
            title=written.title,
            languages=family.languages,
            kind=family.kind,
            base=base,
            change=_edited(written.id, base, written.change),
            expect=written.expect,
        )


def _edited(case: str, before: Mapping[str, str], edits: Mapping[str, Edit]) -> dict[str, str | None]:
    """The new text of each path in `edits`; `ValueError` for an edit that does nothing or cannot be made."""
    after: dict[str, str | None] = {}
    for path, edit in edits.items():
        after[path] = (
            _replaced(f"{case}: {path}", before.get(path), edit) if isinstance(edit, tuple) else edit
        )
        if after[path] == before.get(path):
            raise ValueError(f"{case}: {path}: the edit changes nothing")
    return after


def _replaced(where: str, text: str | None, steps: tuple[Replacement, ...]) -> str:
    if text is None:
        raise ValueError(f"{where}: there is no such file to replace in")
    for step in steps:
        if (count := text.count(step.replace)) != 1:
            raise ValueError(f"{where}: {step.replace!r} occurs {count} times, expected once")
        text = text.replace(step.replace, step.by)
    return text


def _without_gone(files: Mapping[str, str | None]) -> dict[str, str]:
    return {path: text for path, text in files.items() if text is not None}
