import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.screening.secrets import find_secrets, redact

LETTERS = string.ascii_letters + string.digits
CAPITALS = string.ascii_uppercase + string.digits
HEX = string.digits + "abcdef"


def canary(prefix: str, length: int, alphabet: str = LETTERS, seed: int = 7) -> str:
    """A made-up credential; put together here so that no scanner takes this file for a leak."""
    chosen = random.Random(f"{prefix}{seed}")  # noqa: S311 - nothing depends on it being secret
    return prefix + "".join(chosen.choice(alphabet) for _ in range(length))


CANARIES = {
    "AWS access key id": canary("AK" + "IA", 16, string.ascii_uppercase + "234567"),
    "GitHub token": canary("gh" + "p_", 36),
    "Slack token": canary("xo" + "xb-2345678901-", 24),
    "Stripe live key": canary("sk_" + "live_", 24),
    "Anthropic key": canary("sk-" + "ant-api03-", 95),
    "OpenAI key": canary("sk-" + "proj-", 48),
    "Google API key": canary("AI" + "za", 35),
    "npm token": canary("np" + "m_", 36),
    "PyPI token": canary("py" + "pi-AgEIcHlwaS5vcmc", 80),
    "GitLab token": canary("gl" + "pat-", 20),
    "SendGrid key": canary("S" + "G.", 22) + canary(".", 43),
    "Hugging Face token": canary("h" + "f_", 34, string.ascii_letters),
    "DigitalOcean token": canary("do" + "p_v1_", 64, HEX),
    "Shopify token": canary("shp" + "at_", 32, HEX),
    "Slack webhook": "https://hooks.slack"
    + canary(".com/services/T", 9, CAPITALS)
    + canary("/B", 9, CAPITALS)
    + canary("/", 24),
    "Discord webhook": "https://discord" + canary(".com/api/webhooks/", 18, string.digits) + canary("/", 68),
    "Telegram bot token": canary("", 9, string.digits) + canary(":A" + "A", 33),
    "Databricks token": canary("da" + "pi", 32, HEX),
    "Linear key": canary("lin" + "_api_", 40),
    "Docker Hub token": canary("dckr" + "_pat_", 27),
    "Vault token": canary("hv" + "s.", 90),
    "Grafana token": canary("gl" + "sa_", 32) + canary("_", 8, HEX),
    "RubyGems key": canary("ruby" + "gems_", 48, HEX),
    "Google client secret": canary("GOC" + "SPX-", 28),
    "Azure storage key": canary("Account" + "Key=", 86) + "==",
    "Terraform Cloud token": canary("", 14) + canary(".atlas" + "v1.", 64),
    "Postman key": canary("PM" + "AK-", 24, HEX) + canary("-", 34, HEX),
    "New Relic key": canary("NR" + "AK-", 27, CAPITALS),
    "Doppler token": canary("dp" + ".pt.", 43),
    "Atlassian token": canary("ATA" + "TT3", 180),
    "age secret key": canary("AGE-SECRET" + "-KEY-1", 58, CAPITALS),
    "Groq key": canary("gs" + "k_", 52),
    "Replicate token": canary("r" + "8_", 37),
}
FINE_GRAINED = canary("github" + "_pat_", 22) + canary("_", 59)


def key_block(kind: str = "RSA ", seed: int = 1) -> str:
    lines = [canary("", 64, LETTERS + "+/", seed + number) for number in range(4)]
    return "\n".join([f"-----BEGIN {kind}PRIVATE KEY-----", *lines, f"-----END {kind}PRIVATE KEY-----"])


@pytest.mark.parametrize(("kind", "secret"), [*CANARIES.items(), ("GitHub token", FINE_GRAINED)])
@pytest.mark.parametrize("form", ['key = "{}"', "{}", "a:{},b", "é😀 KEY={} # x", "https://u:{}@host/"])
def test_a_credential_is_found_where_it_stands(kind: str, secret: str, form: str) -> None:
    text = form.format(secret)
    (hit,) = find_secrets(text)
    assert hit.kind == kind
    assert text[hit.start : hit.end] == secret


@pytest.mark.parametrize("kind", ["", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "])
def test_a_key_block_is_found_from_its_header_to_its_last_line_of_material(kind: str) -> None:
    text = f"before\n{key_block(kind)}\nafter"
    (hit,) = find_secrets(text)
    assert hit.kind == "private key"
    assert text[hit.start :].startswith("-----BEGIN")
    assert all(line not in text[hit.end :] for line in key_block(kind).split("\n")[1:-1])


def test_a_key_block_within_a_string_is_found() -> None:
    assert find_secrets('key = "' + key_block().replace("\n", "\\n") + '"')


@pytest.mark.parametrize(
    "text",
    [
        'if "-----BEGIN RSA PRIVATE KEY-----" in text: pass',
        "-----BEGIN PUBLIC KEY-----\n" + canary("", 64) + "\n-----END PUBLIC KEY-----",
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_" + "x" * 36,
        "ghp_" + "a1" * 18,
        "sk_test_" + canary("", 24),
        "sk-ant-your-key-goes-here-in-full-length",
        "AIza" + "0" * 35,
        "AIzaSyEXAMPLE" + canary("", 26),
        "npm_config_registry npm_lifecycle_event",
        "sk-proj-placeholder-placeholder-placeholder",
        "the task-proj-" + "a" * 10,
        "sha256:" + canary("", 64, "0123456789abcdef"),
        "x" + CANARIES["GitHub token"],
    ],
)
def test_what_only_looks_like_one_is_passed_over(text: str) -> None:
    assert find_secrets(text) == ()


@given(
    st.lists(st.sampled_from(sorted(CANARIES.values())), min_size=1, max_size=5),
    st.text(alphabet=" \n=:'\"é<", min_size=1),
)
def test_redacted_text_holds_none_of_them_and_keeps_its_lines(secrets: list[str], between: str) -> None:
    text = between.join(["", *secrets, key_block(), ""])
    cleaned = redact(text)
    assert all(secret not in cleaned for secret in secrets)
    assert all(line not in cleaned for line in key_block().split("\n")[1:-1])
    assert cleaned.count("\n") == text.count("\n")
    assert find_secrets(cleaned) == ()


def test_text_without_any_stays_as_it_is() -> None:
    text = "def f():\n    return 'sk-'\n"
    assert redact(text) == text


@pytest.mark.parametrize(
    "piece", ["-----BEGIN PRIVATE KEY-----", "sk-ant-", "A", "a: b\n", "-----BEGIN RSA PRIVATE KEY-----\na: "]
)
def test_a_megabyte_of_almost_secrets_takes_no_longer_than_any_other(piece: str) -> None:
    started = time.process_time()
    find_secrets(piece * (1_000_000 // len(piece)))
    assert time.process_time() - started < 2
