"""How much of each measurement: all of it, or a short form that only shows that it works."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Scale:
    """Amounts; `seconds` is how long articles are sent at half of the maximum load."""

    articles: int
    rounds: int
    backlog: int
    claims: int
    seconds: float
    judged: bool = True

    def part(self, share: float) -> Self:
        """Take a share of each amount, for a machine that others use too; as many rounds."""
        return replace(
            self,
            articles=int(self.articles * share),
            backlog=int(self.backlog * share),
            claims=int(self.claims * share),
            seconds=self.seconds * share,
        )

    def verdict(self, holds: bool) -> bool | None:
        """Judge a bar, in the full form."""
        return holds if self.judged else None


FULL = Scale(articles=5_000, rounds=5, backlog=200_000, claims=1_000_000, seconds=60.0)
SMOKE = Scale(articles=100, rounds=1, backlog=200, claims=1_000, seconds=3.0, judged=False)
