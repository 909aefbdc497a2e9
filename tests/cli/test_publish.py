import os
from pathlib import Path

import pytest

from reviewer.cli import publish
from reviewer.errors import UsageError


def refusal(path: Path) -> str:
    with pytest.raises(UsageError) as caught:
        publish.publish(path)
    return str(caught.value)


@pytest.mark.parametrize("text", ['{"mode": 1, "mode": 2}', '{"a": [{"x": {}, "x": {}}]}'])
def test_doubled_keys_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "review.json").write_text(text, encoding="utf-8")
    assert "comes twice" in refusal(tmp_path / "review.json")


@pytest.mark.parametrize("text", ["[" * 100_000, "{", ""])
def test_what_is_no_json_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "review.json").write_text(text, encoding="utf-8")
    assert "not a review" in refusal(tmp_path / "review.json")


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not a regular file" in refusal(tmp_path / "pipe")
    assert "not a regular file" in refusal(Path("/dev/zero"))


def test_no_more_than_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "MAX_REVIEW_BYTES", 10)
    (tmp_path / "review.json").write_text(" " * 11, encoding="utf-8")
    assert "larger than 10 bytes" in refusal(tmp_path / "review.json")
