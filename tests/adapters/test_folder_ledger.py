import errno
import os
import random
import signal
import stat
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from reviewer.adapters.folder_ledger import FolderLedger, refuse_inside
from reviewer.errors import LedgerConflictError, LedgerError, UsageError
from reviewer.ledger import describe
from reviewer.ledger.read import read_run
from reviewer.ports import StoredEvent
from reviewer.testing.recorded_run import A_KEY, a_recorder, a_run_id, a_start, record_run
from reviewer.testing.values import a_gate

EVENT = StoredEvent(a_run_id(), "000000-run_started", b"header", b"body")


def run_folder(ledger: Path) -> Path:
    return ledger / "inbox" / a_run_id()


def test_folders_and_files_are_for_the_owner_only(tmp_path: Path) -> None:
    record_run(FolderLedger(tmp_path / "state" / "ledger"))
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (tmp_path / "state").rglob("*")}
    assert modes == {(True, 0o700), (False, 0o600)}


def test_a_place_without_a_ledger_is_an_error_not_an_empty_record(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger"):
        FolderLedger(tmp_path).runs()


class PowerCutError(BaseException):
    """The process dies here."""


def cut_power_at(monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """Let the `call`-th change of the disk, from 0, and everything after it, not happen."""
    calls = count()

    def cutting(real: Callable[..., Any]) -> Callable[..., Any]:
        def cut(*args: Any, **kwargs: Any) -> Any:
            if next(calls) >= call:
                raise PowerCutError
            return real(*args, **kwargs)

        return cut

    for name in ("open", "fsync", "link", "mkdir", "unlink"):
        monkeypatch.setattr(os, name, cutting(getattr(os, name)))


def test_death_at_any_step_of_writing_leaves_the_event_whole_or_absent_and_writable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = []
    for call in count():
        store = FolderLedger(tmp_path / str(call))
        store.put(replace(EVENT, name="000000-run_started"))
        after = replace(EVENT, name="000001-gate_evaluated")
        with monkeypatch.context() as patched:
            cut_power_at(patched, call)
            try:
                store.put(after)
                finished = True
            except PowerCutError:
                finished = False
        found = list(store.events(a_run_id()))
        assert found in ([EVENT], [EVENT, after])
        assert not finished or found == [EVENT, after]
        outcomes.append(len(found))
        store.put(after)
        assert list(store.events(a_run_id())) == [EVENT, after]
        if finished:
            break
    assert len(outcomes) > 10
    assert outcomes == sorted(outcomes)


def test_bytes_are_flushed_before_their_name_appears_and_the_name_before_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, steps = FolderLedger(tmp_path), list[str]()
    store.put(EVENT)
    real_fsync, real_link = os.fsync, os.link

    def fsync(descriptor: int) -> None:
        steps.append("flush folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "flush file")
        real_fsync(descriptor)

    def link(source: Path, target: Path) -> None:
        steps.append(f"name {target.name}")
        real_link(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        patched.setattr(os, "link", link)
        store.put(replace(EVENT, name="000001-x"))
        store.put(replace(EVENT, name="000001-x"))
    assert steps == [
        *("flush file", "name 000001-x.body.json", "flush folder"),
        *("flush file", "name 000001-x.json", "flush folder"),
        "flush folder",
    ]


@pytest.mark.parametrize("call", ["open", "fsync", "link"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.EDQUOT])
def test_what_the_disk_refuses_is_an_error_with_its_cause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError(number, os.strerror(number))

    store = FolderLedger(tmp_path / "ledger")
    store.put(EVENT)
    with monkeypatch.context() as patched:
        patched.setattr(os, call, refuse)
        with pytest.raises(
            LedgerError, match=f"000001-gate_evaluated: not recorded: {os.strerror(number)}"
        ) as caught:
            store.put(replace(EVENT, name="000001-gate_evaluated"))
    assert isinstance(caught.value.__cause__, OSError)
    assert list(store.events(a_run_id())) == [EVENT]


def test_a_file_in_the_place_of_the_ledger_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "ledger").touch()
    with pytest.raises(LedgerError, match="not recorded"):
        FolderLedger(tmp_path / "ledger").put(EVENT)
    with pytest.raises(LedgerError, match="cannot be read"):
        FolderLedger(tmp_path / "ledger").runs()


def test_what_a_killed_writer_left_is_never_read(tmp_path: Path) -> None:
    store = FolderLedger(tmp_path)
    store.put(EVENT)
    (run_folder(tmp_path) / ".tmp-0011223344556677").write_bytes(b'{"half":')
    (run_folder(tmp_path) / "000001-gate_evaluated.body.json").write_bytes(b"{}")
    assert list(store.events(a_run_id())) == [EVENT]


def test_a_header_taken_away_from_the_middle_is_noticed(tmp_path: Path) -> None:
    store = FolderLedger(tmp_path)
    record_run(store)
    (run_folder(tmp_path) / "000002-gate_evaluated.json").unlink()
    with pytest.raises(
        LedgerError, match=r"000002-gate_evaluated.body.json: the header of this body is missing"
    ):
        list(store.events(a_run_id()))


def test_another_body_left_by_a_killed_writer_is_a_conflict(tmp_path: Path) -> None:
    store = FolderLedger(tmp_path)
    store.put(EVENT)
    (run_folder(tmp_path) / "000001-gate_evaluated.body.json").write_bytes(b"another body")
    for body in (b"body", None):
        with pytest.raises(LedgerConflictError):
            store.put(StoredEvent(a_run_id(), "000001-gate_evaluated", b"header", body))


@pytest.mark.parametrize(
    "name", ["notes.txt", "000001-gate_evaluated.json.bak", "000001.json", "x.body.json", "\udce9"]
)
def test_a_foreign_file_in_a_run_is_named(tmp_path: Path, name: str) -> None:
    store = FolderLedger(tmp_path)
    store.put(EVENT)
    (run_folder(tmp_path) / name).touch()
    with pytest.raises(LedgerError, match="is not an event") as caught:
        list(store.events(a_run_id()))
    assert repr(name) in str(caught.value)


def test_a_link_in_the_place_of_an_event_is_foreign(tmp_path: Path) -> None:
    store = FolderLedger(tmp_path)
    store.put(EVENT)
    (run_folder(tmp_path) / "000001-gate_evaluated.json").symlink_to("/etc/hostname")
    with pytest.raises(LedgerError, match="is not an event"):
        list(store.events(a_run_id()))


@pytest.mark.parametrize("make", [Path.touch, Path.mkdir], ids=["file", "folder"])
def test_what_is_no_run_in_the_inbox_is_named(tmp_path: Path, make: Callable[[Path], None]) -> None:
    store = FolderLedger(tmp_path)
    store.put(EVENT)
    make(tmp_path / "inbox" / "lost+found")
    with pytest.raises(LedgerError, match=r"'lost\+found' is not the folder of a run"):
        store.runs()


def test_an_erased_body_is_not_written_again(tmp_path: Path) -> None:
    store = FolderLedger(tmp_path)
    store.put(EVENT)
    (run_folder(tmp_path) / "000000-run_started.body.json").unlink()
    store.put(EVENT)
    assert list(store.events(a_run_id())) == [replace(EVENT, body=None)]


def write_until_killed(ledger: Path, number: int) -> None:
    recorder = a_recorder(FolderLedger(ledger), number=number)
    recorder.append(a_start())
    while True:
        recorder.append(describe.gate_evaluated(a_gate()))


def test_sigkill_at_any_moment_loses_and_tears_nothing(tmp_path: Path) -> None:
    store = FolderLedger(tmp_path / "ledger")
    chance = random.Random(20261123)  # noqa: S311 - moments, not secrets
    for number in range(1, 13):
        child = os.fork()
        if child == 0:
            try:
                write_until_killed(tmp_path / "ledger", number)
            finally:
                os._exit(1)
        folder = tmp_path / "ledger" / "inbox" / a_run_id(number)
        while not (folder / "000000-run_started.json").exists():
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.1))
        durable = set(folder.glob("*.json"))
        os.kill(child, signal.SIGKILL)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
        events = read_run(store, a_run_id(number), key=A_KEY)
        headers = [path for path in durable if not path.name.endswith(".body.json")]
        assert len(events) >= len(headers) > 0
        assert not any(event.erased for event in events)
    assert len(store.runs()) == 12


@pytest.mark.parametrize(
    "inside", ["", "ledger", ".git/ledger", "a/b/ledger", "../checkout/ledger", "link/ledger"]
)
@pytest.mark.parametrize("repository", ["checkout", "checkout/src", "checkout/.git"])
def test_a_ledger_inside_the_reviewed_repository_is_refused(
    tmp_path: Path, inside: str, repository: str
) -> None:
    for folder in ("checkout/.git/objects", "checkout/src", "checkout/real"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "checkout/.git/HEAD").touch()
    (tmp_path / "checkout/link").symlink_to(tmp_path / "checkout/real")
    with pytest.raises(UsageError, match="lies inside the reviewed repository"):
        refuse_inside(tmp_path / "checkout" / inside, tmp_path / repository)


def test_a_link_that_leads_into_the_repository_is_refused(tmp_path: Path) -> None:
    (tmp_path / "checkout/.git").mkdir(parents=True)
    (tmp_path / "state").symlink_to(tmp_path / "checkout")
    with pytest.raises(UsageError):
        refuse_inside(tmp_path / "state/ledger", tmp_path / "checkout")


def test_a_ledger_beside_the_repository_is_fine_even_in_a_home_that_is_one(tmp_path: Path) -> None:
    for folder in (".git", "checkout/.git", "bare.git/objects"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "bare.git/HEAD").touch()
    refuse_inside(tmp_path / "work-ledger", tmp_path / "checkout")
    refuse_inside(tmp_path / ".local/state", tmp_path / "checkout")
    refuse_inside(tmp_path / ".local/state", tmp_path / "bare.git")
