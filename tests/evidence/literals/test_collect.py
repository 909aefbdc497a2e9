from collections.abc import Callable
from typing import Any

from reviewer.domain.literals import HopKind, LiteralKind
from reviewer.evidence.literals import LiteralLimits

LOCALE = 'en:\n  errors:\n    password:\n      too_short: "Must be at least @@ characters"\n'
CHAIN = {
    "locale/en.yml": LOCALE.replace("@@", "5"),
    "views.py": (
        "from rules import is_too_short\n\n\ndef signup(form):\n"
        '    if is_too_short(form["password"]):\n        flash(t("errors.password.too_short"))\n'
    ),
    "rules.py": "MIN = 5\n\n\ndef is_too_short(value):\n    return len(value) < MIN\n",
}


def test_a_contradiction_quotes_every_step_from_the_changed_line_to_the_number(
    read: Callable[..., Any],
) -> None:
    made = read(CHAIN, {"locale/en.yml": LOCALE.replace("@@", "3")})
    (found,) = made.evidence.contradictions
    assert [hop.quote.place.split("@")[0] for hop in found.path] == [
        "locale/en.yml:4", "views.py:6", "rules.py:4", "rules.py:5", "rules.py:1",
    ]  # fmt: skip
    assert [hop.kind for hop in found.path][:3] == [HopKind.CHANGED, HopKind.KEY, HopKind.DEFINITION]
    assert (found.said.number, found.held.number, found.agreed_before) == ("3 characters", "5", True)
    for hop in found.path:
        quote = hop.quote
        again = made.workspace.quote(quote.path, quote.side, quote.first_line, quote.last_line)
        assert again == quote


def test_an_entry_is_traced_to_the_code_that_asks_for_its_key(read: Callable[..., Any]) -> None:
    made = read(CHAIN, {"locale/en.yml": LOCALE.replace("@@", "3")})
    trace = made.trace("en.errors.password.too_short")
    assert trace.kind is LiteralKind.ENTRY
    assert (trace.before, trace.after) == ("Must be at least 5 characters", "Must be at least 3 characters")
    assert "views.py:6" in [hop.quote.place.split("@")[0] for hop in trace.readers]


def test_kinds_of_literals_are_told_apart(read: Callable[..., Any]) -> None:
    before = {"a.py": "x = 1\n"}
    after = {
        "a.py": (
            'key = os.environ["API_TOKEN"]\n'
            'if feature_enabled("new_checkout"): pass\n'
            'rows = db.execute("SELECT id FROM accounts WHERE id = 1")\n'
            'get("/v1/users")\n'
            'say("Something went wrong here")\n'
        )
    }
    kinds = {trace.name: trace.kind for trace in read(before, after).evidence.traces}
    assert kinds["API_TOKEN"] is LiteralKind.ENVIRONMENT
    assert kinds["new_checkout"] is LiteralKind.FLAG
    assert kinds["accounts"] is LiteralKind.SQL_NAME
    assert kinds["/v1/users"] is LiteralKind.URL
    assert kinds["Something went wrong here"] is LiteralKind.COPY


def test_a_limit_that_ends_the_way_is_named(read: Callable[..., Any]) -> None:
    made = read(CHAIN, {"locale/en.yml": LOCALE.replace("@@", "3")}, LiteralLimits(max_files=0))
    assert made.evidence.contradictions == ()
    assert any("limit 0 files" in cut for cut in made.evidence.not_compared)


def test_calls_in_a_circle_end(read: Callable[..., Any]) -> None:
    circle = {
        "a.py": "def valid_one(x):\n    return valid_two(x)\n\n\ndef valid_two(x):\n    return valid_one(x)\n",
        "b.py": (
            "def f(name):\n    if not valid_one(name):\n"
            '        raise ValueError("Name must be at least @@ characters")\n'
        ),
    }
    before = {path: text.replace("@@", "3") for path, text in circle.items()}
    assert read(before, {"b.py": circle["b.py"].replace("@@", "4")}).evidence.contradictions == ()


def test_documents_are_believed_less_than_what_the_program_shows(read: Callable[..., Any]) -> None:
    files = {"README.md": "Passwords must be at least 8 characters.\n", "a.py": "MIN_PASSWORD_LENGTH = 8\n"}
    made = read(files, {"a.py": "MIN_PASSWORD_LENGTH = 10\n"})
    assert made.pairs == [("README.md:1", "a.py:1", "medium")]


def test_a_line_without_end_and_bytes_that_are_no_text_are_named_not_read(read: Callable[..., Any]) -> None:
    long = "x = '" + "at least 3 characters " * 60_000 + "'\n"
    made = read(
        {"a.py": "x = 1\n", "b.py": "y = 1\n"}, {"a.py": long, "b.py": b"y = '\xff\xfe at least 3 chars'\n"}
    )
    assert any("a.py" in cut and "limit" in cut for cut in made.evidence.cuts)
    assert made.evidence.contradictions == ()


def test_copy_that_did_not_fit_before_is_not_held_against_the_change(read: Callable[..., Any]) -> None:
    code = 'def f(name):\n    if len(name) < @@:\n        raise ValueError("Name must be at least 3 characters")\n'
    made = read({"a.py": code.replace("@@", "7")}, {"a.py": code.replace("@@", "8")})
    assert made.evidence.contradictions == ()
