"""What a claim says, apart from who printed it: reprints of one statement share one `Wording`.

Everything that reconciliation computes depends on the distinct wordings of a day; articles and outlets are
only counted behind them. This keeps the cost of one more reprint the same however many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

from worker.ledger.places import FRONT, Regions, said_regions
from worker.model import ArticleClaims, Claim, Measure

BASES: Final = ("explicit", "relative", "lead", "anaphoric", "none")
"""How a period was found, best founded first."""

LONGEST: Final = timedelta(hours=18)
"""A longer period enters a day only if it lies within one: "in the past 24 hours" mixes two days."""

EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_YEARS: Final = range(1900, 2200)

_DRONES: Final = frozenset({"launched", "intercepted", "suppressed", "neutralised", "hit"})


class Stretch(NamedTuple):
    """A reported stretch of time and how well it is founded (index into `BASES`)."""

    start: datetime
    end: datetime
    basis: int

    @property
    def length(self) -> timedelta:
        """The time between its ends."""
        return self.end - self.start


def family(measure: Measure) -> str:
    """The measures that can contradict each other: counts of drones together, each other measure alone."""
    return "drones" if measure in _DRONES else measure


def operational_day(stretch: Stretch, zone: ZoneInfo) -> date:
    """The local date on which the stretch ends; an end exactly at midnight belongs to the day before."""
    return (stretch.end - timedelta(microseconds=1)).astimezone(zone).date()


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Wording:
    """One distinct thing said: claimant, measure, regions, number, period. Canonical, compared by identity.

    `reason` names why it enters no day ("" if it may). `joined` marks an undated wording that took the period
    of a dated one. `parent` is the wording of the whole it is a part of, `siblings` (only for the remainder
    of a whole) all regions the parts of that whole name. `low` is None for an attack without a number.
    """

    claimant: str
    measure: Measure
    decoy: bool
    scope: str
    regions: Regions
    low: int | None
    high: int | None
    qualifier: str
    period: Stretch | None
    siblings: Regions
    parent: Wording | None
    reason: str
    joined: bool

    @property
    def number(self) -> int | None:
        """The exact number it states, if it states one."""
        return self.low if self.qualifier == "exact" and self.low == self.high else None

    @property
    def dated(self) -> Stretch:
        """Its period, where it is known to have one."""
        if self.period is None:
            msg = f"an undated wording of {self.claimant} was used as a dated one"
            raise ValueError(msg)
        return self.period


class Wordings:
    """All wordings in use, each once; forgotten when nothing refers to them any more."""

    def __init__(self) -> None:
        self._known: WeakValueDictionary[tuple[object, ...], Wording] = WeakValueDictionary()

    def canon(
        self,
        claimant: str,
        measure: Measure,
        decoy: bool,
        scope: str,
        regions: Regions,
        low: int | None,
        high: int | None,
        qualifier: str,
        period: Stretch | None,
        siblings: Regions = (),
        parent: Wording | None = None,
        reason: str = "",
        joined: bool = False,
    ) -> Wording:
        """The one wording with these contents."""
        key = (
            claimant,
            measure,
            decoy,
            scope,
            regions,
            low,
            high,
            qualifier,
            period,
            siblings,
            parent,
            reason,
            joined,
        )
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = Wording(*key)
        return known

    def joined(self, wording: Wording, period: Stretch, parent: Wording | None) -> Wording:
        """The same wording with the period of the dated one it matched."""
        w = wording
        return self.canon(
            w.claimant,
            w.measure,
            w.decoy,
            w.scope,
            w.regions,
            w.low,
            w.high,
            w.qualifier,
            period,
            w.siblings,
            parent,
            joined=True,
        )


class Said(NamedTuple):
    """A wording of one article with the claim that carries it."""

    wording: Wording
    claim_id: str


class Reading(NamedTuple):
    """The claims of one article about one front, sorted by what can be done with them."""

    dated: tuple[Said, ...]
    undated: tuple[Said, ...]
    aside: tuple[Said, ...]


def stated_at(entry: ArticleClaims) -> datetime:
    """The time that dates the statements of an article: its own, else that of the message."""
    return entry.published_at or entry.received_at or EPOCH


def read(entry: ArticleClaims, front: str, zone: ZoneInfo, wordings: Wordings) -> Reading:
    """Sort the claims of an article about `front` into dated, undated and never counted ones."""
    claims = {c.claim_id: c for c in entry.claims if c.front == front}
    parents = _parents(claims)
    periods: dict[str, Stretch | None] = {}
    reasons: dict[str, str] = {}
    order = _wholes_first(parents)
    for claim_id in order:
        claim, parent = claims[claim_id], parents[claim_id]
        period = claim.period
        # A part without a period takes that of its whole.
        own = Stretch(period.start, period.end, BASES.index(period.basis)) if period else None
        stretch = own or (periods[parent] if parent else None)
        periods[claim_id] = stretch
        reasons[claim_id] = _reason(claim, stretch, zone)
        if not reasons[claim_id] and claim.scope == "rest" and not claim.regions and parent:  # noqa: SIM102
            # "The rest elsewhere" follows from the whole and its parts; read as a number of the whole front
            # it would contradict them.
            if periods[parent] == stretch:
                reasons[claim_id] = "remainder"
    made: dict[str, Wording] = {}
    for claim_id in order:
        claim, parent_id = claims[claim_id], parents[claim_id]
        whole = made.get(parent_id) if parent_id else None
        if whole is not None and (whole.reason or family(whole.measure) != family(claim.measure)):
            whole = None
        reason = reasons[claim_id]
        q = claim.quantity
        rest = claim.scope == "rest" and parent_id is not None and bool(claim.regions) and not reason
        made[claim_id] = wordings.canon(
            claim.source,
            claim.measure,
            claim.weapon == "decoy",
            claim.scope,
            said_regions(claim.source, claim.regions),
            q.low if q else None,
            q.high if q else None,
            q.qualifier if q else "exact",
            periods[claim_id],
            _siblings(claim, claims, parents, periods, reasons) if rest else (),
            None if reason else whole,
            reason,
        )
    first: dict[Wording, str] = {}
    for claim_id in sorted(made, reverse=True):  # a digest that repeats itself says it once
        first[made[claim_id]] = claim_id
    said = [Said(wording, claim_id) for wording, claim_id in first.items()]
    return Reading(
        dated=tuple(s for s in said if not s.wording.reason and s.wording.period),
        undated=tuple(s for s in said if not s.wording.reason and not s.wording.period),
        aside=tuple(s for s in said if s.wording.reason),
    )


def _parents(claims: dict[str, Claim]) -> dict[str, str | None]:
    """The whole of each claim, where it is in the same article and front; circles are cut."""
    parents = {i: c.part_of if c.part_of in claims and c.part_of != i else None for i, c in claims.items()}
    settled: set[str] = set()
    for start in sorted(claims):
        path: list[str] = []
        on_path: set[str] = set()
        at: str | None = start
        while at is not None and at not in settled:
            if at in on_path:
                parents[at] = None
                break
            path.append(at)
            on_path.add(at)
            at = parents[at]
        settled |= on_path
    return parents


def _wholes_first(parents: dict[str, str | None]) -> list[str]:
    """The claims in an order in which every whole precedes its parts."""
    parts: dict[str | None, list[str]] = {}
    for claim_id, parent in parents.items():
        parts.setdefault(parent, []).append(claim_id)
    order = list(parts.get(None, ()))
    for claim_id in order:  # grows while it is walked
        order.extend(parts.get(claim_id, ()))
    return order


def _reason(claim: Claim, stretch: Stretch | None, zone: ZoneInfo) -> str:
    """Why a claim enters no day; "" if it may enter one."""
    if claim.weapon == "mixed":
        return "mixed_weapon"
    if claim.weapon == "missile":
        return "missile"
    if claim.status not in ("current", "cumulative"):
        return claim.status
    q = claim.quantity
    if q is not None and (q.low < 0 or (q.high is not None and q.high < q.low)):
        return "impossible_quantity"
    if stretch is None:
        return "check" if claim.status == "cumulative" else ""
    if stretch.end < stretch.start or stretch.start.year not in _YEARS or stretch.end.year not in _YEARS:
        return "impossible_period"
    if stretch.length > LONGEST and stretch.start.astimezone(zone).date() != operational_day(stretch, zone):
        return "check"
    return ""


def _siblings(
    claim: Claim,
    claims: dict[str, Claim],
    parents: dict[str, str | None],
    periods: dict[str, Stretch | None],
    reasons: dict[str, str],
) -> Regions:
    """All regions that the parts of the whole of a remainder name, the remainder's own included."""
    whole_id = parents[claim.claim_id]
    whole = claims[whole_id] if whole_id else claim
    codes = set(said_regions(claim.source, claim.regions))
    for other_id, other in claims.items():
        if other_id == claim.claim_id or parents[other_id] != whole_id or not other.regions:
            continue
        if reasons[other_id] or other.quantity is None or family(other.measure) != family(claim.measure):
            continue
        subtype = (
            other.measure == whole.measure
            and set(other.regions) == set(whole.regions)
            and periods[other_id] == periods[whole.claim_id]
        )
        if not subtype:
            codes |= set(said_regions(other.source, other.regions))
    return tuple(sorted(codes or FRONT))
