"""A path has no owner although CODEOWNERS gives its neighbours one, or a change of that file leaves paths without."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.change import FileChange, FileStatus, Side
from reviewer.domain.finding import ChangedPathSubject, CodeSubject, Confidence, Finding, Severity
from reviewer.errors import RepositoryError
from reviewer.evidence.base.code_owners import OwnerLine
from reviewer.evidence.base.ownership import OwnersFile, owners_file
from reviewer.stages.rules.rule import Facts, Outcome, Rule, code_subject

_SHOWN = 5
"""Paths named in one finding."""
_FEWEST_NEIGHBOURS = 3
"""Files of a top folder that show how it is owned."""


def check(rule: Rule, facts: Facts) -> Outcome:
    """Silent where the base has no CODEOWNERS file, and for a change that neither adds a path nor touches it."""
    try:
        before, after = (owners_file(facts.workspace, side) for side in (Side.BASE, Side.HEAD))
        if before is None:
            return Outcome((), None)
        arrived = [
            file for file in facts.snapshot.files if file.status in (FileStatus.ADDED, FileStatus.RENAMED)
        ]
        is_changed = after != before
        if not arrived and not is_changed:
            return Outcome((), None)
        if before.has_sections or (after and after.has_sections):
            return Outcome((), f"{before.path} has sections, which are of another dialect than GitHub's")
        looked = _Look(rule, facts, before, after)
        findings = [*(looked.unowned(arrived) if after else ()), *(looked.lost() if is_changed else ())]
        if after and is_changed:
            findings += looked.pointless(after)
    except RepositoryError as error:
        return Outcome((), f"CODEOWNERS: {error}")
    return Outcome(tuple(findings), None)


@dataclass(frozen=True)
class _Look:
    """What is needed to compare the two files."""

    rule: Rule
    facts: Facts
    before: OwnersFile
    after: OwnersFile | None

    def unowned(self, arrived: Sequence[FileChange]) -> Iterator[Finding]:
        """One finding a top folder whose files at the base are all owned, or a path that left its owners."""
        after = self.after
        if after is None:
            return
        deciding = after.deciding(file.path for file in arrived)
        nobody = [file for file in arrived if deciding[file.path] is None]
        grouped: dict[str, list[FileChange]] = defaultdict(list)
        for file in nobody:
            grouped[file.path.partition("/")[0] if "/" in file.path else ""].append(file)
        for folder, files in sorted(grouped.items()):
            if folder and self._is_owned(folder):
                yield self._unowned(folder, files)
            elif moved := [file for file in files if file.old_path and self._was_owned(file.old_path)]:
                yield self._moved(moved)

    def lost(self) -> Iterator[Finding]:
        """One finding when paths that stay had owners and no line decides for them any more."""
        head = self.facts.workspace.entries(Side.HEAD)
        stay = [path for path in self.facts.workspace.entries(Side.BASE) if path in head]
        had = {path: line for path, line in self.before.deciding(stay).items() if line and line.owners}
        now = self.after.deciding(had) if self.after else dict.fromkeys(had)
        lost = [path for path in had if now[path] is None]
        if not lost:
            return
        gone = "" if self.after else f" {self.before.path} is gone, and no other such file is there."
        yield Finding(
            source=self.rule.source,
            title=f"{_count(lost)} would lose {'its' if len(lost) == 1 else 'their'} owners",
            explanation=(
                f"{self.before.path} gives {_named(lost)} owners before the change, and after it no pattern does."
                f"{gone} Nobody is asked to review changes of them then. If that is meant, a line with the pattern"
                " and no owner says so."
            ),
            severity=Severity.MEDIUM,
            confidence=Confidence.HIGH,
            subject=self._quote(self.before.path, had[lost[0]], Side.BASE),
            units=self._units(self.before.path),
        )

    def pointless(self, after: OwnersFile) -> Iterator[Finding]:
        """One finding an added line that GitHub passes over, or that is about no path of the head."""
        paths = list(self.facts.workspace.entries(Side.HEAD))
        added = [line for line in after.lines if (after.path, line.number) in self.facts.added_lines]
        for line in added:
            if line.problem:
                title = "A line of CODEOWNERS is not understood"
                text = f"{line.problem}: the line is passed over, and what it means to own stays as it is without it."
            elif not any(line.fits(path) for path in paths):
                title = "A line of CODEOWNERS is about no path"
                text = f"No path of the repository fits `{line.text}` at the head of the change."
            else:
                continue
            yield Finding(
                source=self.rule.source,
                title=title,
                explanation=text,
                severity=Severity.LOW,
                confidence=Confidence.HIGH,
                subject=self._quote(after.path, line, Side.HEAD),
                units=self._units(after.path),
            )

    def _is_owned(self, folder: str) -> bool:
        """True when `folder` has some files at the base and each of them has an owner."""
        below = [path for path in self.facts.workspace.entries(Side.BASE) if path.startswith(f"{folder}/")]
        if len(below) < _FEWEST_NEIGHBOURS:
            return False
        return all(line is not None and line.owners for line in self.before.deciding(below).values())

    def _was_owned(self, path: str) -> bool:
        line = self.before.deciding([path])[path]
        return line is not None and bool(line.owners)

    def _unowned(self, folder: str, files: Sequence[FileChange]) -> Finding:
        paths = [file.path for file in files]
        return self._about(
            files,
            title=f"{_count(paths)} in {folder}/ would have no owner",
            explanation=(
                f"Every file of {folder}/ has an owner by {self.before.path}, and no pattern there is about"
                f" {_named(paths)}. Nobody is asked to review changes of {'it' if len(paths) == 1 else 'them'}."
                " A line with the pattern and no owner says that this is meant."
            ),
        )

    def _moved(self, files: Sequence[FileChange]) -> Finding:
        paths = [file.path for file in files]
        return self._about(
            files,
            title=f"{_count(paths)} would lose {'its' if len(paths) == 1 else 'their'} owners by a move",
            explanation=(
                f"{_named([file.path_at_base for file in files])} had owners by {self.before.path}, and no pattern"
                f" is about {_named(paths)}."
            ),
        )

    def _about(self, files: Sequence[FileChange], *, title: str, explanation: str) -> Finding:
        return Finding(
            source=self.rule.source,
            title=title,
            explanation=explanation,
            severity=Severity.LOW,
            confidence=Confidence.HIGH,
            subject=ChangedPathSubject(path=files[0].units[0].path, unit=files[0].units[0].id),
            units=tuple(unit.id for file in files for unit in file.units),
        )

    def _quote(self, path: str, line: OwnerLine, side: Side) -> CodeSubject:
        return code_subject(self.facts.workspace.quote(path, side, line.number, line.number))

    def _units(self, path: str) -> tuple[str, ...]:
        return tuple(
            unit.id
            for file in self.facts.snapshot.files
            if path in (file.path, file.path_at_base)
            for unit in file.units
        )


def _count(paths: Sequence[str]) -> str:
    return "1 path" if len(paths) == 1 else f"{len(paths)} paths"


def _named(paths: Iterable[str]) -> str:
    named = list(paths)
    rest = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    return f"{', '.join(named[:_SHOWN])}{rest}"


RULE = Rule("unowned-path", "1", check)
