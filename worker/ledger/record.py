"""What is remembered of one article: no text, no spans, and ids as compact as they can be, for there are millions."""

from __future__ import annotations

from datetime import datetime
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from worker.ledger.reading import Reading, published_at, stated_at
from worker.model import ArticleClaims, Edition

if TYPE_CHECKING:
    from worker.ledger.plan import Plan
    from worker.ledger.undated import Group
    from worker.ledger.wording import Wording


class Appearance(NamedTuple):
    """One claim in one article; sorts by the time of the statement."""

    at: datetime
    article_id: str
    claim_id: str


class Stamp:
    """The time of an article that stands somewhere; sorts newest first, `live` until it is taken away."""

    __slots__ = ("at", "live")

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.live = True

    def __lt__(self, other: Stamp) -> bool:
        return self.at > other.at


class Record:
    """One edition of one article, in the ledger's terms; sorts by when it said what it says."""

    __slots__ = (
        "_claim_ids",
        "article_id",
        "edition",
        "group",
        "language",
        "outlet",
        "plan",
        "published",
        "reading",
        "stamp",
    )

    def __init__(self, entry: ArticleClaims, edition: Edition, reading: Reading, claim_ids: tuple[str, ...]) -> None:
        self.article_id = entry.article_id
        self.edition = edition
        self.outlet = intern(entry.source)
        self.language = intern(entry.language)
        self.reading = reading
        # One string takes a third of what a tuple of strings does.
        self._claim_ids: str | tuple[str, ...] = (
            claim_ids if any("\n" in i for i in claim_ids) else "\n".join(claim_ids)
        )
        self.stamp = Stamp(stated_at(entry))
        self.published = published_at(entry)
        self.group: Group | None = None
        self.plan: Plan | None = None

    def __lt__(self, other: Record) -> bool:
        return (self.stamp.at, self.article_id) < (other.stamp.at, other.article_id)

    def claim_id(self, position: int) -> str:
        """The id of one of its claims."""
        ids = self._claim_ids
        return (ids.split("\n") if isinstance(ids, str) else ids)[position]

    def appearance(self, wording: Wording) -> Appearance:
        """Where it says a wording that its plan has."""
        plan = self.plan
        positions = (p for _, wordings in plan.days for w, p in wordings if w is wording) if plan else iter(())
        return Appearance(self.stamp.at, self.article_id, self.claim_id(next(positions)))
