import os
import stat
import threading
from pathlib import Path

import pytest

from reviewer.errors import LedgerError
from reviewer.ledger.keys import InstallationKey, load, load_or_create

RACE = 16


def test_a_key_is_made_once_for_its_owner_only_and_then_kept(tmp_path: Path) -> None:
    path = tmp_path / "state" / "key"
    first = load_or_create(path)
    assert load_or_create(path) == first == load(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_all_that_race_to_make_a_key_get_the_same_one(tmp_path: Path) -> None:
    path = tmp_path / "state" / "key"
    start = threading.Barrier(RACE)
    found: list[InstallationKey] = []

    def make() -> None:
        start.wait()
        found.append(load_or_create(path))

    racers = [threading.Thread(target=make) for _ in range(RACE)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert len(found) == RACE
    assert len(set(found)) == 1


def test_reading_makes_no_key(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no installation key"):
        load(tmp_path / "key")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601])
def test_a_key_that_others_may_open_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    load_or_create(path)
    path.chmod(mode)
    with pytest.raises(LedgerError, match=f"mode {mode:04o}, limit 0600"):
        load_or_create(path)


@pytest.mark.parametrize("size", [0, 31, 33, 4096])
def test_a_key_of_another_size_is_refused_and_left_alone(tmp_path: Path, size: int) -> None:
    path = tmp_path / "key"
    path.write_bytes(b"k" * size)
    path.chmod(0o600)
    with pytest.raises(LedgerError, match="32 bytes"):
        load_or_create(path)
    assert path.read_bytes() == b"k" * size


def test_a_pipe_in_the_place_of_a_key_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "key", 0o600)
    with pytest.raises(LedgerError, match="not a regular file"):
        load_or_create(tmp_path / "key")


def test_a_key_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match="the installation key"):
        load_or_create(tmp_path / "file" / "key")


def test_purposes_and_keys_give_unrelated_secrets_and_one_gives_always_the_same() -> None:
    one, other = InstallationKey(b"a" * 32), InstallationKey(b"b" * 32)
    assert one.derive("marker") == InstallationKey(b"a" * 32).derive("marker")
    assert len({one.derive("marker"), one.derive("boundary"), other.derive("marker"), one.seed}) == 4


def test_a_derived_secret_never_changes_between_versions() -> None:
    # Recorded once; another value here would make every recorded body unreadable.
    assert InstallationKey(bytes(32)).derive("ledger body commitment").hex() == (
        "2042436d4ed62ea29ea909568a509db4fd014af9324c305dec7bc4fda1deac0e"
    )
    assert InstallationKey(bytes(32)).public_id == "139e3940e64b5491"


def test_a_key_does_not_show_its_seed() -> None:
    key = InstallationKey(b"secret seed that nobody may see!")
    assert "secret" not in repr(key)
    assert key.seed.hex() not in repr(key)
