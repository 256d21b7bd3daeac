"""Articles about nights of attacks as outlets print them: mostly reprints of a few bulletins, some worded anew.

Equal seeds write equal articles. Ids, quotes and outlets are as long as real ones, since memory is measured by them.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from worker.model import ArticleClaims, Basis, Claim, Edition, Measure, Period, Quantity, Span

FRONT = "UA>RU"
FIRST_NIGHT = datetime(2025, 5, 20, 21, tzinfo=UTC)
REGIONS = (
    "RU-BEL", "RU-BRY", "RU-KDA", "RU-KLU", "RU-KRS", "RU-LIP", "RU-NGR", "RU-ORL", "RU-ROS", "RU-RYA", "RU-SAR",
    "RU-SMO", "RU-TAM", "RU-TUL", "RU-VGG", "RU-VOR", "SEA-AZOV", "SEA-BLACK", "UA-40", "UA-43",
)  # fmt: skip
GOVERNORS = ("RU-BEL", "RU-BRY", "RU-KRS", "RU-VOR")
OUTLETS = 400
KINDS = ("reprint", "short", "list", "wording", "governor", "undated", "press")
WEIGHTS = (42, 22, 12, 5, 9, 7, 3)


class Night:
    """What is known of one night: the ministry's bulletin with its list, the governors' figures, the press."""

    def __init__(self, seed: int, number: int) -> None:
        dice = random.Random(f"{seed} {number}")
        self.midnight = FIRST_NIGHT + timedelta(days=number)
        self.list = {region: 1 + int(dice.expovariate(1 / 12)) for region in dice.sample(REGIONS, dice.randint(4, 14))}
        self.total = sum(self.list.values())
        self.joint = tuple(sorted(dice.sample(REGIONS, 3)))
        self.governors = {region: dice.randint(1, 9) for region in GOVERNORS}

    def period(self, start: float = -4, end: float = 7, basis: Basis = "explicit") -> Period:
        """A stretch in hours around midnight."""
        at = [self.midnight + timedelta(hours=hours) for hours in (start, end)]
        return Period(start=at[0], end=at[1], basis=basis, precision="hour")


class Newsroom:
    """Writes articles about nights.

    Args:
        seed: what the nights and the choices depend on.
        variety: how many wordings of their own outlets come up with for each night, however many they are.
    """

    def __init__(self, seed: int = 1, variety: int = 24) -> None:
        self._seed = seed
        self._variety = variety
        self._dice = random.Random(seed)
        self._nights: dict[int, Night] = {}
        self._written = 0

    def articles(self, count: int, nights: int = 1) -> Iterator[ArticleClaims]:
        """Write so many articles about the nights, one night after the other."""
        for number in range(count):
            yield self.article(number * nights // count)

    def skip(self, articles: int) -> None:
        """Leave out so many ids, which others have used."""
        self._written += articles

    def night(self, number: int) -> Night:
        """The facts of a night."""
        night = self._nights.get(number)
        if night is None:
            night = self._nights[number] = Night(self._seed, number)
        return night

    def article(self, number: int, kind: str = "", variant: int | None = None) -> ArticleClaims:
        """Write one article about a night; `kind` is one of `KINDS`, `variant` picks one of its wordings."""
        dice, night = self._dice, self.night(number)
        kind = kind or dice.choices(KINDS, WEIGHTS)[0]
        variant = dice.randrange(self._variety) if variant is None else variant
        self._written += 1
        outlet = f"outlet-{dice.randrange(OUTLETS)}.example"
        article_id = f"https://{outlet}/news/{night.midnight:%Y/%m/%d}/{self._written}.html"
        claims = tuple(_Writer(article_id, night, random.Random(f"{number} {kind} {variant}")).claims(kind))
        published = night.midnight + timedelta(hours=8, seconds=dice.randrange(50_000))
        digest = hashlib.sha256(article_id.encode()).hexdigest()[:32]
        return ArticleClaims(
            article_id=article_id,
            version=0,
            language=dice.choice(("de", "en", "ru", "uk")),
            published_at=published,
            source=outlet,
            relevant=True,
            claims=claims,
            front=FRONT,
            edition=Edition(version=0, at=published.isoformat(timespec="microseconds"), digest=digest),
        )


class _Writer:
    """The claims of one article; `dice` depends on the wording alone, so that equal wordings are equal."""

    def __init__(self, article_id: str, night: Night, dice: random.Random) -> None:
        self._article_id = article_id
        self._night = night
        self._dice = dice
        self._count = 0

    def claims(self, kind: str) -> list[Claim]:
        night, dice = self._night, self._dice
        if kind == "undated":
            return [self._claim(night.total, period=None)]
        if kind == "governor":
            region = dice.choice(GOVERNORS)
            return [self._claim(night.governors[region], region, source=f"local:{region}")]
        if kind == "press":
            return [self._claim(dice.randint(1, 5), dice.choice(REGIONS), source="media", measure="injured")]
        if kind == "wording":  # another reading of the night, or a slip
            start = -4 + dice.randint(-2, 3)
            shown = night.total + dice.choice((0, 0, 0, 1, -1, 10))
            return [self._claim(shown, period=night.period(start, 7 + dice.randint(-1, 1), "relative"))]
        whole = self._claim(night.total)
        if kind == "short":
            return [whole, self._claim(sum(night.list.get(r, 1) for r in night.joint), *night.joint, whole=whole)]
        shares = list(night.list.items())
        shares = dice.sample(shares, dice.randint(3, len(shares))) if kind == "list" else shares[:3]
        return [whole, *(self._claim(share, region, whole=whole) for region, share in shares)]

    def _claim(
        self,
        number: int,
        *regions: str,
        source: str = "RU-MOD",
        measure: Measure = "intercepted",
        period: Period | bool | None = True,
        whole: Claim | None = None,
    ) -> Claim:
        self._count += 1
        quote = f"{number} беспилотных летательных аппаратов самолетного типа"
        return Claim(
            claim_id=hashlib.sha256(f"{self._article_id} {self._count}".encode()).hexdigest()[:24],
            measure=measure,
            weapon="drone",
            quantity=Quantity(low=number, high=number, qualifier="exact"),
            attacker="UA",
            defender="RU",
            regions=tuple(sorted(regions)),
            scope="total",
            period=self._night.period() if period is True else period or None,
            status="current",
            part_of=whole.claim_id if whole else None,
            source=source,
            span=Span(field="body", start=60 * self._count, end=60 * self._count + len(quote), text=quote),
            rule="number+drones+verb",
        )
