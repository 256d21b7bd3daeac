"""All live claims of one front, in memory: entries in, days out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from worker.ledger.chorus import Chorus
from worker.ledger.crowd import Presence, together
from worker.ledger.day import DayLedger
from worker.ledger.ending import Ending
from worker.ledger.homes import Homes, Number
from worker.ledger.plan import WEEK, Places, Plan, Plans
from worker.ledger.reading import Reading, Readings, published_at, read
from worker.ledger.record import Appearance, Record
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
        self._choruses: dict[tuple[Reading, date], Chorus] = {}
        self._groups: dict[tuple[date, frozenset[Wording]], Group] = {}
        self._watchers: dict[Number, set[Group]] = {}
        self._days: dict[date, DayLedger] = {}
        self._twice: dict[date, Counter[str]] = {}
        self._spread: set[Chorus] = set()
        self._ending = Ending()
        self._dirty: set[date] = set()
        self._watermark: datetime | None = None  # None: to be looked up among the days
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
        reading, claim_ids = read(entry, self.front, self.zone, self._readings)
        published = published_at(entry).astimezone(self.zone).date()
        chorus = self._choruses.get((reading, published))
        if chorus is None:
            chorus = Chorus(reading, published)
        self._exchange(old, Record(entry, edition, chorus, claim_ids))
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
        if self._watermark is None:
            self._watermark = max((ledger.newest for ledger in self._days.values()), default=None)
        return self._watermark

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
        ended = [c for c in self._ending.take(before) if self._choruses.get((c.reading, c.published)) is c]
        gone = sorted(record.article_id for chorus in ended for record in chorus)
        for record in sorted(map(self._records.__getitem__, gone), reverse=True):
            self._exchange(record, None)
        self._replace([chorus for chorus in self._spread if chorus.plan and chorus.plan.first < before])
        for day in [day for day in self._days if day < before]:
            del self._days[day]
        self._dirty = {day for day in self._dirty if day >= before}
        self._watermark = None
        return gone

    def _exchange(self, old: Record | None, new: Record | None) -> None:
        """Replace one article's claims and move whatever else depends on them.

        An article that says what others of its day say is only counted with them. A chorus begins with its first
        article and ends with its last.
        """
        self._watermark = None
        born = new.chorus if new and not len(new.chorus) else None
        dying = old.chorus if old and len(old.chorus) == 1 and (new is None or new.chorus is not old.chorus) else None
        touched: dict[Wording, None] = {}
        for record in (old, new):
            if record and (not len(record.chorus) or not record.chorus.first < record):
                touched.update(dict.fromkeys(record.chorus.reading.dated))
        numbers = {wording: self._standing(wording) for wording in touched}
        if new is not None and born is None:
            self._admit(new)
        if old is not None:
            if dying is None:
                self._dismiss(old)
            else:
                self._lift(dying)
                self._disband(dying)
            del self._records[old.article_id]
        moved: dict[Wording, date] = {}
        if born is not None or dying is not None:
            gone = dying.reading.dated if dying is not None else ()
            moved = self._homes.change(gone, born.reading.dated if born is not None else ())
        if new is not None:
            self._records[new.article_id] = new
        if new is not None and born is not None:
            born.add(new)
            self._form(born)
            self._set_down(born)
        self._replace({chorus for wording, day in moved.items() for chorus in self._carriers(wording, day)})
        self._follow(numbers, moved, born)

    def _follow(
        self, numbers: dict[Wording, tuple[Number, Appearance] | None], moved: dict[Wording, date], born: Chorus | None
    ) -> None:
        """Place undated wordings anew, where the numbers they are placed by appeared, went, moved or grew older."""
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
        if born is not None and born.group is not None and born.group.placement is None:
            groups.add(born.group)
        for group in groups:
            placement = group.place(self._dated, self._readings.wordings)
            if placement != group.placement:
                group.placement = placement
                self._replace(set(group.choruses))

    def _standing(self, wording: Wording) -> tuple[Number, Appearance] | None:
        """Where a dated number stands and since when; None where it is not live or no exact number."""
        day = self._homes.home.get(wording)
        if day is None or wording.number is None or day not in self._days:
            return None
        crowd = self._days[day].crowds.get(wording)
        return ((day, wording.measure, wording.number), crowd.first) if crowd else None

    def _carriers(self, wording: Wording, day: date) -> Iterable[Chorus]:
        ledger = self._days.get(day)
        crowd = ledger.crowds.get(wording) if ledger else None
        return crowd.choruses if crowd else ()

    def _dated(self, number: Number) -> list[tuple[Wording, Appearance]]:
        ledger = self._days.get(number[0])
        if ledger is None:
            return []
        return [(w, ledger.crowds[w].first) for w in self._homes.numbers.get(number, ()) if w in ledger.crowds]

    def _admit(self, record: Record) -> None:
        """Count an article in its chorus."""
        chorus = record.chorus
        chorus.add(record)
        plan = chorus.plan
        for day, wordings in plan.days if plan else ():
            ledger = self._days.get(day)
            if ledger is not None:  # not expired
                ledger.joined(chorus, record, wordings)
                self._dirty.add(day)
        if plan is not None:
            self._count_twice(plan, 1)

    def _dismiss(self, record: Record) -> None:
        """Count an article in its chorus no more."""
        chorus = record.chorus
        first = chorus.first is record
        chorus.remove(record)
        plan = chorus.plan
        for day, wordings in plan.days if plan else ():
            ledger = self._days.get(day)
            if ledger is not None:
                ledger.parted(chorus, record, wordings, first=first)
                self._dirty.add(day)
        if plan is not None:
            self._count_twice(plan, -1)

    def _form(self, chorus: Chorus) -> None:
        """Enter the group of choruses with the same undated wordings of the same day."""
        self._choruses[chorus.reading, chorus.published] = chorus
        if not chorus.reading.undated:
            return
        key = (chorus.published, chorus.reading.undated)
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = Group(*key)
            for number in group.numbers():
                self._watchers.setdefault(number, set()).add(group)
        group.choruses.add(chorus)
        chorus.group = group

    def _disband(self, chorus: Chorus) -> None:
        del self._choruses[chorus.reading, chorus.published]
        group = chorus.group
        if group is None:
            return
        group.choruses.discard(chorus)
        if group.choruses:
            return
        del self._groups[group.published, group.wordings]
        for number in group.numbers():
            self._watchers[number].discard(group)
            if not self._watchers[number]:
                del self._watchers[number]

    def _replace(self, choruses: Iterable[Chorus]) -> None:
        for chorus in choruses:
            self._lift(chorus)
            self._set_down(chorus)

    def _places(self, chorus: Chorus) -> Places:
        """Where the claims of articles count or are set aside."""
        published = chorus.published
        placement = chorus.group.placement if chorus.group else None
        found: dict[date, dict[Wording, int]] = {}
        for position, wording in enumerate(chorus.reading.wordings):
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

    def _set_down(self, chorus: Chorus) -> None:
        """Enter the claims of articles into their days and count them there."""
        plan = chorus.plan = self._plans.canon(self._places(chorus))
        for day, wordings in plan.days:
            ledger = self._days.get(day)
            if ledger is None:
                ledger = self._days[day] = DayLedger(self.front, day)
            ledger.enter(chorus, wordings, plan.footprints[day])
            self._dirty.add(day)
        if plan.twice:
            self._spread.add(chorus)
            self._count_twice(plan, len(chorus))
        self._ending.add(chorus, self._choruses.values())

    def _lift(self, chorus: Chorus) -> None:
        """Take the claims of articles out of their days again."""
        plan, chorus.plan = chorus.plan, None
        if plan is None:
            return
        for day, wordings in plan.days:
            ledger = self._days.get(day)
            if ledger is None:  # expired
                continue
            ledger.leave(chorus, wordings)
            if ledger.empty:
                del self._days[day]
            self._dirty.add(day)
        if plan.twice:
            self._spread.discard(chorus)
            self._count_twice(plan, -len(chorus))

    def _count_twice(self, plan: Plan, articles: int) -> None:
        """Keep how often weeks would count articles again that speak of more than one of their days."""
        for last, again in plan.twice.items():
            twice = self._twice.setdefault(last, Counter())
            for region, times in again.items():
                twice[region] += times * articles
                if not twice[region]:
                    del twice[region]
            if not twice:
                del self._twice[last]
