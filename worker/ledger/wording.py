"""What a claim says, apart from who printed it: reprints of one statement share one `Wording`.

Everything that reconciliation computes depends on the distinct wordings of a day; articles and outlets are
only counted behind them. This keeps the cost of one more reprint the same however many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

from worker.ledger.places import Regions
from worker.model import Measure, Period

CLOCK: Final = 0
"""How well a period is founded that gives hours and a date."""

TAKEN_UP: Final = CLOCK + 1
"""How well one is founded that takes up again the hours which its text gives by the clock."""

_BASES: Final = ("explicit", "relative", "lead", "anaphoric", "none")

LEAD: Final = TAKEN_UP + 1 + _BASES.index("lead")
"""How well a period is founded that the opening of a text gives."""

BORROWED: Final = TAKEN_UP + 1 + len(_BASES)
"""How well the time of victims is founded if a text gives no other hours than those for which it counts drones."""

LONGEST: Final = timedelta(hours=18)
"""A longer period enters a day only if it lies within one: "in the past 24 hours" mixes two days."""

VAGUE: Final = timedelta(hours=3)
"""How far both ends of a period that is not given by the clock may lie from one that is the same."""

TELLING: Final = 20
"""A number this large agrees by chance so rarely that it names its event; smaller ones do not."""

MINUTE: Final = timedelta(minutes=1)

SAME_MOMENT: Final = timedelta(minutes=15)
"""Ends of periods that lie no farther apart are the same moment."""

_DRONES: Final = frozenset({"launched", "intercepted", "suppressed", "neutralised", "hit"})


class Stretch(NamedTuple):
    """A reported stretch of time and how well it is founded (see `foundation`)."""

    start: datetime
    end: datetime
    basis: int

    @property
    def length(self) -> timedelta:
        """The time between its ends."""
        return self.end - self.start

    @property
    def by_clock(self) -> bool:
        """Whether its text gives its hours, there or where they are taken up from."""
        return self.basis <= TAKEN_UP

    @property
    def is_day(self) -> bool:
        """Whether only the day is known: nobody counts so long by words without meaning all of it."""
        return not self.by_clock and self.length > LONGEST


def foundation(period: Period) -> int:
    """How well a period is founded, best first: by the clock, by a date ("the night to 21 May"), relative and so on."""
    clock = period.basis == "explicit" and period.precision in ("minute", "hour")
    return CLOCK if clock else TAKEN_UP + 1 + _BASES.index(period.basis)


def family(measure: Measure) -> str:
    """The measures that can contradict each other: counts of drones together, each other measure alone."""
    return "drones" if measure in _DRONES else measure


def is_military(claimant: str) -> bool:
    """Whether a claimant counts on the whole front, as no local authority and no newspaper does."""
    return claimant != "media" and not claimant.startswith("local:")


def operational_day(stretch: Stretch, zone: ZoneInfo) -> date:
    """The local date on which the stretch ends; an end exactly at midnight belongs to the day before."""
    return (stretch.end - timedelta(microseconds=1)).astimezone(zone).date()


def mixes_days(stretch: Stretch, zone: ZoneInfo) -> bool:
    """Whether it is too long for a day and does not lie within one."""
    return stretch.length > LONGEST and stretch.start.astimezone(zone).date() != operational_day(stretch, zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment in UTC at which a local day starts."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Wording:
    """One distinct thing said: claimant, measure, regions, number, period. Canonical, compared by identity.

    `reason` names why it enters no day ("" if it may). `joined` marks
    an undated wording that took the period of a dated one. `parent` is the wording of the whole it is a part of,
    `siblings` (only for the remainder of a whole) all regions the parts of that whole name. `low` is None for an
    attack without a number. `beside` holds the other numbers that the same text gives for the same.
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
    beside: tuple[int, ...]

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
        beside: tuple[int, ...] = (),
    ) -> Wording:
        """The one wording with these contents."""
        # fmt: off
        key = (
            claimant, measure, decoy, scope, regions, low, high, qualifier, period, siblings, parent, reason, joined,
            beside,
        )
        # fmt: on
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = Wording(*key)
        return known

    def joined(self, wording: Wording, period: Stretch, parent: Wording | None) -> Wording:
        """The same wording with the period of the dated one it matched."""
        w = wording
        alike = (w.claimant, w.measure, w.decoy, w.scope, w.regions, w.low, w.high, w.qualifier)
        return self.canon(*alike, period, w.siblings, parent, joined=True)
