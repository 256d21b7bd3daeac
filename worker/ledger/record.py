"""What is remembered of one article: no text, no spans, and ids as compact as they can be, for there are millions."""

from __future__ import annotations

from datetime import datetime
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from worker.ledger.reading import stated_at
from worker.model import ArticleClaims, Edition

if TYPE_CHECKING:
    from worker.ledger.chorus import Chorus


class Appearance(NamedTuple):
    """One claim in one article; sorts by the time of the statement."""

    at: datetime
    article_id: str
    claim_id: str


class Stamp:
    """The time of an article; sorts newest first, `live` until the article goes."""

    __slots__ = ("at", "live")

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.live = True

    def __lt__(self, other: Stamp) -> bool:
        return self.at > other.at


class Record:
    """One edition of one article, in the ledger's terms; sorts by when it said what it says."""

    __slots__ = ("_claim_ids", "article_id", "chorus", "edition", "language", "outlet", "stamp")

    def __init__(self, entry: ArticleClaims, edition: Edition, chorus: Chorus, claim_ids: tuple[str, ...]) -> None:
        self.article_id = entry.article_id
        self.chorus = chorus
        self.edition = edition
        self.outlet = intern(entry.source)
        self.language = intern(entry.language)
        # One string takes a third of what a tuple of strings does.
        joined = "\n".join(claim_ids)
        self._claim_ids: str | tuple[str, ...] = joined if joined.count("\n") == len(claim_ids) - 1 else claim_ids
        self.stamp = Stamp(stated_at(entry))

    def __lt__(self, other: Record) -> bool:
        return (self.stamp.at, self.article_id) < (other.stamp.at, other.article_id)

    def appearance(self, position: int) -> Appearance:
        """One of its claims, by where the wording of it stands in the reading."""
        ids = self._claim_ids
        claim_id = (ids.split("\n") if isinstance(ids, str) else ids)[position]
        return Appearance(self.stamp.at, self.article_id, claim_id)
