"""Texts that tell a number without saying which side it bounds, and constants whose names do not say either."""

from collections.abc import Callable
from typing import Any

import pytest

from reviewer.domain.literals import Dimension
from reviewer.evidence.literals.mentions import mentions_in, phrases_for, tells
from reviewer.evidence.literals.quantity import code_amount
from reviewer.evidence.literals.topics import topic_of

Files = dict[str, str]


def told(text: str, name: str, value: str, dimension: str) -> bool:
    amount = code_amount(value)
    assert amount is not None
    return any(tells(one, amount[0], Dimension(dimension), topic_of(name)) for one in mentions_in(text))


@pytest.mark.parametrize(
    ("text", "name", "value", "dimension"),
    [
        ("Drafts stay for 90 days.", "DRAFTS_KEPT", "90 * 24 * time.Hour", "time"),
        ("Drafts stay for three days.", "DRAFTS_KEPT", "3.days", "time"),
        ("We called you twice; three times in all we tried.", "TRIES", "3", "count"),
        ("We try 4 times.", "maxRetries", "4", "count"),
        ("Tours of 12 people leave at noon.", "MAX_TOUR", "12", "unknown"),
        ("We print 40 tickets a minute.", "TICKETS_PER_MINUTE", "40", "count"),
        ("Sailors are 16 years or older.", "MIN_AGE", "16", "age"),
    ],
)
def test_a_number_is_told_with_what_it_counts(text: str, name: str, value: str, dimension: str) -> None:
    assert told(text, name, value, dimension)


@pytest.mark.parametrize(
    ("text", "name", "value", "dimension"),
    [
        ("The shop opens three times a week.", "TRIES", "3", "count"),
        ("Drafts stay for 90 hours.", "DRAFTS_KEPT", "90 * 24 * time.Hour", "time"),
        ("Drafts stayed for 90 days before version 2.", "DRAFTS_KEPT", "90 * 24 * time.Hour", "time"),
        ("We print 40 tickets an hour.", "TICKETS_PER_MINUTE", "40", "count"),
        ("Bread of 12 grains.", "MAX_TOUR", "12", "unknown"),
        ("The club is 16 years in town.", "MIN_AGE", "16", "age"),
        ("For example, drafts stay for 90 days.", "DRAFTS_KEPT", "90 * 24 * time.Hour", "time"),
    ],
)
def test_the_same_number_of_something_else_is_not_told(
    text: str, name: str, value: str, dimension: str
) -> None:
    assert not told(text, name, value, dimension)


def test_what_is_searched_for_has_the_unit_that_people_would_choose() -> None:
    amount = code_amount("7200")
    assert amount is not None
    asked = phrases_for(amount[0], Dimension.TIME, topic_of("CACHE_SECONDS"))
    assert {"7200 seconds", "120 minutes", "2 hours", "two hours"} <= asked


STAYS = "A draft is there for 90 days"
KEPT = {
    "core/limits.py": "DRAFTS_KEPT_DAYS = @@\n",
    "core/sweep.py": "from core.limits import DRAFTS_KEPT_DAYS\n",
}
OPTIONS = (
    'package a\n\nfunc reg(f *flag.FlagSet) {\n\tf.DurationVar(&x, "linger", DefaultLinger, "how long")\n}\n'
)


def changed(files: Files, old: str, new: str) -> tuple[Files, Files]:
    marked = [path for path, text in files.items() if "@@" in text]
    return (
        {path: text.replace("@@", old) for path, text in files.items()},
        {path: files[path].replace("@@", new) for path in marked},
    )


FOUND = [
    pytest.param({**KEPT, "web/help.html": f"<p>{STAYS}.</p>\n"}, "90", "30", id="one-topic-told-once"),
    pytest.param(
        {
            "trash/rules.ts": "export const RETENTION_DAYS = @@;\n",
            "trash/Dialog.tsx": "export const D = () => <p>You can bring it back within 30 days.</p>;\n",
        },
        "30",
        "14",
        id="no-topic-same-part-of-the-product",
    ),
    pytest.param(
        {
            "opts.go": OPTIONS,
            "def.go": "package a\n\nconst DefaultLinger = @@ * time.Second\n",
            "README.md": "`--linger` tells how long; the default is 20 seconds.\n",
        },
        "20",
        "25",
        id="default-through-a-constant",
    ),
    pytest.param(
        {
            "app/jobs/charge_job.rb": "class ChargeJob\n  TRIES = @@\nend\n",
            "app/views/charge_mailer/gone.html.erb": "<p>We tried your card three times.</p>\n",
            "app/views/hello_mailer/hello.html.erb": "<p>We tried to call three times.</p>\n",
        },
        "3",
        "5",
        id="tries-of-one-part",
    ),
    pytest.param(
        {
            "guard.js": 'if (user.failures >= MAX_ATTEMPTS) {\n  fail("login.locked");\n}\n',
            "policy.js": "export const MAX_ATTEMPTS = @@;\n",
            "en.json": '{"login.locked": "After 5 wrong codes the door stays shut."}\n',
        },
        "5",
        "3",
        id="failures-through-a-key",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("files", "old", "new"), FOUND)
def test_a_text_that_the_change_left_behind_is_found(
    read: Callable[..., Any], files: Files, old: str, new: str
) -> None:
    before, after = changed(files, old, new)
    assert len(read(before, after).pairs) == 1


MISSED = [
    pytest.param(
        {**KEPT, "web/a.html": f"<p>{STAYS}.</p>\n", "web/b.html": "<p>A draft costs nothing for 90 days.</p>\n"},
        "90", "30", id="one-word-told-of-two-things",
    ),
    pytest.param({**KEPT, "web/help.html": "<p>An invoice stays 90 days.</p>\n"}, "90", "30", id="another-topic"),
    pytest.param({**KEPT, "CHANGELOG.md": "- A draft is there for 90 days.\n"}, "90", "30", id="history"),
    pytest.param({**KEPT, "tests/test_a.py": 'TEXT = "A draft is there for 90 days"\n'}, "90", "30", id="a-test"),
    pytest.param(
        {
            "trash/rules.ts": "export const RETENTION_DAYS = @@;\n",
            "shop/Offer.tsx": "export const D = () => <p>You can send it back within 30 days.</p>;\n",
        },
        "30", "14", id="no-topic-another-part",
    ),
    pytest.param(
        {
            "trash/rules.ts": "export const RETENTION_DAYS = @@;\nexport const REFUND_DAYS = 30;\n",
            "trash/Dialog.tsx": "export const D = () => <p>You can bring it back within 30 days.</p>;\n",
        },
        "30", "14", id="two-constants-with-one-number",
    ),
    pytest.param(
        {
            "opts.go": OPTIONS,
            "def.go": "package a\n\nconst DefaultLinger = @@ * time.Second\n",
            "README.md": "With `--linger 20s` it stays 20 seconds.\n",
        },
        "20", "25", id="an-option-but-no-default",
    ),
    pytest.param(
        {**KEPT, "web/help.html": "<p>A draft is there for 30 days.</p>\n"}, "90", "30", id="moved-along",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("files", "old", "new"), MISSED)
def test_a_text_that_may_be_about_something_else_stays_quiet(
    read: Callable[..., Any], files: Files, old: str, new: str
) -> None:
    before, after = changed(files, old, new)
    assert read(before, after).pairs == []
