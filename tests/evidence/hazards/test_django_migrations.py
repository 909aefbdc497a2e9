"""Django migrations: what fails on rows, stops a table, or cannot be taken back."""

from collections.abc import Callable

import pytest

from reviewer.stages.rules.risky_migration import FORMS

Hazards = Callable[..., list[str]]
PATH = "shop/migrations/0002_b.py"
FIRST = "shop/migrations/0001_a.py"
INDEX = 'migrations.AddIndex(model_name="order", index=models.Index(fields=["a"], name="i"))'
HOUSE = {"other/migrations/0001_x.py": "from a import AddIndexConcurrently\n"}


def migration(*operations: str, head: str = "", after: str = "0001_a") -> str:
    body = "".join(f"        {one},\n" for one in operations)
    return (
        "from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n"
        f'{head}    dependencies = [("shop", "{after}")]\n    operations = [\n{body}    ]\n'
    )


def add(field: str, model: str = "order") -> str:
    return f'migrations.AddField(model_name="{model}", name="a", field={field})'


FIRES = [
    ("runpython-without-reverse", "migrations.RunPython(fill)"),
    ("runpython-without-reverse", "migrations.RunPython(code=fill)"),
    ("runsql-without-reverse", 'migrations.RunSQL("UPDATE a SET b = 1")'),
    ("concurrent-in-transaction", 'AddIndexConcurrently("order", models.Index(fields=["a"], name="i"))'),
    ("index-stops-writes", INDEX),
    ("required-without-default", add("models.IntegerField()")),
    ("required-without-default", add('models.ForeignKey(on_delete=models.CASCADE, to="shop.item")')),
    ("unique-default", add("models.UUIDField(default=uuid.uuid4, unique=True)")),
]


@pytest.mark.parametrize(("form", "operation"), FIRES)
def test_an_operation_that_fails_or_cannot_be_taken_back_is_told(
    hazards: Hazards, form: str, operation: str
) -> None:
    found = hazards({FIRST: migration(after=""), **HOUSE}, {PATH: migration(operation)})
    assert found == [f"risky-migration {form} {PATH}:7"]


@pytest.mark.parametrize(
    "source",
    [
        migration("migrations.RunPython(fill, migrations.RunPython.noop)"),
        migration("migrations.RunPython(fill, reverse_code=empty)"),
        migration("migrations.RunPython(*both)"),
        migration('migrations.RunSQL("a", reverse_sql="b")'),
        migration('AddIndexConcurrently("order", x)', head="    atomic = False\n"),
        migration('migrations.CreateModel(name="Order", fields=[])', INDEX),
        migration('migrations.CreateModel("Order", fields=[])', add("models.IntegerField()")),
        migration(f"migrations.SeparateDatabaseAndState(state_operations=[{INDEX}])"),
        migration(add("models.IntegerField(null=True)")),
        migration(add("models.IntegerField(default=1)")),
        migration(add("models.CharField(max_length=3)")),
        migration(add('models.ManyToManyField(to="shop.item")')),
        migration(add("house.Money()")),
        migration(add("models.UUIDField(default=None, unique=True, null=True)")),
        migration(add("models.IntegerField(**options)")),
    ],
)
def test_an_operation_that_is_safe_is_silence(hazards: Hazards, source: str) -> None:
    assert hazards({FIRST: migration(after=""), **HOUSE}, {PATH: source}) == []


def test_an_index_is_silence_where_no_migration_adds_one_concurrently(hazards: Hazards) -> None:
    assert hazards({FIRST: migration(after="")}, {PATH: migration(INDEX)}) == []


def test_a_model_of_another_migration_of_the_change_is_new(hazards: Hazards) -> None:
    create = migration('migrations.CreateModel(name="Order", fields=[])', after="")
    assert hazards(HOUSE, {FIRST: create, PATH: migration(INDEX)}) == []


def test_two_migrations_that_both_come_last_are_told(hazards: Hazards) -> None:
    before = {FIRST: migration(after=""), "shop/migrations/0002_c.py": migration()}
    assert hazards(before, {PATH: migration()}) == [f"risky-migration two-last-migrations {PATH}:5"]


@pytest.mark.parametrize(
    "more",
    [
        {PATH: migration(after="0002_c")},
        {"shop/migrations/0003_a-b.py": migration(after="0002_c"), PATH: migration(after="0003_a-b")},
        {PATH: migration(), "shop/migrations/0003_m.py": migration(after='0002_b"), ("shop", "0002_c')},
    ],
)
def test_migrations_that_end_in_one_are_silence(hazards: Hazards, more: dict[str, str]) -> None:
    before = {FIRST: migration(after=""), "shop/migrations/0002_c.py": migration()}
    assert hazards(before, more) == []


def test_migrations_of_tests_are_not_looked_at(hazards: Hazards) -> None:
    assert hazards({}, {"tests/app/migrations/0001_a.py": migration("migrations.RunPython(fill)")}) == []


def test_every_form_is_produced_and_has_words() -> None:
    assert {form for form, _ in FIRES} | {"two-last-migrations"} == set(FORMS)
