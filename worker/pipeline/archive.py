"""A reconciler that keeps what articles said, so that every statement behind a cell can be shown in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from worker.ledger import Account
from worker.ledger.places import said_regions
from worker.model import ArticleClaims, Claim
from worker.pipeline.reconciler import Reconciler


@dataclass(frozen=True, slots=True)
class Told:
    """One statement about a day: the claim that made it first, the article it stands in, and what became of it."""

    claim: Claim
    entry: ArticleClaims
    account: Account
    against: tuple[tuple[ArticleClaims, Claim], ...]


class Archive(Reconciler):
    """A `Reconciler` that can be asked for the statements behind what it counts."""

    @cached_property
    def _entries(self) -> dict[tuple[str, str], ArticleClaims]:
        return {}

    def put(self, entry: ArticleClaims) -> bool:
        """Take in what one article says about one front, and keep it."""
        taken = super().put(entry)
        if taken:
            self._entries[entry.front or "", entry.article_id] = entry
        return taken

    def told(self, region: str, front: str, day: date) -> list[Told]:
        """List the statements that bear on a region's cells of a day, in the order in which they appeared.

        Those that name the region, alone or with others, and those about the whole front; all, if the region is the
        whole front.
        """
        found = []
        for account in self.accounts(front, day):
            entry, claim = self._find(front, account.article_id, account.claim_id)
            everywhere = not claim.regions or region == front.split(">")[1]
            if not everywhere and region not in said_regions(claim.source, claim.regions):
                continue
            against = tuple(self._find(front, article_id, claim_id) for article_id, claim_id in account.against)
            found.append(Told(claim, entry, account, against))
        return found

    def _find(self, front: str, article_id: str, claim_id: str) -> tuple[ArticleClaims, Claim]:
        entry = self._entries[front, article_id]
        return entry, next(claim for claim in entry.claims if claim.claim_id == claim_id)
