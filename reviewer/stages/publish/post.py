"""What must hold before a decision may act on a code host. Acting itself comes with the code host's adapters."""

from reviewer.domain.review import Review
from reviewer.domain.value import digest_of
from reviewer.errors import LocalDecisionError, UsageError


def check_publishable(review: Review) -> None:
    """Refuse a review of a local change, and one whose receipt is for another decision.

    Not checked here: gates, rules and quotes against the repository, and the ledger itself; the acting job does that.
    """
    origin = review.change.snapshot.origin
    if origin.is_local:
        raise LocalDecisionError(
            f"run {review.run_id} reviewed a {origin.replace('_', ' ')}, "
            "and only decisions on pull requests are published"
        )
    digest = digest_of(review.decision)
    if review.receipt.decision_digest != digest:
        raise UsageError(
            f"run {review.run_id}: the receipt is for decision {review.receipt.decision_digest[:12]}, "
            f"the file holds {digest[:12]}",
            advice="The file was altered after the decision was recorded; review the change again.",
        )
