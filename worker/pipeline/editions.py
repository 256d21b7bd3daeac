"""Which edition of an article counts, and what each front must be told about it.

Versions, edit times and bytes decide, never the order of arrival: that is what makes redelivery, replay and reordering
harmless.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from worker.model import ArticleClaims, Edition, Struct

Verdict = Literal["newer", "equal", "older"]


class ArticleRecord(Struct, frozen=True):
    """What must be remembered of an article: its newest edition, and every front it was ever counted on.

    `by` names the message that brought the edition: if it comes again, what it says may not have been told yet. A copy
    of it has nothing to tell.
    """

    edition: Edition
    fronts: tuple[str, ...] = ()
    by: str = ""


def compare(record: ArticleRecord | None, edition: Edition) -> Verdict:
    """Tell whether an edition replaces the one on record."""
    if record is None or edition > record.edition:
        return "newer"
    return "equal" if edition == record.edition else "older"


def told(record: ArticleRecord | None, by: str) -> bool:
    """Tell whether a message with the edition on record is a copy of the one that brought it, and so of no more use."""
    return record is not None and (not record.fronts or record.by not in ("", by))


def remember(record: ArticleRecord | None, claims: ArticleClaims, by: str = "") -> ArticleRecord:
    """Make the record of an article whose newest edition said `claims`, brought by a message `by`.

    Fronts only grow: a front that an older edition spoke of must be told that the newer one no longer does, also
    after a crash between the two.
    """
    if claims.edition is None:
        raise ValueError("claims without an edition can't be ordered")
    fronts = {claim.front for claim in claims.claims}
    if record is not None:
        fronts.update(record.fronts)
    if record is not None and record.edition == claims.edition:
        by = record.by
    return ArticleRecord(edition=claims.edition, fronts=tuple(sorted(fronts)), by=by)


def split_by_front(claims: ArticleClaims, fronts: tuple[str, ...]) -> tuple[ArticleClaims, ...]:
    """Divide the claims of one article by front; a front without claims gets an empty list, which retracts."""
    by_front = {front: tuple(claim for claim in claims.claims if claim.front == front) for front in fronts}
    return tuple(
        msgspec.structs.replace(claims, front=front, claims=mine, relevant=bool(mine))
        for front, mine in by_front.items()
    )


def withdrawn(article_id: str, edition: Edition) -> ArticleClaims:
    """Make what a withdrawal says: nothing any more."""
    return ArticleClaims(article_id=article_id, version=edition.version, edition=edition)
