"""Two years of invented tallies and the claims behind the newest of them, as a worker would publish them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random

from worker import codec, gazetteer
from worker.model import (
    ArticleClaims,
    Cell,
    Claim,
    Edition,
    JointCell,
    Period,
    Quantity,
    Span,
    Tally,
    Window,
    WindowSize,
)

LAST = date(2025, 9, 19)
DAYS = 731
_UKRAINE = "63 59 12 23 51 53 74 30 32 14 65 48 35 71 05 68"
_RUSSIA = "BRY KRS BEL KLU TUL ORL VOR LIP RYA MOS MOW SMO ROS KDA"
_SIDES = {
    "RU>UA": ("UA-AF", [f"UA-{code}" for code in _UKRAINE.split()]),
    "UA>RU": ("RU-MOD", [*(f"RU-{code}" for code in _RUSSIA.split()), "UA-43"]),
}


def claim_id(front: str, day: date, region: str) -> str:
    """The id of the claim behind one tally."""
    return f"{front.replace('>', '-')}.{day}.{region}"


@cache
def tallies(days: int = DAYS) -> tuple[Tally, ...]:
    """Tallies of every day and of every seven days, over two fronts; the last days are the fullest."""
    return tuple(_invented(days))


def _invented(days: int) -> Iterator[Tally]:
    draw = Random(1)
    for front, (claimant, codes) in _SIDES.items():
        for back in range(days):
            day = LAST - timedelta(days=days - 1 - back)
            level = 30 + back / 6 + 40 * (1 + ((back * 7) % 31) / 31)
            parts = {code: max(0, int(draw.gauss(level / (2 + at * 1.4), 4))) for at, code in enumerate(codes)}
            spoken = [code for code in codes if draw.random() < 0.75]
            joint = _joint(draw, spoken, parts)
            total = sum(parts[code] for code in spoken)
            for size in ("P1D", "P7D"):
                scale = 1 if size == "P1D" else 7
                yield _tally(front, front[3:], day, size, claimant, _whole(draw, total * scale), ())
                for code in spoken:
                    cells = _part(draw, parts[code] * scale, any(code in group.regions for group in joint))
                    mine = tuple(group for group in joint if code in group.regions) if size == "P1D" else ()
                    yield _tally(front, code, day, size, claimant, cells, mine)


def claims(days: int = 30) -> Iterator[tuple[bytes, ArticleClaims]]:
    """Messages of the claims topic for the newest days, by front: one article about each region."""
    for tally in tallies():
        if tally.window.size != "P1D" or (LAST - tally.window.date).days >= days:
            continue
        cell = tally.measures.get("intercepted")
        if cell is not None:
            yield tally.front.encode(), message(tally, cell)


def message(tally: Tally, cell: Cell, said: str = "", **fields: str) -> ArticleClaims:
    """The message of an article that makes the one claim a tally names."""
    words = said or f"shot down {cell.low} drones over {tally.region_name}"
    published = datetime.combine(tally.window.date, time(7, 30), UTC)
    article_id = f"https://wire.example/{tally.front[:2]}-{tally.region}-{tally.window.date}"
    claim = Claim(
        claim_id=tally.claims[0],
        measure="intercepted",
        weapon="drone",
        quantity=Quantity(low=cell.low, high=cell.high, qualifier="exact" if cell.low == cell.high else "at_least"),
        attacker=tally.front[:2],
        defender=tally.front[3:],
        regions=() if tally.region == tally.front[3:] else (tally.region,),
        scope="total",
        period=Period(start=tally.window.start, end=published, basis="relative", precision="part_of_day"),
        status="current",
        part_of=None,
        source=tally.claimants[0],
        span=Span(field="body", start=0, end=len(words), text=words),
        rule="invented",
    )
    return ArticleClaims(
        article_id=fields.get("article_id", article_id),
        version=0,
        language="en",
        published_at=published,
        source=fields.get("source", "wire.example"),
        relevant=True,
        claims=(claim,),
        front=tally.front,
        edition=Edition(version=0, at=published.isoformat(timespec="microseconds"), digest="0" * 32),
    )


def _whole(draw: Random, total: int) -> dict[str, Cell]:
    caught = int(total * draw.uniform(0.55, 0.8))
    lost = int(total * draw.uniform(0.1, 0.2))
    contested = draw.random() < 0.04
    best = None if draw.random() < 0.1 else caught
    most, more = int(caught * draw.uniform(1.0, 1.3)), draw.randrange(30) if contested else 0
    cells: dict[str, Cell] = {
        "launched": Cell(low=total, best=total, high=total + more, contested=contested),
        "intercepted": Cell(low=int(caught * 0.95), best=best, high=most, contested=contested),
        "suppressed": Cell(low=lost, best=lost, high=lost),
        "neutralised": Cell(low=caught + lost, best=caught + lost, high=None if contested else caught + lost),
    }
    if draw.random() < 0.6:
        hit = total // 12
        cells["hit"] = Cell(low=hit, best=hit, high=hit + 2, floating=draw.randrange(2))
        cells["injured"] = Cell(low=draw.randrange(20), best=None, high=None)
        cells["killed"] = Cell(low=draw.randrange(3), best=None, high=None)
    return cells


def _part(draw: Random, value: int, grouped: bool) -> dict[str, Cell]:
    if grouped:
        return {"intercepted": Cell(low=1, best=None, high=value * 2 + 4)}
    chance = draw.random()
    if chance < 0.05:
        return {"attack": Cell(low=1, best=None, high=None)}
    if chance < 0.15:
        return {"intercepted": Cell(low=value, best=None, high=None, floating=int(chance < 0.08))}
    if chance < 0.2:
        return {"intercepted": Cell(low=value, best=value + 2, high=value + 9, contested=True)}
    return {"intercepted": Cell(low=value, best=value, high=value)}


def _joint(draw: Random, spoken: list[str], parts: dict[str, int]) -> tuple[JointCell, ...]:
    if draw.random() > 0.4 or len(spoken) < 6:
        return ()
    chosen = tuple(sorted(spoken[3:6]))
    total = sum(parts[code] for code in chosen) + 3
    return (JointCell(measure="intercepted", regions=chosen, low=total, best=total, high=total),)


def _tally(
    front: str,
    region: str,
    day: date,
    size: WindowSize,
    claimant: str,
    cells: dict[str, Cell],
    joint: tuple[JointCell, ...],
) -> Tally:
    end = datetime.combine(day, time(21), UTC)
    return Tally(
        key=f"{region}|{front}|{day}",
        region=region,
        region_name=gazetteer.name(region),
        front=front,
        window=Window(date=day, size=size, start=end - timedelta(days=1 if size == "P1D" else 7), end=end),
        measures=cells,
        joint=joint,
        articles=1 + len(cells) * 3,
        outlets=1 + len(cells),
        claimants=(claimant, "media") if len(cells) > 1 else (f"local:{region}",),
        languages=("de", "en", "uk") if len(cells) > 1 else ("en",),
        claims=(claim_id(front, day, region), *(f"{day}.{number:020d}" for number in range(len(cells) * 3))),
        revision=3,
        as_of=end - timedelta(hours=12),
        final=(LAST - day).days > 4,
    )


def tally_of(region: str, front: str, day: str, days: int = DAYS) -> Tally:
    """The tally of one region, front and day."""
    key = f"{region}|{front}|{day}"
    return next(tally for tally in tallies(days) if tally.window.size == "P1D" and tally.key == key)


def window_of(front: str, day: str, days: int = DAYS) -> dict[str, Tally]:
    """All tallies of one front and day, by region."""
    found = (tally for tally in tallies(days) if tally.window.size == "P1D" and tally.key.endswith(f"|{front}|{day}"))
    return {tally.region: tally for tally in found}


def records(days: int = DAYS) -> Iterator[tuple[WindowSize, bytes, bytes]]:
    """The same tallies as messages: size of the window, key, value."""
    for tally in tallies(days):
        yield tally.window.size, tally.key.encode(), codec.encode(tally)
