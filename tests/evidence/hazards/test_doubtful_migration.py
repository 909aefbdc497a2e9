"""Migrations that take away what running code may use, and those of Rails, Alembic and SQL."""

from collections.abc import Callable, Mapping

import pytest

from reviewer.stages.rules.doubtful_migration import FORMS

Hazards = Callable[..., list[str]]
DJANGO, RAILS, ALEMBIC, SQL = (
    "shop/migrations/0002_b.py",
    "db/migrate/20240101000000_a.rb",
    "alembic/versions/a1_b.py",
    "migrations/002_b.sql",
)
HOUSE = {"db/migrate/20230101000000_x.rb": "disable_ddl_transaction!\n"}


def django(operation: str, head: str = "") -> str:
    return (
        f"from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    {head}\n"
        f"    operations = [\n        {operation},\n    ]\n"
    )


def rails(line: str, method: str = "change", head: str = "") -> str:
    return f"class A < ActiveRecord::Migration[7.1]\n{head}  def {method}\n    {line}\n  end\nend\n"


def alembic(up: str, down: str = "op.drop_column('a', 'b')") -> str:
    return f"revision = 'b'\ndown_revision = 'a'\n\n\ndef upgrade():\n    {up}\n\n\ndef downgrade():\n    {down}\n"


FIRES = [
    ("column-dropped", DJANGO, django('migrations.RemoveField(model_name="order", name="a")')),
    ("table-dropped", DJANGO, django('migrations.DeleteModel(name="Order")')),
    ("column-renamed", DJANGO, django('migrations.RenameField("order", "a", "b")')),
    ("table-renamed", DJANGO, django('migrations.RenameModel("Order", "Purchase")')),
    ("rails-execute-in-change", RAILS, rails('execute "UPDATE a SET b = 1"')),
    ("rails-column-without-type", RAILS, rails("remove_column :orders, :a")),
    ("rails-index-stops-writes", RAILS, rails("add_index :orders, :a")),
    ("rails-concurrent-in-transaction", RAILS, rails("add_index :orders, :a, algorithm: :concurrently")),
    ("rails-required-without-default", RAILS, rails("add_column :orders, :a, :integer, null: false")),
    ("rails-renamed", RAILS, rails("rename_column :orders, :a, :b")),
    ("alembic-no-way-back", ALEMBIC, alembic("op.drop_table('a')", "pass")),
    (
        "alembic-required-without-default",
        ALEMBIC,
        alembic("op.add_column('a', sa.Column('b', sa.Integer(), nullable=False))"),
    ),
    ("sql-index-stops-writes", SQL, "ALTER TABLE a ADD b JSONB;\nCREATE INDEX i\n  ON a (b);\n"),
    ("sql-table-dropped", SQL, "DROP TABLE IF EXISTS shop.orders;\n"),
    ("sql-required-without-default", SQL, "ALTER TABLE a ADD COLUMN b INTEGER NOT NULL;\n"),
    (
        "sql-foreign-key-locks",
        SQL,
        "ALTER TABLE a ADD c JSONB;\nALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES b (id);\n",
    ),
]


@pytest.mark.parametrize(("form", "path", "source"), FIRES)
def test_a_migration_that_takes_away_or_stops_is_told(
    hazards: Hazards, form: str, path: str, source: str
) -> None:
    assert [one.split()[1] for one in hazards(HOUSE, {path: source})] == [form]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (DJANGO, django('migrations.RemoveField("order", "a")', "# the column is unused since 3.1")),
        (
            DJANGO,
            django(
                'migrations.SeparateDatabaseAndState(database_operations=[migrations.RemoveField("o", "a")])'
            ),
        ),
        ("tests/a/migrations/0001_a.py", django('migrations.RemoveField("order", "a")')),
        (RAILS, rails('execute "UPDATE a SET b = 1"', "up")),
        (RAILS, rails('reversible { |dir| dir.up { execute "UPDATE a SET b = 1" } }')),
        (RAILS, rails("remove_column :orders, :a, :integer")),
        (RAILS, rails("create_table :orders\n    add_index :orders, :a")),
        (
            RAILS,
            rails("add_index :orders, :a, algorithm: :concurrently", head="  disable_ddl_transaction!\n"),
        ),
        (RAILS, rails("add_column :orders, :a, :integer, null: false, default: 0")),
        ("app/models/a.rb", rails("remove_column :orders, :a")),
        (ALEMBIC, alembic("op.drop_table('a')", "raise NotImplementedError")),
        (ALEMBIC, alembic("pass", "pass")),
        (
            ALEMBIC,
            alembic("op.add_column('a', sa.Column('b', sa.Integer(), nullable=False, server_default='0'))"),
        ),
        (ALEMBIC, "def upgrade():\n    x()\n\n\ndef downgrade():\n    pass\n"),
        (SQL, "CREATE INDEX i ON a (b);\n"),
        (SQL, "CREATE INDEX CONCURRENTLY i ON a (b);\n"),
        (SQL, "CREATE TABLE a (b JSONB);\nCREATE INDEX i ON a (b);\n"),
        (SQL, "ALTER TABLE a ADD COLUMN b INTEGER NOT NULL DEFAULT 0;\n"),
        (SQL, "-- DROP TABLE a;\nALTER TABLE a ADD COLUMN b INTEGER;\n"),
        (SQL, "CREATE FUNCTION f() AS $$\nBEGIN\n  DROP TABLE a;\nEND $$ LANGUAGE plpgsql;\n"),
        ("migrations/002_b.down.sql", "DROP TABLE a;\n"),
    ],
)
def test_a_migration_with_care_is_silence(hazards: Hazards, path: str, source: str) -> None:
    assert hazards(HOUSE, {path: source}) == []


ADD = 'migrations.AddField(model_name="order", name="a", field=models.IntegerField(null=True, help_text="x"))'


def test_a_migration_that_was_merged_and_is_changed_is_told(hazards: Hazards) -> None:
    found = hazards(
        {DJANGO: django(ADD)}, {DJANGO: django(ADD.replace("null=True", "db_index=True, null=True"))}
    )
    assert found == [f"doubtful-migration edited-after-merge {DJANGO}:7"]


@pytest.mark.parametrize(
    "after", [ADD.replace('"x"', '"y"'), ADD.replace('"order"', "'order'"), f"{ADD}  # why"]
)
def test_an_edit_that_the_database_does_not_see_is_silence(hazards: Hazards, after: str) -> None:
    assert hazards({DJANGO: django(ADD)}, {DJANGO: django(after)}) == []


def pair(name: str) -> Mapping[str, str]:
    return {f"m/{name}.up.sql": "SELECT 1;\n", f"m/{name}.down.sql": "SELECT 1;\n"}


def test_a_way_up_without_its_way_down_is_told_where_the_others_have_one(hazards: Hazards) -> None:
    up = {"m/3.up.sql": "SELECT 1;\n"}
    assert hazards({**pair("1"), **pair("2")}, up) == ["doubtful-migration sql-no-way-back m/3.up.sql:1"]
    assert hazards({**pair("1"), "m/2.up.sql": "SELECT 1;\n"}, up) == []
    assert hazards({**pair("1"), **pair("2")}, pair("3")) == []


def test_every_form_is_produced_and_has_words() -> None:
    assert {form for form, *_ in FIRES} | {"edited-after-merge", "sql-no-way-back"} == set(FORMS)
