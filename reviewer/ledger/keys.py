"""The installation key: one secret from which every other secret of an installation is derived."""

import os
import stat
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reviewer.domain.value import digest_bytes
from reviewer.errors import LedgerError
from reviewer.ledger.durable import ensure_folder, put_new

SEED_BYTES = 32

_LOST_KEY = (
    "Restore the key file from its backup. Without it the bodies of recorded events cannot be checked; "
    "moving a damaged file away makes the next review start with a new key."
)


@dataclass(frozen=True)
class InstallationKey:
    """An Ed25519 seed. Never printed, never sent to a model."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != SEED_BYTES:
            raise ValueError(f"an installation key has {SEED_BYTES} bytes, not {len(self.seed)}")

    def derive(self, purpose: str) -> bytes:
        """32 secret bytes for `purpose`; other purposes tell nothing about them. Source: RFC 5869, SHA-256."""
        info = b"reviewer/v1/" + purpose.encode("utf-8")
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(self.seed)

    @cached_property
    def public_id(self) -> str:
        """16 hex digits that name the key: the head of the SHA-256 of its public half."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return digest_bytes(public.public_bytes_raw())[:16]


def load(path: Path) -> InstallationKey:
    """The key in `path`; `LedgerError` when it is missing, damaged, or open to others."""
    try:
        return _read(path)
    except FileNotFoundError as error:
        raise LedgerError(
            f"{path}: there is no installation key",
            advice="Run a review first, which makes one, or give the state folder of the ledger you want to read.",
        ) from error


def load_or_create(path: Path) -> InstallationKey:
    """The key in `path`, made at first use. Of several processes that race to make it, all get the same one."""
    try:
        return _read(path)
    except FileNotFoundError:
        _create(path)
    return load(path)


def _read(path: Path) -> InstallationKey:
    # 1. Open without waiting, should somebody have put a pipe there; links are followed, as secret mounts use them.
    # 2. Judge the opened file, not the name, which could be exchanged in between.
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise LedgerError(f"{path}: the installation key cannot be opened: {error.strerror}") from error
    try:
        _refuse_open_to_others(path, os.fstat(descriptor))
        seed = os.read(descriptor, SEED_BYTES + 1)
    except OSError as error:
        raise LedgerError(f"{path}: the installation key cannot be read: {error.strerror}") from error
    finally:
        os.close(descriptor)
    if len(seed) != SEED_BYTES:
        size = f"{len(seed)} bytes" if len(seed) <= SEED_BYTES else f"more than {SEED_BYTES} bytes"
        raise LedgerError(
            f"{path}: an installation key has {SEED_BYTES} bytes, this file has {size}", advice=_LOST_KEY
        )
    return InstallationKey(seed)


def _refuse_open_to_others(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise LedgerError(f"{path}: the installation key is not a regular file", advice=_LOST_KEY)
    mode = stat.S_IMODE(status.st_mode)
    if mode & 0o077:
        raise LedgerError(
            f"{path}: the installation key is open to other users (mode {mode:04o}, limit 0600)",
            advice=f"If nobody else can have read it: chmod 600 {path}. Otherwise start a new ledger.",
        )


def _create(path: Path) -> None:
    # When somebody was faster, their key is the key: it is read afterwards in either case.
    try:
        ensure_folder(path.parent)
        put_new(path, os.urandom(SEED_BYTES))
    except OSError as error:
        raise LedgerError(
            f"{path}: the installation key cannot be made: {error.strerror}",
            advice="Check free space and permissions of its folder, or name another state folder.",
        ) from error
