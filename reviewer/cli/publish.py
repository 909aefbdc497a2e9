"""`reviewer publish`: act on a recorded decision."""

import json
import os
import stat
from pathlib import Path
from typing import Annotated, Any

import typer

from reviewer.errors import UsageError

MAX_REVIEW_BYTES = 256_000_000
_ADVICE = "Give the file that `reviewer review --save` wrote, unaltered."


def publish(
    review_file: Annotated[Path, typer.Argument(metavar="REVIEW.JSON", help="What `review --save` wrote.")],
) -> None:
    """Act on a decision about a pull request. Local decisions are refused.

    Posting to a code host is not built yet: a decision that may be published is checked and then refused as well.
    """
    from pydantic import ValidationError

    from reviewer.domain.review import Review
    from reviewer.stages.publish import check_publishable

    raw = _read(review_file)
    _refuse_doubled_keys(raw, review_file)
    try:
        review = Review.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise UsageError(
            f"{review_file}: not a review: {where}: {first['msg']}",
            advice=_ADVICE,
        ) from error
    check_publishable(review)
    raise UsageError(
        f"run {review.run_id} is about a pull request, and this version can neither hold the file against the ledger "
        "nor post to a code host",
        advice="Use the job summary of the Action until publishing is built.",
    )


def _read(path: Path) -> bytes:
    """The bytes of the regular file at `path`, within the limit; nothing else is waited for or read."""
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UsageError(f"{path}: not a regular file", advice=_ADVICE)
            raw = file.read(MAX_REVIEW_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    if len(raw) > MAX_REVIEW_BYTES:
        raise UsageError(f"{path}: larger than {MAX_REVIEW_BYTES} bytes, the limit", advice=_ADVICE)
    return raw


def _open_at_once(path: str, flags: int) -> int:
    # Opening a pipe would else wait for its writer.
    return os.open(path, flags | os.O_NONBLOCK)


def _refuse_doubled_keys(raw: bytes, path: Path) -> None:
    # Two readers of such a text could see two decisions in it.
    try:
        json.loads(raw, object_pairs_hook=_single)
    except RecursionError as error:
        raise UsageError(f"{path}: not a review: nested too deeply", advice=_ADVICE) from error
    except ValueError as error:
        raise UsageError(f"{path}: not a review: {error}", advice=_ADVICE) from error


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) != len(pairs):
        names = [name for name, _ in pairs]
        doubled = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {doubled!r} comes twice in one object")
    return held
