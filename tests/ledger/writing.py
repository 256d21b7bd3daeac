"""Short ways to write claims and entries of one front for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from worker.model import ArticleClaims, Basis, Claim, Edition, Measure, Period, Qualifier, Quantity, Scope, Status

FRONT = "UA>RU"
MIDNIGHT = datetime(2025, 5, 20, 21, tzinfo=UTC)  # of 21 May in Kyiv


def hours(start: float, end: float, basis: Basis = "explicit") -> Period:
    """A period in hours after that midnight."""
    at = [MIDNIGHT + timedelta(hours=h) for h in (start, end)]
    return Period(start=at[0], end=at[1], basis=basis, precision="hour")


NIGHT = hours(-4, 7)


def claim(
    claim_id: str,
    low: int | None,
    *regions: str,
    high: int | None = -1,
    measure: Measure = "intercepted",
    period: Period | None = NIGHT,
    source: str = "RU-MOD",
    scope: Scope = "total",
    status: Status = "current",
    part_of: str | None = None,
) -> Claim:
    """An exact number unless `high` says otherwise."""
    top = low if high == -1 else high
    exact: Qualifier = "exact" if low == top else "at_least"
    return Claim(
        claim_id=claim_id,
        measure=measure,
        weapon="drone",
        quantity=None if low is None else Quantity(low=low, high=top, qualifier=exact),
        attacker="UA",
        defender="RU",
        regions=regions,
        scope=scope,
        period=period,
        status=status,
        part_of=part_of,
        source=source,
    )


def entry(
    article_id: str,
    *claims: Claim,
    version: int = 1,
    after: float = 8,
    source: str = "",
    language: str = "de",
    withdrawn: bool = False,
) -> ArticleClaims:
    """An article published some hours after that midnight."""
    return ArticleClaims(
        article_id=article_id,
        version=version,
        language=language,
        published_at=MIDNIGHT + timedelta(hours=after),
        source=source or f"{article_id}.example",
        claims=claims,
        front=FRONT,
        edition=Edition(version=version, withdrawn=withdrawn),
    )
