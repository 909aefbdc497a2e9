import base64

import pytest

from reviewer.screening.encoded import decoded
from reviewer.screening.secrets import find_secrets, redact

TOKEN = "gh" + "p_" + "Zq7Rm2Xc9Lw4Tb6Hn1Jd8Vf3Ks5Pg0YaUoEi"
"""Of no account."""


@pytest.mark.parametrize(
    ("how", "encoded"),
    [
        ("base64", base64.b64encode(TOKEN.encode()).decode()),
        ("base64", base64.b64encode(f"user: me\ntoken: {TOKEN}\n".encode()).decode()),
        ("base64", base64.urlsafe_b64encode(f"??>>{TOKEN}".encode()).decode()),
        ("hex", TOKEN.encode().hex()),
        ("hex", TOKEN.encode().hex().upper()),
    ],
)
@pytest.mark.parametrize("around", ["{}", 'x = "{}"', "a/b/{}", "key={}&more=1", "A{}"])
def test_a_credential_is_found_in_what_it_is_encoded_in(how: str, encoded: str, around: str) -> None:
    text = around.format(encoded)
    (hit,) = find_secrets(text)
    assert hit.kind == f"GitHub token in {how}"
    assert encoded.rstrip("=") not in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "sha256:" + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "aVeryLongNameOfAFunctionThatSaysWhatItDoes",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
        base64.b64encode(b"nothing but words about a token").decode(),
    ],
)
def test_hashes_names_images_and_words_are_no_credentials(text: str) -> None:
    assert find_secrets(text) == ()
    assert redact(text) == text


def test_an_end_that_is_not_whole_is_read_as_far_as_it_goes() -> None:
    encoded = base64.b64encode(f"token: {TOKEN}".encode()).decode().rstrip("=")
    assert any(TOKEN in one.plain for one in decoded(encoded + "="))
    assert any(TOKEN[:-3] in one.plain for one in decoded(encoded[:-1]))


@pytest.mark.parametrize("character", ["a", "A", "/", "0", "g"])
def test_a_run_of_a_megabyte_holds_nothing(character: str) -> None:
    assert find_secrets(character * 1_000_000) == ()
