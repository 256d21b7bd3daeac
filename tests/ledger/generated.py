"""Random small histories: few regions and moments, many collisions, every kind of claim."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.acceptance.histories import Message

FRONTS = (("UA", "RU"), ("RU", "UA"))
REGIONS = {
    "UA>RU": ("RU-BEL", "RU-BRY", "RU-KRS", "RU-MOS", "RU-MOW", "UA-43"),
    "RU>UA": ("UA-30", "UA-32", "UA-51", "UA-63", "UA-12", "UA-65"),
}
CLAIMANTS = {
    "UA>RU": ("RU-MOD", "RU-MOD", "RU-MOD", "local:RU-BEL", "media", "UA-GS"),
    "RU>UA": ("UA-AF", "UA-AF", "UA-AF", "local:UA-63", "media", "RU-MOD"),
}
MEASURES = ("intercepted",) * 6 + ("launched",) * 3 + ("suppressed", "neutralised", "hit") * 2
PEOPLE = ("killed", "injured", "hit_locations")
MIDNIGHT = datetime(2025, 5, 20, 21, tzinfo=UTC)  # of 21 May in Kyiv

# Hours after that midnight: evening, night, morning, day; some nest, some only overlap.
PERIODS = (
    (-4, 7.1), (-4, 7.1), (-4, 7.1), (-7, -4), (-7, -1), (-4, 0), (-1, 5), (-4, 4), (7.1, 11), (7.1, 20), (10, 14),
    (0, 20), (14, 23),
)  # fmt: skip
VAGUE = (("relative", (-5, 8)), ("relative", (-3, 6)), ("lead", (-2, 7)), ("anaphoric", (0, 24)))


class Fiction:
    """Writes messages from a seed; equal seeds write equal messages."""

    def __init__(self, seed: int, *, articles: int, claims: int, chaos: float = 0.3) -> None:
        self.dice = random.Random(seed)
        self.articles = articles
        self.claims = claims
        self.chaos = chaos
        self.front = self.dice.choice(tuple(REGIONS))
        self.pool = self.dice.sample(REGIONS[self.front], self.dice.randint(1, 4))
        self.numbers = [self.dice.randint(0, 60) for _ in range(4)]
        self.written: list[Message] = []

    def history(self) -> list[Message]:
        """All messages, in the order of publication."""
        for number in range(self.dice.randint(1, self.articles)):
            self.written.append(self._article(number))
        return self.written

    def _article(self, number: int) -> Message:
        late = timedelta(hours=6 + 5 * number, minutes=self.dice.randint(0, 240), seconds=number)
        published = MIDNIGHT + late
        if self.dice.random() < 0.1:
            published += timedelta(days=self.dice.choice((-1, 1, 3, 7)))
        name = f"a{number}"
        claims = [self._claim(f"{name}.c{i}") for i in range(self.dice.randint(1, self.claims))]
        self._parts(claims)
        if self.written and self.dice.random() < 0.25:  # a reprint, partly
            for copied in self.dice.choice(self.written)["claims"][: self.dice.randint(1, 3)]:
                scope = "total" if copied["scope"] == "rest" else copied["scope"]  # no remainder without its whole
                claims.append({**copied, "claim_id": f"{name}.r{len(claims)}", "part_of": None, "scope": scope})
        return {
            "article_id": name,
            "version": 1,
            "published_at": published.isoformat().replace("+00:00", "Z"),
            "language": self.dice.choice(("de", "en", "uk", "ru")),
            "source": f"outlet{self.dice.randint(0, 3)}.example",
            "claims": claims,
        }

    def _claim(self, claim_id: str) -> dict[str, Any]:
        dice = self.dice
        attacker, defender = self.front.split(">")
        measure = dice.choice(PEOPLE) if dice.random() < 0.15 else dice.choice(MEASURES)
        regions = [] if dice.random() < 0.35 else dice.sample(self.pool, dice.randint(1, min(3, len(self.pool))))
        scope = "total"
        if len(regions) > 1 and dice.random() < 0.2:
            scope = "each"
        status = "current"
        if dice.random() < self.chaos / 3:
            status = dice.choice(("cumulative", "historic", "record", "planned"))
        quantity: dict[str, Any] | None = self._quantity()
        if dice.random() < 0.03:
            measure, quantity = "attack", None
        return {
            "claim_id": claim_id,
            "measure": measure,
            "weapon": dice.choice(("decoy", "mixed", "missile")) if dice.random() < self.chaos / 5 else "drone",
            "quantity": quantity,
            "attacker": attacker,
            "defender": defender,
            "regions": sorted(regions),
            "scope": scope,
            "period": self._period(),
            "status": status,
            "part_of": None,
            "source": dice.choice(CLAIMANTS[self.front]),
        }

    def _quantity(self) -> dict[str, Any]:
        dice = self.dice
        number = dice.choice(self.numbers) if dice.random() < 0.6 else dice.randint(0, 60)
        kind = dice.choice(("exact",) * 7 + ("at_least", "more_than", "up_to", "about", "vague"))
        if kind == "about":
            while not _plain(number):
                number += 1
        top = {"at_least": None, "more_than": None, "vague": None}.get(kind, number)
        low = 0 if kind == "up_to" else number + 1 if kind == "more_than" else number
        return {"low": low, "high": top, "qualifier": kind}

    def _period(self) -> dict[str, Any] | None:
        dice = self.dice
        if dice.random() < self.chaos / 2:
            return None
        basis, (start, end) = "explicit", dice.choice(PERIODS)
        if dice.random() < 0.25:
            basis, (start, end) = dice.choice(VAGUE)
        shift = timedelta(days=dice.choice((-1, 1)) if dice.random() < 0.12 else 0)
        stamps = [(MIDNIGHT + shift + timedelta(hours=h)).isoformat().replace("+00:00", "Z") for h in (start, end)]
        return {"start": stamps[0], "end": stamps[1], "basis": basis, "precision": "hour"}

    def _parts(self, claims: list[dict[str, Any]]) -> None:
        """Some claims are parts of an earlier one; some of these the remainder."""
        for i, claim in enumerate(claims[1:], 1):
            if self.dice.random() > 0.35:
                continue
            whole = self.dice.choice(claims[:i])
            if whole["part_of"]:  # the reference lets the order of claims decide in longer chains
                continue
            claim["part_of"] = whole["claim_id"]
            if whole["period"] is None:
                claim["period"] = None  # else only the part could date its whole
            if self.dice.random() < 0.6:
                claim["measure"], claim["source"] = whole["measure"], whole["source"]
                claim["quantity"] = self._quantity() if whole["quantity"] else None
                claim["period"] = whole["period"] if self.dice.random() < 0.7 else claim["period"]
                if claim["regions"] and claim["scope"] == "total" and self.dice.random() < 0.25:
                    claim["scope"] = "rest"


def _plain(number: int) -> bool:
    """Whether a tenth of it is the same in floating point and in whole numbers."""
    return math.floor(number * 0.9) == number * 9 // 10 and math.ceil(number * 1.1) == -(-number * 11 // 10)
