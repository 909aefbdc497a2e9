"""Limits of one field in two layers, which agreed before the change."""

from collections.abc import Callable
from typing import Any

import pytest

Files = dict[str, str]

LIMITS = "export const MAX_NOTE_LENGTH = @@;\n"
PAGE = '<form action="/gifts">\n<textarea name="note" maxlength="140"></textarea>\n</form>\n'
RECORD = "public record Find(\n    @Size(max = 80) String title,\n    @Size(max = @@) String story) {\n}\n"
TABLE = "CREATE TABLE finds (\n  title VARCHAR(80),\n  story VARCHAR(500)\n);\n"
SCHEMA = "schemas:\n  StatusUpdate:\n    properties:\n      status: {type: string, maxLength: 280}\n"
FORM = 'import { z } from "zod";\n\nexport const form = z.object({\n  phrase: z.string().min(12).max(200),\n});\n'


def changed(files: Files, old: str, new: str) -> tuple[Files, Files]:
    marked = [path for path, text in files.items() if "@@" in text]
    return (
        {path: text.replace("@@", old) for path, text in files.items()},
        {path: files[path].replace("@@", new) for path in marked},
    )


APART = [
    pytest.param({"server/gifts/max.js": LIMITS, "public/gift.html": PAGE}, "140", "100", id="page-and-server"),
    pytest.param(
        {"server/gifts/max.js": LIMITS.replace("@@", "140"), "public/gift.html": PAGE.replace("140", "@@")},
        "140", "200", id="the-attribute-changed",
    ),
    pytest.param({"f/Find.java": RECORD, "db/migrate/V1__finds.sql": TABLE}, "500", "900", id="java-and-column"),
    pytest.param({"status/max.ts": "export const MAX_STATUS = @@;\n", "api.yaml": SCHEMA}, "280", "160",
                 id="constant-and-openapi"),
    pytest.param({"backend/login/rules.py": "MIN_PHRASE = @@\n", "web/login/schema.ts": FORM}, "12", "16",
                 id="server-constant-and-zod"),
    pytest.param(
        {"backend/login/rules.py": "MIN_PHRASE = @@\n",
         "web/login/Field.tsx": "export const F = () => (\n  <input name=\"phrase\" minLength={12} />\n);\n"},
        "12", "16", id="server-constant-and-jsx",
    ),
    pytest.param(
        {"shop/models.py": "class Order(Base):\n    story = Column(String(500))\n",
         "shop/forms/order.html": '<form id="order">\n<input name="story" maxlength="@@">\n</form>\n'},
        "500", "900", id="attribute-and-alchemy",
    ),
    pytest.param(
        {"app/models/find.rb": "class Find\n  validates :story, length: { maximum: @@ }\nend\n",
         "db/schema.rb": 'create_table "finds" do |t|\n  t.string "story", limit: 500\nend\n'},
        "500", "900", id="validates-and-rails-schema",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("files", "old", "new"), APART)
def test_what_an_outer_layer_lets_pass_and_an_inner_one_refuses_is_found(
    read: Callable[..., Any], files: Files, old: str, new: str
) -> None:
    before, after = changed(files, old, new)
    (found,) = read(before, after).evidence.parted
    assert new in found.explanation
    assert found.changed.path in after
    assert found.other.path not in after


QUIET = [
    pytest.param({"server/gifts/max.js": LIMITS, "public/gift.html": PAGE}, "140", "200", id="stricter-page"),
    pytest.param({"server/gifts/max.js": LIMITS, "public/gift.html": PAGE}, "120", "100", id="never-agreed"),
    pytest.param({"server/gifts/max.js": LIMITS, "public/card.html": PAGE.replace("gifts", "cards")}, "140", "100",
                 id="another-form"),
    pytest.param({"server/gifts/max.js": LIMITS, "public/gift.html": PAGE.replace("note", "rhyme")}, "140", "100",
                 id="another-field"),
    pytest.param({"f/Find.java": RECORD, "db/migrate/V1__finds.sql": TABLE.replace("story V", "end V")}, "500", "900",
                 id="another-column"),
    pytest.param({"f/Find.java": RECORD, "db/migrate/V1__pubs.sql": TABLE.replace("finds", "pubs")}, "500", "900",
                 id="another-table"),
    pytest.param(
        {"f/Find.java": RECORD, "db/migrate/V1__finds.sql": TABLE,
         "db/migrate/V10__wider.sql": "ALTER TABLE finds ALTER COLUMN story TYPE TEXT;\n",
         "db/migrate/V9__wider.sql": "ALTER TABLE finds ALTER COLUMN story TYPE VARCHAR(500);\n"},
        "500", "900", id="a-later-migration",
    ),
    pytest.param({"a/rules.py": "MIN_PHRASE = @@\n", "b/forms.py": "phrase = CharField(min_length=12)\n"}, "12", "16",
                 id="one-layer"),
    pytest.param({"status/max.ts": "export const MAX_STATUS = @@;\n", "tests/a.yaml": SCHEMA}, "280", "160",
                 id="a-test"),
    pytest.param({"status/max.ts": "export const MAX_STATUS = @@;\n",
                  "api.yaml": SCHEMA.replace("status:", "bio:")}, "280", "160", id="another-property"),
]  # fmt: skip


@pytest.mark.parametrize(("files", "old", "new"), QUIET)
def test_limits_of_other_things_and_stricter_pages_stay_quiet(
    read: Callable[..., Any], files: Files, old: str, new: str
) -> None:
    before, after = changed(files, old, new)
    assert read(before, after).evidence.parted == ()
