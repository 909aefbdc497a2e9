from collections.abc import Callable
from typing import Any

SOURCE = """from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.AddField("order", "total", models.IntegerField()),
    ]
"""


def test_a_field_that_existing_rows_lack_is_a_finding(ruled: Callable[..., Any]) -> None:
    change = ruled({"a.py": "x = 1\n"}, {"shop/migrations/0002_total.py": SOURCE})
    (finding,) = change.findings("risky-migration")
    assert finding.title == "Rows of order that exist have no total"
    assert change.places("risky-migration") == ["shop/migrations/0002_total.py:6"]
