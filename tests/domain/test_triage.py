import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from reviewer.domain.triage import KindOfChange, RiskFactor, RiskTier, Triage, weighed

TIERS = st.none() | st.sampled_from(list(RiskTier))


def a_factor(tier: RiskTier | None, name: str = "size") -> RiskFactor:
    return RiskFactor(name=name, argues_for=tier, known=True, reason="1, limit 2")


def tier_of(asked: list[RiskTier | None], raise_at: int = 4) -> Triage:
    return weighed(KindOfChange.CODE, tuple(map(a_factor, asked)), raise_at=raise_at)


@given(st.lists(TIERS, min_size=1, max_size=9), TIERS, st.integers(2, 9))
def test_another_factor_never_lowers_the_tier(
    asked: list[RiskTier | None], added: RiskTier | None, raise_at: int
) -> None:
    assert tier_of([*asked, added], raise_at).tier.rank >= tier_of(asked, raise_at).tier.rank


@given(st.lists(TIERS, min_size=1, max_size=9), st.data(), st.integers(2, 9))
def test_a_factor_that_argues_for_more_never_lowers_the_tier(
    asked: list[RiskTier | None], data: st.DataObject, raise_at: int
) -> None:
    at = data.draw(st.integers(0, len(asked) - 1))
    least = asked[at].rank if asked[at] else 0  # type: ignore[union-attr]  # asked for in the same line
    graver = data.draw(st.sampled_from(list(RiskTier)[least:]))
    more = [*asked[:at], graver, *asked[at + 1 :]]
    assert tier_of(more, raise_at).tier.rank >= tier_of(asked, raise_at).tier.rank


def test_the_tier_is_the_highest_that_a_factor_argues_for_and_low_when_none_does() -> None:
    assert tier_of([None, RiskTier.HIGH, RiskTier.MEDIUM]).tier is RiskTier.HIGH
    assert tier_of([None, None]).tier is RiskTier.LOW


@pytest.mark.parametrize(("number", "tier"), [(3, RiskTier.MEDIUM), (4, RiskTier.HIGH)])
def test_enough_factors_raise_the_tier_by_one_and_say_so(number: int, tier: RiskTier) -> None:
    triage = tier_of([RiskTier.MEDIUM] * number)
    assert (triage.tier, triage.raised) == (tier, number == 4)
    assert ("raised by one" in triage.headline) == (number == 4)


def test_nothing_is_above_critical() -> None:
    triage = tier_of([RiskTier.CRITICAL] * 5)
    assert (triage.tier, triage.raised) == (RiskTier.CRITICAL, False)


def test_what_is_not_known_cannot_argue_for_nothing() -> None:
    with pytest.raises(ValidationError, match="not known"):
        RiskFactor(name="size", argues_for=None, known=False, reason="not told")
