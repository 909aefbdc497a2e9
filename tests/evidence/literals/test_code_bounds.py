import pytest

from reviewer.evidence.literals.code_bounds import bounds_in


@pytest.mark.parametrize(
    ("line", "kind", "number", "dimension"),
    [
        ("MIN_LENGTH = 5", "min", "5", "length"),
        ("private static final int MIN_PASSWORD_LENGTH = 5;", "min", "5", "length"),
        ("const MaxNameLength = 20", "max", "20", "length"),
        ('<input minlength="5">', "min", "5", "length"),
        ("<input minLength={5} />", "min", "5", "length"),
        ("password: z.string().min(5),", "min", "5", "length"),
        ("validates :name, length: { minimum: 5 }", "min", "5", "length"),
        ("validates :name, length: { in: 3..20 }", "max", "20", "length"),
        ("@Size(min = 5)", "min", "5", "length"),
        ("@Min(value = 18)", "min", "18", "number"),
        ("validators=[MaxLengthValidator(10)]", "max", "10", "length"),
        ("const maxAttempts = 3", "max", "3", "count"),
        ("max_upload_size: 10 * 1024 * 1024", "max", "10485760", "bytes"),
        ("MAX_UPLOAD_MB = 10", "max", "10000000", "bytes"),
        ("SESSION_TIMEOUT = timedelta(minutes=30)", "exact", "1800", "time"),
        ("var TokenTTL = 30 * time.Minute", "exact", "1800", "time"),
        ("LOCKOUT_PERIOD_EXPIRY = 30.minutes", "exact", "1800", "time"),
        ("Duration EXPIRY = Duration.ofMinutes(30);", "exact", "1800", "time"),
        ("NAME = /^[a-z]{3,20}$/", "min", "3", "length"),
        ("'password' => 'required|min:8'", "min", "8", "unknown"),
    ],
)
def test_a_limit_is_read_with_its_side_number_and_dimension(
    line: str, kind: str, number: str, dimension: str
) -> None:
    found = [
        (bound.kind.value, str(min(bound.amount.values)), bound.dimension.value)
        for bound in bounds_in(line)
        if bound.kind and bound.amount
    ]
    assert (kind, number, dimension) in found


@pytest.mark.parametrize(
    ("line", "refused", "accepted"),
    [
        ("if len(x) < 3:", ("min", "3"), ("max", "2")),
        ("if len(x) <= 3:", ("min", "4"), ("max", "3")),
        ("if x.length > 20 {", ("max", "20"), ("min", "21")),
        ("if x.length >= 20 {", ("max", "19"), ("min", "20")),
        ("if 20 < x.length {", ("max", "20"), ("min", "21")),
        ("if not (len(x) >= 3):", ("min", "3"), ("max", "2")),
    ],
)
def test_a_comparison_has_one_meaning_for_refusal_and_one_for_acceptance(
    line: str, refused: tuple[str, str], accepted: tuple[str, str]
) -> None:
    found = {
        bound.refuses: (bound.kind.value, str(min(bound.effective.values)))
        for bound in bounds_in(line)
        if bound.kind and bound.effective
    }
    assert found == {True: refused, False: accepted}


@pytest.mark.parametrize(
    "line",
    ["for i in range(10):", "for (let i = 0; i < 10; i++) {", "x = Math.min(5, y)", "<p>5</p>", "status == 404",
     "a -> b", "if (!items.length) {"],
)  # fmt: skip
def test_what_limits_nothing_is_no_bound(line: str) -> None:
    assert [bound for bound in bounds_in(line) if bound.kind] == []


def test_the_number_of_a_constant_is_left_open() -> None:
    (refused, _) = bounds_in("if (name.length() < Rules.MIN_NAME) {")
    assert (refused.ref, refused.amount) == ("MIN_NAME", None)
