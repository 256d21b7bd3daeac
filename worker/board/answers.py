"""What the page asks for, as plain values: the frame once, then one window, one line or one number's grounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worker import gazetteer
from worker.board.evidence import described
from worker.board.projection import project
from worker.model import MEASURES

if TYPE_CHECKING:
    from worker.board.follow import Store
    from worker.board.standing import Place
    from worker.model import Tally

SIZES = ("P1D", "P7D")
_MOST_GROUNDS = 300


def regions() -> dict[str, dict[str, Any]]:
    """Every known region: its kind, its names by language, and its point on the map."""
    found = {}
    for code, region in gazetteer.regions().items():
        x, y = project(region.latitude, region.longitude)
        found[code] = {"kind": region.kind, "names": dict(region.names), "x": round(x), "y": round(y)}
    return found


def frame(store: Store, status: dict[str, Any], zone: str) -> dict[str, Any]:
    """What there is: fronts with their first and last days, measures, and how the reading stands."""
    return {
        "fronts": {
            size: [
                {"front": front, "first": first, "last": last, "days": days}
                for front, (first, last, days) in store.standing.fronts(size).items()
            ]
            for size in SIZES
        },
        "measures": MEASURES,
        "tallies": len(store.standing),
        "zone": zone,
        "status": status,
    }


def window(store: Store, place: Place) -> dict[str, Any]:
    """All tallies of one front and window."""
    return {**place._asdict(), "tallies": [_shown(tally) for tally in store.standing.of(place)]}


def line(store: Store, size: str, front: str, region: str, measure: str) -> dict[str, Any]:
    """One number through time, as columns; days without it are left out, an unbounded high is null."""
    columns: dict[str, list[Any]] = {name: [] for name in ("days", "low", "best", "high", "contested", "floating")}
    for day, cell in store.standing.through_time(size, front, region, measure):
        row = (day, cell.low, cell.best, cell.high, cell.contested, cell.floating)
        for column, value in zip(columns.values(), row, strict=True):
            column.append(value)
    return {"size": size, "front": front, "region": region, "measure": measure, **columns}


def grounds(store: Store, place: Place, region: str) -> dict[str, Any]:
    """The claims behind one tally and those set aside, newest first; `named` says how many the tally names."""
    tally = store.standing.one(place, region)
    ids = tally.claims if tally is not None else ()
    found = store.evidence.grounds(ids, place.front, place.day)
    known = len(found)
    others = [claim_id for claim_id in store.evidence.set_aside(place.front, place.day) if claim_id not in ids]
    whole = region == place.front.partition(">")[2]
    for ground in store.evidence.grounds(others, place.front, place.day):
        if whole or region in ground.claim.regions:
            found.append(ground)
    found.sort(key=lambda ground: str(ground.article.stated_at or ""), reverse=True)
    return {
        **place._asdict(),
        "region": region,
        "named": len(ids),
        "known": known,
        "grounds": [described(ground) for ground in found[:_MOST_GROUNDS]],
    }


def _shown(tally: Tally) -> dict[str, Any]:
    return {
        "region": tally.region,
        "name": tally.region_name,
        "measures": tally.measures,
        "joint": tally.joint,
        "checks": tally.checks,
        "articles": tally.articles,
        "outlets": tally.outlets,
        "claimants": tally.claimants,
        "languages": tally.languages,
        "claims": len(tally.claims),
        "as_of": tally.as_of,
        "final": tally.final,
        "revision": tally.revision,
    }
