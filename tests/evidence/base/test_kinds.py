from typing import Any

import pytest

from reviewer.domain.change import UnitKind
from reviewer.domain.triage import KindOfChange
from reviewer.evidence.base import is_tested_code, kind_at, kind_of_file
from reviewer.testing.values import a_file, a_unit

CODE, TESTS, DOCS = KindOfChange.CODE, KindOfChange.TESTS, KindOfChange.DOCUMENTATION
DEPENDENCIES, CONFIGURATION = KindOfChange.DEPENDENCIES, KindOfChange.CONFIGURATION


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("src/a.py", CODE),
        ("src/features/login.ts", CODE),
        ("src/testing/clock.go", CODE),
        ("src/contest.py", CODE),
        ("app/latest/a.py", CODE),
        ("specs/openapi.go", CODE),
        ("templates/page.html", CODE),
        ("docs/conf.py", CODE),
        ("Makefile", CODE),
        ("changes.py", CODE),
        ("page.mdx", CODE),
        ("tests/test_a.py", TESTS),
        ("pkg/a_test.go", TESTS),
        ("web/a.spec.ts", TESTS),
        ("spec/models/user_spec.rb", TESTS),
        ("src/test/java/ATest.java", TESTS),
        ("conftest.py", TESTS),
        ("README.md", DOCS),
        ("CHANGES.rst", DOCS),
        ("LICENSE", DOCS),
        ("docs/shot.png", DOCS),
        ("docs/tests.md", DOCS),
        ("requirements/dev.txt", DEPENDENCIES),
        ("tests/requirements.txt", DEPENDENCIES),
        ("docs/requirements.txt", DEPENDENCIES),
        ("web/package.json", DEPENDENCIES),
        ("go.sum", DEPENDENCIES),
        ("uv.lock", DEPENDENCIES),
        ("config/app.yml", CONFIGURATION),
        (".editorconfig", CONFIGURATION),
        ("robots.txt", CONFIGURATION),
        ("app/migrations/0002_more.py", KindOfChange.MIGRATION),
        ("db/migrate/2024_add.rb", KindOfChange.MIGRATION),
        ("app/migrations/__init__.py", CODE),
        ("pkg/migration/runner.go", CODE),
        ("migrations/20240226_create.go", KindOfChange.MIGRATION),
        ("prisma/migrations/1_init/migration.sql", KindOfChange.MIGRATION),
        ("alembic/versions/ae10_x.py", KindOfChange.MIGRATION),
        ("app/locale/en/LC_MESSAGES/django.po", KindOfChange.TRANSLATION),
        ("app/locale/de/LC_MESSAGES/django.po", KindOfChange.TRANSLATION),
        ("config/locales/fr.yml", KindOfChange.TRANSLATION),
        ("config/locales/en.yml", CONFIGURATION),
    ],
)
def test_a_path_tells_its_kind_and_in_doubt_the_riskier_one(path: str, kind: KindOfChange) -> None:
    assert kind_at(path) is kind


def test_a_file_that_moves_is_of_the_riskier_kind_of_its_two_names() -> None:
    moved = a_file("docs/a.md", old_path="src/a.py")
    assert kind_of_file(moved, is_uncounted=False) is CODE


@pytest.mark.parametrize(
    ("path", "unit", "kind"),
    [
        ("docs/a.md", UnitKind.SYMLINK, KindOfChange.OPAQUE),
        ("docs/a.png", UnitKind.BINARY, DOCS),
        ("tests/data.xz", UnitKind.BINARY, KindOfChange.OPAQUE),
        ("src/a.py", UnitKind.MODE, KindOfChange.OPAQUE),
        ("src/a.py", UnitKind.RENAME, CODE),
    ],
)
def test_what_is_no_text_is_opaque_but_for_pictures_in_documents(
    path: str, unit: UnitKind, kind: KindOfChange
) -> None:
    assert kind_of_file(a_file(path, units=(a_unit(path, kind=unit),)), is_uncounted=False) is kind


def test_what_the_policy_does_not_count_is_generated_unless_it_is_a_lock_file() -> None:
    uncounted: dict[str, Any] = {"is_uncounted": True}
    assert kind_of_file(a_file("gen/a.py"), **uncounted) is KindOfChange.GENERATED
    assert kind_of_file(a_file("uv.lock"), **uncounted) is DEPENDENCIES


def test_tests_are_asked_for_programs_only() -> None:
    assert is_tested_code("src/a.py")
    for path in (
        "a.css",
        "a.html",
        "a.svg",
        "Makefile",
        "a.yml",
        "tests/test_a.py",
        "app/migrations/0002_x.py",
    ):
        assert not is_tested_code(path)
