"""Which file is read how."""

import re

from reviewer.evidence.hazards.kinds.dependency_risk.node import package_json
from reviewer.evidence.hazards.kinds.dependency_risk.other_manifests import cargo, gems, go_mod, gradle, pom
from reviewer.evidence.hazards.kinds.dependency_risk.python import pipfile, pyproject, requirements
from reviewer.evidence.hazards.kinds.dependency_risk.requirement import Reader
from reviewer.evidence.literals.roles import is_foreign, is_test

_READERS: dict[str, Reader] = {
    "pyproject.toml": pyproject,
    "Pipfile": pipfile,
    "package.json": package_json,
    "go.mod": go_mod,
    "Gemfile": gems,
    "pom.xml": pom,
    "build.gradle": gradle,
    "build.gradle.kts": gradle,
    "Cargo.toml": cargo,
}
_REQUIREMENTS = re.compile(r"(?:^|/)requirements(?:[-_.][\w.-]+)?\.txt$|(?:^|/)requirements/[\w.-]+\.txt$")
_FOR_DEVELOPERS = re.compile(
    r"(?:^|/)(?:examples?|[\w-]{0,40}docs?|demos?|samples?|benchmarks?|templates?|project_template|codemods|tools?|scripts|buildSrc)/"
    r"|requirements\S{0,60}[-_/.](?:dev|development|test|tests|testing|docs?|lint|ci|build|typing)(?:[-_.][\w.-]{0,60})?\.txt$"
)


def reader_of(path: str) -> Reader | None:
    """How the manifest at `path` is read; None for every other file."""
    name = path.rsplit("/", 1)[-1]
    if name.endswith(".gemspec"):
        return gems
    return requirements if _REQUIREMENTS.search(path) else _READERS.get(name)


def is_manifest(path: str) -> bool:
    """True for manifests of what the repository ships; those of examples, documents and tests are none."""
    if is_foreign(path) or is_test(path) or _FOR_DEVELOPERS.search(path):
        return False
    return reader_of(path) is not None
