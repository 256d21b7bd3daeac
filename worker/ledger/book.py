"""All live claims of one front, in memory: entries in, days out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush
from zoneinfo import ZoneInfo

from worker.ledger.crowd import Presence, together
from worker.ledger.day import DayLedger
from worker.ledger.ending import Ending
from worker.ledger.homes import Homes, Number
from worker.ledger.plan import WEEK, Footprint, Places, Plans
from worker.ledger.reading import Readings, read
from worker.ledger.record import Appearance, Record, Stamp
from worker.ledger.result import Account, DayResult, WeekResult
from worker.ledger.undated import Group
from worker.ledger.wording import Wording, operational_day
from worker.model import ArticleClaims, Edition


class Book:
    """The ledger of one front, rebuilt from entries in any order.

    Everything it answers is a function of the newest edition of each article put into it. The cost of one more
    article depends on its own claims, not on how many articles there are, unless it says something new.
    """

    def __init__(self, front: str, zone: ZoneInfo) -> None:
        self.front = front
        self.zone = zone
        self._readings = Readings()
        self._plans = Plans(front.split(">")[1])
        self._homes = Homes(zone)
        self._records: dict[str, Record] = {}
        self._groups: dict[tuple[date, frozenset[Wording]], Group] = {}
        self._watchers: dict[Number, set[Group]] = {}
        self._days: dict[date, DayLedger] = {}
        self._twice: dict[date, Counter[str]] = {}
        self._spread: set[Record] = set()
        self._ending = Ending(self._last_day)
        self._dirty: set[date] = set()
        self._stamps: list[Stamp] = []
        self._horizon = date.min

    def __len__(self) -> int:
        """Articles remembered, retracted ones included."""
        return len(self._records)

    def put(self, entry: ArticleClaims) -> bool:
        """Take over one edition of one article; False if it is no newer than the one already here.

        Empty claims retract; the edition stays known, so that an older one that comes late changes nothing.
        Raises ValueError if the entry is about another front.
        """
        if entry.front is not None and entry.front != self.front:
            msg = f"an entry about {entry.front} was put into the book of {self.front}"
            raise ValueError(msg)
        edition = entry.edition or Edition(version=entry.version)
        old = self._records.get(entry.article_id)
        if old is not None and edition <= old.edition:
            return False
        record = Record(entry, edition, *read(entry, self.front, self.zone, self._readings))
        self._exchange(old, record)
        return True

    def edition(self, article_id: str) -> Edition | None:
        """The newest edition known of an article."""
        record = self._records.get(article_id)
        return record.edition if record else None

    def days(self) -> tuple[date, ...]:
        """The days about which anything is said."""
        return tuple(sorted(self._days))

    @property
    def watermark(self) -> datetime | None:
        """The newest time of an article that says anything about a day; None where nothing is said."""
        while self._stamps and not self._stamps[0].live:
            heappop(self._stamps)
        return self._stamps[0].at if self._stamps else None

    def dirty(self) -> frozenset[date]:
        """The days whose result may have changed since `take_dirty`."""
        return frozenset(self._dirty)

    def take_dirty(self) -> frozenset[date]:
        """The days whose result may have changed since last taken."""
        days, self._dirty = frozenset(self._dirty), set()
        return days

    def day(self, day: date) -> DayResult:
        """The cells of one operational day; empty if nothing is said about it."""
        ledger = self._days.get(day)
        return ledger.result() if ledger else DayResult(day)

    def accounts(self, day: date) -> list[Account]:
        """What became of each distinct statement about one operational day, in the order in which they appeared."""
        ledger = self._days.get(day)
        return ledger.accounts() if ledger else []

    def week(self, last: date) -> WeekResult:
        """The seven days that end with `last` and how much stands behind them together."""
        span = [last - timedelta(days=back) for back in reversed(range(WEEK))]
        present: dict[str, list[Presence]] = {}
        for ledger in (self._days[day] for day in span if day in self._days):
            for region, presence in ledger.presence.items():
                present.setdefault(region, []).append(presence)
        twice = self._twice.get(last, Counter())
        coverage = {region: together(present[region], twice[region]) for region in sorted(present)}
        return WeekResult(last, tuple(self.day(day) for day in span), coverage)

    def expire(self, before: date) -> list[str]:
        """Forget articles all of whose claims count in days before `before`; returns their ids, sorted.

        Days before it stay empty from now on, also for articles that still have claims in later ones. What it costs
        depends on what is forgotten, not on what stays.
        """
        self._horizon = max(self._horizon, before)
        ended = self._ending.take(before)
        gone = sorted(record.article_id for record in ended if self._records.get(record.article_id) is record)
        for article_id in gone:
            self._exchange(self._records[article_id], None)
        self._replace([record for record in self._spread if record.plan and record.plan.first < before])
        for day in [day for day in self._days if day < before]:
            del self._days[day]
        self._dirty = {day for day in self._dirty if day >= before}
        return gone

    def _exchange(self, old: Record | None, new: Record | None) -> None:
        """Replace one article's claims and move whatever else depends on them."""
        gone = old.reading.dated if old else ()
        come = new.reading.dated if new else ()
        touched = dict.fromkeys((*gone, *come))
        numbers = {w: self._standing(w) for w in touched}
        if old is not None:
            self._lift(old)
            self._leave(old)
            del self._records[old.article_id]
        moved = self._homes.change(gone, come)
        if new is not None:
            self._records[new.article_id] = new
            self._join(new)
            self._set_down(new)
        self._replace({record for w, day in moved.items() for record in self._carriers(w, day)})
        changed: set[Number] = set()
        for wording, before in numbers.items():
            after = self._standing(wording)
            if before != after:
                changed |= {standing[0] for standing in (before, after) if standing}
        for wording, day in moved.items():
            if wording.number is not None:
                changed.add((day, wording.measure, wording.number))
                changed.add((self._homes.home[wording], wording.measure, wording.number))
        groups = {group for number in changed for group in self._watchers.get(number, ())}
        if new is not None and new.group is not None and new.group.placement is None:
            groups.add(new.group)
        for group in groups:
            placement = group.place(self._dated, self._readings.wordings)
            if placement != group.placement:
                group.placement = placement
                self._replace([self._records[article_id] for article_id in group.articles])

    def _standing(self, wording: Wording) -> tuple[Number, Appearance] | None:
        """Where a dated number stands and since when; None where it is not live or no exact number."""
        day = self._homes.home.get(wording)
        if day is None or wording.number is None or day not in self._days:
            return None
        crowd = self._days[day].crowds.get(wording)
        return ((day, wording.measure, wording.number), crowd.first) if crowd else None

    def _carriers(self, wording: Wording, day: date) -> Iterable[Record]:
        ledger = self._days.get(day)
        return ledger.crowds.get(wording, ()) if ledger else ()

    def _dated(self, number: Number) -> list[tuple[Wording, Appearance]]:
        ledger = self._days.get(number[0])
        if ledger is None:
            return []
        return [(w, ledger.crowds[w].first) for w in self._homes.numbers.get(number, ()) if w in ledger.crowds]

    def _replace(self, records: Iterable[Record]) -> None:
        for record in records:
            self._lift(record)
            self._set_down(record)

    def _join(self, record: Record) -> None:
        """Enter the group of articles with the same undated wordings of the same day."""
        if not record.reading.undated:
            return
        key = (self._published(record), record.reading.undated)
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = Group(*key)
            for number in group.numbers():
                self._watchers.setdefault(number, set()).add(group)
        group.articles.add(record.article_id)
        record.group = group

    def _leave(self, record: Record) -> None:
        group = record.group
        if group is None:
            return
        group.articles.discard(record.article_id)
        if group.articles:
            return
        del self._groups[group.published, group.wordings]
        for number in group.numbers():
            self._watchers[number].discard(group)
            if not self._watchers[number]:
                del self._watchers[number]

    def _published(self, record: Record) -> date:
        return record.published.astimezone(self.zone).date()

    def _last_day(self, record: Record) -> date:
        return (record.plan.last if record.plan else None) or self._published(record)

    def _places(self, record: Record) -> Places:
        """Where the claims of an article count or are set aside."""
        published = self._published(record)
        placement = record.group.placement if record.group else None
        found: dict[date, dict[Wording, int]] = {}
        for position, wording in enumerate(record.reading.wordings):
            if wording.reason:
                period = wording.period if wording.reason != "impossible_period" else None
                day = operational_day(period, self.zone) if period else published
            elif wording.period:
                day = self._homes.home[wording]
            elif placement is None:  # its group is placed as soon as all dated claims stand
                continue
            else:
                joined = placement.joined.get(wording)
                day, wording = (placement.day, joined) if joined else (published, wording)
            found.setdefault(day, {}).setdefault(wording, position)
        return tuple((day, tuple(wordings.items())) for day, wordings in found.items() if day >= self._horizon)

    def _set_down(self, record: Record) -> None:
        """Enter an article's claims into their days and count it there."""
        stamp = record.stamp = Stamp(record.stamp.at)
        plan = record.plan = self._plans.canon(self._places(record))
        for day, wordings in plan.days:
            ledger = self._days.get(day)
            if ledger is None:
                ledger = self._days[day] = DayLedger(self.front, day)
            for wording, _ in wordings:
                ledger.add(wording, record)
            _count(ledger.presence, plan.footprints[day], record, stamp)
            self._dirty.add(day)
        if plan.twice:
            self._spread.add(record)
            for last, again in plan.twice.items():
                self._twice.setdefault(last, Counter()).update(again)
        self._ending.add(record, self._records.values(), len(self._records))
        if plan.days:
            heappush(self._stamps, stamp)
            if len(self._stamps) > 2 * len(self._records) + 16:
                self._stamps = [stamp for stamp in self._stamps if stamp.live]
                heapify(self._stamps)

    def _lift(self, record: Record) -> None:
        """Take an article's claims out of their days again."""
        plan = record.plan
        if plan is None:
            return
        record.stamp.live = False
        for day, wordings in plan.days:
            ledger = self._days.get(day)
            if ledger is None:  # expired
                continue
            for wording, _ in wordings:
                ledger.remove(wording, record)
            _uncount(ledger.presence, plan.footprints[day], record)
            if not ledger.crowds:
                del self._days[day]
            self._dirty.add(day)
        if plan.twice:
            self._spread.discard(record)
            for last, again in plan.twice.items():
                self._twice[last].subtract(again)
                if not any(self._twice[last].values()):
                    del self._twice[last]
        record.plan = None


def _count(presence: dict[str, Presence], footprint: Footprint, record: Record, stamp: Stamp) -> None:
    for region, claimants in footprint:
        here = presence.get(region)
        if here is None:
            here = presence[region] = Presence()
        here.add(record.outlet, record.language, claimants, stamp)


def _uncount(presence: dict[str, Presence], footprint: Footprint, record: Record) -> None:
    for region, claimants in footprint:
        here = presence.get(region)
        if here is not None:
            here.remove(record.outlet, record.language, claimants)
            if not here.articles:
                del presence[region]
