"""`reviewer publish`: act on a recorded decision."""

from pathlib import Path
from typing import Annotated

import typer

from reviewer.errors import UsageError

MAX_REVIEW_BYTES = 256_000_000


def publish(
    review_file: Annotated[Path, typer.Argument(metavar="REVIEW.JSON", help="What `review --save` wrote.")],
) -> None:
    """Act on a decision about a pull request. Local decisions are refused.

    Posting to a code host is not built yet: a decision that may be published is checked and then refused as well.
    """
    from pydantic import ValidationError

    from reviewer.domain.review import Review
    from reviewer.stages.publish import check_publishable

    try:
        if review_file.stat().st_size > MAX_REVIEW_BYTES:
            raise UsageError(f"{review_file}: larger than {MAX_REVIEW_BYTES} bytes, the limit")
        raw = review_file.read_bytes()
    except OSError as error:
        raise UsageError(f"{review_file}: {error.strerror}") from error
    try:
        review = Review.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise UsageError(
            f"{review_file}: not a review: {where}: {first['msg']}",
            advice="Give the file that `reviewer review --save` wrote, unaltered.",
        ) from error
    check_publishable(review)
    raise UsageError(
        f"run {review.run_id} is publishable, but this version has no code host to publish to",
        advice="Use the job summary of the Action until publishing is built.",
    )
