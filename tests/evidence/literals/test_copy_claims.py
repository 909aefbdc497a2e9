import pytest

from reviewer.evidence.literals.copy_claims import claims_in


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Password must be at least 3 characters", [("min", "3", "characters")]),
        ("at least three characters", [("min", "3", "characters")]),
        ("must be more than 3 characters", [("min", "4", "characters")]),
        ("must be shorter than 20 characters", [("max", "19", "characters")]),
        ("no more than 5 items", [("max", "5", "count")]),
        ("Title can't be longer than 1,000 characters", [("max", "1000", "characters")]),
        ("must not exceed 255 characters", [("max", "255", "characters")]),
        ("between 2 and 5 tags", [("min", "2", "count"), ("max", "5", "count")]),
        ("Username (3-20 characters)", [("min", "3", "characters"), ("max", "20", "characters")]),
        ("8+ characters", [("min", "8", "characters")]),
        ("Min. 8 chars", [("min", "8", "characters")]),
        ("reply within 30 minutes", [("max", "1800", "time")]),
        ("This link expires in 24 hours", [("exact", "86400", "time")]),
        ("must be 18 or older", [("min", "18", "age")]),
        ("You have 3 attempts", [("exact", "3", "count")]),
        ("a 6-digit code", [("exact", "6", "digits")]),
        ("at most 50%", [("max", "50", "percent")]),
        ("must be greater than 0", [("min", "1", "number")]),
        ("Name needs at least 3 characters and bio at most 160 characters",
         [("min", "3", "characters"), ("max", "160", "characters")]),
    ],
)  # fmt: skip
def test_a_limit_is_read_with_its_side_number_and_dimension(
    text: str, claims: list[tuple[str, str, str]]
) -> None:
    found = claims_in(text)
    assert [
        (claim.kind.value, str(min(claim.amount.values)), claim.amount.dimension.value) for claim in found
    ] == claims


@pytest.mark.parametrize(
    "text",
    [
        "Requires at least Python 3",
        "requires at least version 2.4.1",
        "HTTP 404 was returned",
        "Copyright 2020-2024",
        "Follow these 3 steps",
        "3. Open the settings",
        "listens on port 8080",
        "at least 1 uppercase letter",
        "must contain at least 2 digits",
        "from $5 to $10",
        "on 2024-01-02",
        "For example, at least 3 characters",
        "at least a few characters",
    ],
)
def test_a_number_that_limits_nothing_is_no_claim(text: str) -> None:
    assert claims_in(text) == []


def test_ten_megabytes_may_be_counted_in_either_way() -> None:
    (claim,) = claims_in("Files up to 10 MB")
    assert claim.amount.values == {10_000_000, 10 * 2**20}


def test_each_limit_of_a_sentence_has_its_own_subject() -> None:
    first, second = claims_in("Username must be at least 3 characters and password at least 8 characters")
    assert [*first.subject, *second.subject] == ["username", "password"]


def test_a_long_text_is_read_in_bounded_time() -> None:
    assert claims_in("must be at least " * 200_000) == []
