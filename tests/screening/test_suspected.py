import random
import string
import time

import pytest

from reviewer.screening.secrets import find_secrets, redact
from reviewer.screening.suspected import IN_URL, KEYED, find_suspects

LETTERS = string.ascii_letters + string.digits


def made_up(length: int, alphabet: str = LETTERS, seed: int = 11) -> str:
    chosen = random.Random(seed)  # noqa: S311 - nothing depends on it being secret
    return "".join(chosen.choice(alphabet) for _ in range(length))


VALUE = made_up(32)
HEX = made_up(40, "0123456789abcdef")
SHORT = made_up(12)


@pytest.mark.parametrize(
    "form",
    [
        'client_secret = "{}"',
        "clientSecret: '{}',",
        '"api_key": "{}"',
        "API_KEY={}",
        "export APP_TOKEN={}",
        "  secret_key_base: {}",
        'apiKey := "{}"',
        ':password => "{}"',
        'settings["AUTH_TOKEN"] = "{}"',
    ],
)
@pytest.mark.parametrize("value", [VALUE, HEX, made_up(40, LETTERS + "+/") + "="])
def test_a_random_value_under_a_secret_name_is_found_where_it_stands(form: str, value: str) -> None:
    text = form.format(value)
    (hit,) = find_suspects(text)
    assert hit.kind == KEYED
    assert text[hit.start : hit.end] == value
    assert find_secrets(text) == ()


def test_a_password_in_a_url_is_found() -> None:
    text = f"DATABASE_URL=postgres://app:{SHORT}@db.company.net:5432/app"
    (hit,) = find_suspects(text)
    assert hit.kind == IN_URL
    assert text[hit.start : hit.end] == SHORT


@pytest.mark.parametrize(
    "text",
    [
        'client_secret = os.environ["CLIENT_SECRET"]',
        "token = getUserAccessTokenFromCookieHeader2(request)",
        "api_key: ${API_KEY_OF_THE_APP_2}",
        'password = "change-me-please-1234"',
        'password = "correct horse battery staple 1"',
        f'token_hash = "{HEX}"',
        f'password_digest = "{VALUE}"',
        f'public_key = "{VALUE}"',
        f'color = "{VALUE}"',
        f'token_url = "{VALUE}"',
        'secret_id = "6f1c2a9e-4b7d-4e0f-9a3c-5d8e7f6a1b2c"',
        'token = "6f1c2a9e-4b7d-4e0f-9a3c-5d8e7f6a1b2c"',
        'secret = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"',
        'api_key = "0123456789abcdef0123456789abcdef"',
        'token = "users.password.resetTokenExpired2"',
        'private_key = "/etc/ssl/Private2/server1Key.pem"',
        'SECRET_KEY = "django-insecure-' + made_up(30) + '"',
        'password_label = "Passwort2WiederholenBitte"',
        'token = "' + VALUE[:12] + '"',
        "DATABASE_URL=postgres://postgres:postgres@localhost/app",
        "DATABASE_URL=postgres://app:password1@db.company.net/app",
        f"DATABASE_URL=postgres://app:{SHORT}@localhost/app",
        f"DATABASE_URL=postgres://app:{SHORT}@db.example.com/app",
        "DATABASE_URL=postgres://app:${DB_PASSWORD}@db.company.net/app",
        "git@github.com:owner/name.git and https://github.com:443/owner@v1.2.3",
    ],
)
def test_what_is_no_random_text_or_no_secret_is_passed_over(text: str) -> None:
    assert find_suspects(text) == ()


def test_what_is_only_suspected_is_not_taken_out_so_that_unequal_constants_read_as_unequal() -> None:
    text = f'assert read(token="{VALUE}") != read(token="{VALUE[::-1]}")\n'
    assert len(find_suspects(text)) == 2
    assert redact(text) == text


@pytest.mark.parametrize("piece", ["token=", "token='", "a", "aA1", "https://a:b", "x.token: ", "secret_"])
def test_a_megabyte_of_almost_suspects_takes_no_longer_than_any_other(piece: str) -> None:
    started = time.process_time()
    find_suspects(piece * (1_000_000 // len(piece)))
    assert time.process_time() - started < 2
