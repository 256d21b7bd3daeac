"""Contradictions of a day as people get them: who says what, in which words, against whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from worker.ledger import DayResult
from worker.model import ArticleClaims, Assertion, Claim, Conflict, ConflictReport, Slip

MAX_CONFLICTS = 200
MAX_AGAINST = 10
MAX_QUOTE_CHARACTERS = 500
"""Bounds of one report, so that hostile articles can't grow it past what a topic takes."""

Entries = Callable[[str], ArticleClaims | None]
"""Finds by its article's id what that article says about the front."""


def key_of(front: str, day: date) -> str:
    """Name the report of a front and day."""
    return f"{front}|{day.isoformat()}"


def conflict_report(front: str, day: date, result: DayResult, entries: Entries) -> ConflictReport:
    """Put together all contradictions and likely slips of one front and day; revision is left to the publisher."""
    conflicts = []
    times: list[datetime] = []

    def asserted(claim_id: str, others: tuple[str, ...]) -> tuple[Assertion, tuple[Assertion, ...]]:
        sides = [_find(side, result, entries) for side in (claim_id, *others[:MAX_AGAINST])]
        times.extend(entry.stated_at for entry, _ in sides if entry.stated_at is not None)
        claim, *against = (_assertion(entry, claim) for entry, claim in sides)
        return claim, tuple(against)

    for conflict in result.conflicts[:MAX_CONFLICTS]:
        claim, against = asserted(conflict.claim_id, conflict.against)
        conflicts.append(Conflict(claim=claim, reason=conflict.reason, against=against))
    slips = []
    for slip in result.slips[:MAX_CONFLICTS]:
        claim, against = asserted(slip.claim_id, slip.against)
        slips.append(Slip(claim=claim, kind=slip.kind, against=against))
    return ConflictReport(
        key=key_of(front, day),
        front=front,
        date=day,
        conflicts=tuple(conflicts),
        slips=tuple(slips),
        as_of=max(times, default=None),
    )


def _find(claim_id: str, result: DayResult, entries: Entries) -> tuple[ArticleClaims, Claim]:
    entry = entries(result.articles[claim_id])
    if entry is None:
        raise LookupError(f"claim {claim_id} counts, but its article has no entry")
    return entry, next(claim for claim in entry.claims if claim.claim_id == claim_id)


def _assertion(entry: ArticleClaims, claim: Claim) -> Assertion:
    return Assertion(
        claim_id=claim.claim_id,
        article_id=entry.article_id,
        outlet=entry.source,
        claimant=claim.source,
        measure=claim.measure,
        regions=claim.regions,
        quantity=claim.quantity,
        period=claim.period,
        published_at=entry.stated_at,
        quote=claim.span.text[:MAX_QUOTE_CHARACTERS] if claim.span else "",
    )
