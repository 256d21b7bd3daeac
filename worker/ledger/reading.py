"""From the entry of an article to what it says: wordings, shared by all articles that say the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

from worker.ledger.places import FRONT, said_regions
from worker.ledger.wording import (
    BORROWED,
    CLOCK,
    MINUTE,
    TAKEN_UP,
    TELLING,
    VAGUE,
    Stretch,
    Wording,
    Wordings,
    family,
    foundation,
    is_military,
    midnight,
    mixes_days,
    operational_day,
)
from worker.model import ArticleClaims, Claim, Period

EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
MOST_CLAIMS: Final = 1000
"""Claims of one article that are read at all; no report has so many, and each is compared with the others."""

MOST_REMEMBERED: Final = 2048
"""Different articles whose reading is remembered, in case they are reprinted; it only saves time."""

Likeness = tuple[tuple[object, ...], ...]
"""What claims say, apart from their ids and quotes: two articles that are alike in it say the same."""

_COUNTING: Final = timedelta(hours=12)
"""How long bulletins count at most, where only the end of their hours is known."""

_YEARS: Final = range(1900, 2200)
_TAKING_UP: Final = ("lead", "anaphoric")
_VICTIMS: Final = ("killed", "injured")


class Reading:
    """The distinct wordings of an article; one object for all articles with the same, so that reprints are small."""

    __slots__ = ("__weakref__", "dated", "undated", "wordings")

    def __init__(self, wordings: tuple[Wording, ...]) -> None:
        self.wordings = wordings
        self.dated = tuple(w for w in wordings if not w.reason and w.period)
        self.undated = frozenset(w for w in wordings if not w.reason and not w.period)


Windows = Mapping[tuple[datetime, datetime], list[Claim]]
"""The hours by the clock for which a text counts drones, with these counts."""

Said = tuple[Reading, tuple[int, ...]]
"""A reading, and for each of its wordings the first claim that says it, by its place among the claims."""


class Readings:
    """All readings and wordings in use, each once; forgotten when no article needs them any more."""

    def __init__(self) -> None:
        self.wordings = Wordings()
        self._known: WeakValueDictionary[tuple[Wording, ...], Reading] = WeakValueDictionary()
        self._lately: dict[Likeness, Said] = {}

    def canon(self, wordings: tuple[Wording, ...]) -> Reading:
        """The one reading with these wordings in this order."""
        known = self._known.get(wordings)
        if known is None:
            known = self._known[wordings] = Reading(wordings)
        return known

    def lately(self, likeness: Likeness) -> Said | None:
        """What was read not long ago out of claims like these: reprints come in swarms."""
        return self._lately.get(likeness)

    def remember(self, likeness: Likeness, said: Said) -> None:
        """Keep for the next reprint what claims like these say."""
        if len(self._lately) >= MOST_REMEMBERED:
            self._lately.clear()
        self._lately[likeness] = said


def stated_at(entry: ArticleClaims) -> datetime:
    """The time that dates the statements of an article: its edit, its publication, else that of the message."""
    return entry.stated_at or EPOCH


def published_at(entry: ArticleClaims) -> datetime:
    """The time whose day undated statements are sought around: an edit years later does not move an event."""
    return entry.published_at or entry.stated_at or EPOCH


def read(entry: ArticleClaims, front: str, zone: ZoneInfo, readings: Readings) -> tuple[Reading, tuple[str, ...]]:
    """What an article says about `front`, and the ids of the claims that say it, in the same order."""
    claims = {c.claim_id: c for c in entry.claims[:MOST_CLAIMS] if c.front == front}
    likeness = _likeness(claims)
    said = readings.lately(likeness) if likeness is not None else None
    if said is None:
        said = _read(claims, zone, readings)
        if likeness is not None:
            readings.remember(likeness, said)
    ids = tuple(claims)
    return said[0], tuple(ids[position] for position in said[1])


def _likeness(claims: dict[str, Claim]) -> Likeness | None:
    """What the claims say; None where their ids may matter, since parts stand before their wholes."""
    places = {claim_id: place for place, claim_id in enumerate(claims)}
    alike = []
    for place, c in enumerate(claims.values()):
        whole = places.get(c.part_of) if c.part_of is not None else None
        if whole is not None and whole >= place:
            return None
        alike.append((c.measure, c.weapon, c.quantity, c.regions, c.scope, c.period, c.status, c.source, whole))
    return tuple(alike)


def _read(claims: dict[str, Claim], zone: ZoneInfo, readings: Readings) -> Said:
    parents = _parents(claims)
    periods: dict[str, Stretch | None] = {}
    reasons: dict[str, str] = {}
    order = _wholes_first(parents)
    windows = _windows(claims)
    for claim_id in order:
        claim, parent = claims[claim_id], parents[claim_id]
        # A part without a period takes that of its whole.
        own = _stretch(claim, claim.period, zone, windows) if claim.period else None
        whole_period = periods[parent] if parent else None
        if whole_period and parent and claim.period == claims[parent].period:
            own = None
        stretch = own or whole_period
        if own and parent and whole_period and _meant_within(own, whole_period) and _alike(claim, claims[parent]):
            stretch = whole_period
        periods[claim_id] = stretch
        reasons[claim_id] = _reason(claim, stretch, zone)
        if not reasons[claim_id] and claim.scope == "rest" and not claim.regions and parent:  # noqa: SIM102
            # "The rest elsewhere" follows from the whole and its parts; read as a number of the whole front
            # it would contradict them.
            if periods[parent] == stretch:
                reasons[claim_id] = "remainder"
    named = _siblings(claims, parents, periods, reasons, zone)
    others = _beside(claims, parents, periods, reasons)
    made: dict[str, Wording] = {}
    for claim_id in order:
        claim, parent_id = claims[claim_id], parents[claim_id]
        whole = made.get(parent_id) if parent_id else None
        reason = reasons[claim_id]
        if whole is not None and (whole.reason or family(whole.measure) != family(claim.measure)):
            whole = None
        q = claim.quantity
        regions = said_regions(claim.source, claim.regions)
        siblings = FRONT
        if claim.scope == "rest" and parent_id is not None and regions and not reason:
            places = named.get((parent_id, family(claim.measure), _day(periods[claim_id], zone)), set())
            siblings = tuple(sorted({*regions, *places}))
        made[claim_id] = readings.wordings.canon(
            claim.source,
            claim.measure,
            claim.weapon == "decoy",
            claim.scope,
            regions,
            q.low if q else None,
            q.high if q else None,
            q.qualifier if q else "exact",
            periods[claim_id],
            siblings,
            None if reason else whole,
            reason,
            beside=others.get(claim_id, ()),
        )
    first: dict[Wording, int] = {}
    for place, claim_id in enumerate(claims):  # a digest that repeats itself says it once
        first.setdefault(made[claim_id], place)
    return readings.canon(tuple(first)), tuple(first.values())


def _windows(claims: dict[str, Claim]) -> Windows:
    found: dict[tuple[datetime, datetime], list[Claim]] = {}
    for c in claims.values():
        p = c.period
        if p and family(c.measure) == "drones" and foundation(p) == CLOCK and p.end - p.start > MINUTE:
            found.setdefault((p.start, p.end), []).append(c)
    return found


def _founded(claim: Claim, period: Period, windows: Windows) -> int:
    """How well a period is founded in its text.

    A list that takes hours up again ("eight over Kursk") has them from where they were given, and so has the total of
    such a list; any other number of the whole front may be an earlier one recalled. Who was hurt, was not hurt in the
    hours for which a military counts drones, unless the text says so.
    """
    founded = foundation(period)
    counts = windows.get((period.start, period.end))
    if period.precision != "minute" or period.basis not in _TAKING_UP or counts is None:
        return founded
    if family(claim.measure) == "drones":
        listed = claim.regions or any(c.part_of == claim.claim_id for c in counts)
        return TAKEN_UP if listed else founded
    by_military = any(is_military(c.source) for c in counts)
    return BORROWED if by_military and claim.measure in _VICTIMS else founded


def _stretch(claim: Claim, period: Period, zone: ZoneInfo, windows: Windows) -> Stretch:
    """A period as it is reckoned with: "on 21 May" is the operational day, whose midnights an article may not share.

    A Moscow day is no Kyiv day by an hour; left alone it would mix two operational days and count in none. And twenty
    drones do not fall in a minute: it tells until when so many were counted.
    """
    founded = _founded(claim, period, windows)
    if period.precision == "day" and period.start.year in _YEARS:
        day = (period.start + (period.end - period.start) / 2).astimezone(zone).date()
        start, end = midnight(day, zone), midnight(day + timedelta(days=1), zone)
        if max(abs(period.start - start), abs(period.end - end)) <= VAGUE:
            return Stretch(start, end, founded)
    many = claim.quantity is not None and claim.quantity.low >= TELLING and family(claim.measure) == "drones"
    if many and period.end - period.start <= MINUTE and period.start.year in _YEARS:
        return Stretch(period.end - _COUNTING, period.end, max(founded, TAKEN_UP + 1))
    return Stretch(period.start, period.end, founded)


def _meant_within(part: Stretch, whole: Stretch) -> bool:
    """Whether the hours of a part that reach beyond its whole are only its words: it lies inside, so the whole's hold.

    "75 were shot down in the night, the ministry said on Saturday. 46 of them over Rostov": not all Saturday long.
    """
    beyond = whole.start <= part.start < whole.end < part.end  # what begins before may be of the evening before
    vaguer = part.basis > whole.basis or (part.basis == whole.basis and part.length > whole.length)
    return beyond and vaguer and not whole.by_clock


def _alike(part: Claim, whole: Claim) -> bool:
    return (part.measure, part.source, part.status) == (whole.measure, whole.source, whole.status)


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
    return "check" if mixes_days(stretch, zone) else ""


def _day(period: Stretch | None, zone: ZoneInfo) -> date | None:
    return operational_day(period, zone) if period else None


def _siblings(
    claims: dict[str, Claim],
    parents: dict[str, str | None],
    periods: dict[str, Stretch | None],
    reasons: dict[str, str],
    zone: ZoneInfo,
) -> dict[tuple[str, str, date | None], set[str]]:
    """By whole, family and day: all regions that the parts of the whole name, for what its remainder leaves out."""
    named: dict[tuple[str, str, date | None], set[str]] = {}
    for claim_id, claim in claims.items():
        whole_id = parents[claim_id]
        if whole_id is None or not claim.regions or reasons[claim_id] or claim.quantity is None:
            continue
        whole = claims[whole_id]
        subtype = (
            claim.measure == whole.measure
            and set(claim.regions) == set(whole.regions)
            and periods[claim_id] == periods[whole_id]
        )
        if not subtype:
            key = (whole_id, family(claim.measure), _day(periods[claim_id], zone))
            named.setdefault(key, set()).update(said_regions(claim.source, claim.regions))
    return named


def _beside(
    claims: dict[str, Claim],
    parents: dict[str, str | None],
    periods: dict[str, Stretch | None],
    reasons: dict[str, str],
) -> dict[str, tuple[int, ...]]:
    """For each exact count of drones on the whole front the others that the text gives for the same hours."""
    told: dict[tuple[object, ...], dict[str, int]] = {}
    for claim_id, claim in claims.items():
        q, period = claim.quantity, periods[claim_id]
        exact = q is not None and q.qualifier == "exact" and q.low == q.high
        if not exact or q is None or claim.regions or reasons[claim_id] or period is None:
            continue
        if family(claim.measure) == "drones" and parents[claim_id] is None:
            told.setdefault((claim.source, claim.measure, claim.weapon, period[:2]), {})[claim_id] = q.low
    return {
        claim_id: tuple(sorted({*numbers.values()} - {number}))
        for numbers in told.values()
        for claim_id, number in numbers.items()
    }
