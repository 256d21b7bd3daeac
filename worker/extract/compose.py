"""Counts become findings: where, who, when, said by whom, of what standing, part of which other one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

from worker.extract.counts import Count
from worker.extract.places import CAPITAL, CAPITAL_REGION, PlaceGroup, spoken_for
from worker.extract.reading import SentenceReading
from worker.extract.sides import Side, decide, speaks_for
from worker.extract.speakers import claimant_of, speakers
from worker.extract.times import Point, TimeMention, resolve
from worker.gazetteer import country_of
from worker.model import Period

_CAPITALS = {"RU": ("RU-MOW", ("RU-MOS", "RU-MOW")), "UA": ("UA-30", ("UA-32",))}
_MILITARIES = ("RU-MOD", "UA-AF")
_CASUALTIES = ("killed", "injured")
_LEAD = 3  # paragraphs, the title included
_LATER = timedelta(hours=20)


@dataclass(slots=True)
class Finding:
    """One statement with all that was decided about it and why."""

    reading: SentenceReading
    count: Count | None
    measure: str
    side: Side
    codes: tuple[str, ...]
    scope: str
    claimant: str
    period: Period | None
    status: str
    rule: str
    whole: Finding | None = None
    at: int = 0
    why: dict[str, str] = field(default_factory=dict)


class Composer:
    """Goes through an article once, from title to end, and remembers what was said before."""

    def __init__(self, readings: Sequence[SentenceReading], published: datetime | None, home: str) -> None:
        self.readings = readings
        self.published = published
        self.home = home
        self.findings: list[Finding] = []
        self.article_claimants = [name for reading in readings for _, name in speakers(reading)]
        self._last_side: Side | None = None
        self._paragraph = (-1, "")
        self._paragraph_claimant: str | None = None
        self._paragraph_codes: tuple[str, ...] = ()
        self._paragraph_time: tuple[TimeMention, int] | None = None
        self._taken: set[tuple[int, int]] = set()
        self._text_side = _side_of_text(readings, home)
        self._topic = _topic(readings)
        self._capitals()

    def compose(self) -> list[Finding]:
        """Return all findings in the order of the text."""
        for reading in self.readings:
            self._begin(reading)
            for count in reading.counts:
                finding = self._finding(reading, count)
                if finding is not None:
                    self.findings.append(finding)
                    self._last_side = finding.side
            self._nobody_hurt(reading)
            self._end(reading)
        self._attacks()
        self._settle_periods()
        self._split_nights()
        self._past()
        self._parts()
        return self.findings

    def _capitals(self) -> None:
        """Read "the capital" as the one of the side that the text says is attacked."""
        if self._text_side is None or self._text_side.defender not in _CAPITALS:
            return
        city, around = _CAPITALS[self._text_side.defender]
        for reading in self.readings:
            reading.groups = [
                replace(group, codes=(city,) if group.codes == (CAPITAL,) else around)
                if group.codes in ((CAPITAL,), (CAPITAL_REGION,))
                else group
                for group in reading.groups
            ]

    # -- one sentence ------------------------------------------------------------------------------------------

    def _begin(self, reading: SentenceReading) -> None:
        if (reading.paragraph, reading.field) != self._paragraph:
            self._paragraph = (reading.paragraph, reading.field)
            self._paragraph_claimant = None
            self._paragraph_codes = ()
            self._paragraph_time = None

    def _end(self, reading: SentenceReading) -> None:
        named = speakers(reading)
        if named:
            self._paragraph_claimant = named[-1][1]
        codes = [group.codes for group in reading.targets] or (
            [spoken_for(reading.groups)] if spoken_for(reading.groups) else []
        )
        if codes:
            self._paragraph_codes = codes[-1]
        best = max(reading.times, key=lambda mention: mention.weight, default=None)
        if best is not None and best.weight:
            self._paragraph_time = (best, reading.number)

    def _finding(self, reading: SentenceReading, count: Count) -> Finding | None:
        previous = self.findings[-1] if self.findings else None
        if not count.measure:
            whole = self._latest_drones(reading)
            if whole is None:
                reading.units[count.index].role = "counts nothing that is named"
                return None
            count.measure = whole.measure
        elif count.measure == "launched" and count.part and not _names_attack(reading):
            whole = self._latest_drones(reading)
            if whole is not None and whole.count is not None and whole.count.low >= count.low:
                count.measure = whole.measure
        claimant, how_claimant = claimant_of(
            reading, count.index, count.measure, self._paragraph_claimant, self.article_claimants
        )
        codes, places, how_region = self._regions(reading, count, claimant)
        context = previous.side if previous is not None and previous.reading is reading else self._last_side
        same_sentence = previous is not None and previous.reading is reading
        borrowed = how_claimant != "named in the sentence"
        side = decide(
            reading.units,
            count.index,
            count.head,
            count.measure,
            codes,
            None if same_sentence and borrowed else claimant,
            context or self._text_side,
            self.home,
        )
        if previous is not None and same_sentence and count.head is None and not codes:
            if previous.codes and previous.measure == "launched" != count.measure and count.measure not in _CASUALTIES:
                codes, how_region = previous.codes, "the place of the number before"
            side = Side(previous.side.attacker, previous.side.defender, "as the number before")
        if side is not None and borrowed and not speaks_for(claimant, side):
            claimant = previous.claimant if previous is not None and same_sentence else None
        if side is None:
            reading.units[count.index].role = "nobody knows who attacked"
            return None
        if count.rule == "number of number" and previous is not None and previous.reading is reading:
            side = Side(previous.side.attacker, previous.side.defender, "its part")
        if claimant is None and count.measure not in _CASUALTIES:
            claimant = self._only_reporter(side)
        claimant = _settled(claimant, side, codes)
        if claimant == "RU-MOD" and "RU-MOS" in codes:
            codes = tuple(sorted({*codes, "RU-MOW"}))
        scope = "each" if count.each and places > 1 else "rest" if count.rest and not codes else "total"
        mention, basis = self._mention(reading, count)
        period = resolve(mention, self.published, side.defender) if mention is not None else None
        if period is not None and basis == "anaphoric":
            period = Period(start=period.start, end=period.end, basis="anaphoric", precision=period.precision)
        status, how_status = _status(reading, count)
        if mention is not None and mention.shape == "since" and status == "current":
            status = "cumulative"
        if mention is not None and mention.shape == "month" and basis == "relative" and status == "current":
            records = any(unit.has("status", "record") for unit in reading.units)
            status, how_status = ("record" if records else "cumulative"), "a month"
        as_of = any(mention.shape == "until" for mention in reading.times)
        goes_on = previous is not None and basis != "relative" and not as_of and _same_breath(previous, reading)
        if previous is not None and goes_on and status == "current" and previous.side.attacker == side.attacker:
            status, how_status = _carried(previous.status)
        return Finding(
            reading,
            count,
            count.measure,
            side,
            codes,
            scope,
            claimant or "media",
            period,
            status,
            count.rule,
            at=count.index,
            why={
                "side": side.how,
                "claimant": how_claimant,
                "region": how_region,
                "period": basis,
                "status": how_status,
            },
        )

    def _only_reporter(self, side: Side) -> str | None:
        """The one military of the defender that the text names at all."""
        names = {name for name in self.article_claimants if name in _MILITARIES and speaks_for(name, side)}
        return names.pop() if len(names) == 1 else None

    def _latest_drones(self, reading: SentenceReading) -> Finding | None:
        for finding in reversed(self.findings):
            if reading.number - finding.reading.number > 3:
                return None
            if finding.measure not in (*_CASUALTIES, "attack"):
                return finding
        return None

    def _regions(
        self, reading: SentenceReading, count: Count, claimant: str | None
    ) -> tuple[tuple[str, ...], int, str]:
        group = _attached(reading, count, self._taken)
        if group is not None:
            if group.first > count.index:
                self._taken.add((reading.number, group.first))
            return group.codes, group.places, "named beside the number"
        if any(unit.has("particle", "there") for unit in reading.units) and self._paragraph_codes:
            return self._paragraph_codes, len(self._paragraph_codes), "there: the place named before"
        spoken = spoken_for(reading.groups)
        local = claimant is not None and claimant.startswith("local")
        if local and spoken:
            return spoken, 1, "the region of the official"
        if count.measure in _CASUALTIES:
            leading = [found for found in reading.targets if found.last < count.index and found.located]
            if leading:
                return leading[-1].codes, leading[-1].places, "the place of the sentence"
            same = [finding for finding in self.findings if finding.reading is reading and finding.codes]
            if same:
                return same[-1].codes, 1, "the place of the sentence"
            if self._paragraph_codes:
                return self._paragraph_codes, 1, "the place of the paragraph"
            if self._topic:
                return self._topic, 1, "the place of the text"
        if local and claimant == "local" and self._topic and count.measure not in _CASUALTIES:
            return self._topic, 1, "the place of the text"
        if local and claimant is not None and claimant.startswith("local:"):
            return (claimant[6:],), 1, "the region of the official"
        return (), 0, "the whole front"

    def _mention(self, reading: SentenceReading, count: Count) -> tuple[TimeMention | None, str]:
        usable = [mention for mention in reading.times if mention.weight and mention.shape != "until"]
        own = reading.clauses.of[count.index]
        if usable:
            best = max(
                usable,
                key=lambda mention: (
                    mention.weight > 1,
                    reading.clauses.of[max(mention.first, 0)] == own,
                    mention.weight,
                    -abs(mention.first - count.index),
                ),
            )
            return best, "relative"
        length = next((mention for mention in reading.times if mention.shape == "length" and mention.hours), None)
        if length is not None:
            ahead = self._of_length(reading, length.hours or 0)
            if ahead is not None:
                return ahead, "relative"
        if self._paragraph_time is not None and reading.number - self._paragraph_time[1] <= 3:
            return self._paragraph_time[0], "anaphoric"
        return None, "none"

    def _of_length(self, reading: SentenceReading, hours: int) -> TimeMention | None:
        """The stretch of that many hours that the next sentences of the paragraph tell ("within twelve hours")."""
        for other in self.readings:
            near = 0 < other.number - reading.number <= 2 and other.paragraph == reading.paragraph
            for mention in other.times if near and other.field == reading.field else ():
                period = resolve(mention, self.published, "UA") if mention.shape == "range" else None
                if period is not None and period.end - period.start == timedelta(hours=hours):
                    return mention
        return None

    def _nobody_hurt(self, reading: SentenceReading) -> None:
        """Count a plain denial ("no casualties") as zero; "not reported" says nothing."""
        if not (reading.about_drones or self.findings):
            return
        said: set[str] = set()
        for index, unit in enumerate(reading.units):
            if not unit.has("measure", *_CASUALTIES) and unit.kind != "casualties":
                continue
            if not _denied(reading, index) or _things(reading, index):
                continue
            measures = _CASUALTIES if unit.kind == "casualties" else (unit.value,)
            for measure in measures:
                if measure in said or any(
                    finding.reading is reading and finding.measure == measure for finding in self.findings
                ):
                    continue
                said.add(measure)
                count = Count(index, 0, 0, "exact", index, measure, index, "nobody", last=index)
                finding = self._finding(reading, count)
                if finding is not None:
                    self.findings.append(finding)

    # -- the whole article -------------------------------------------------------------------------------------

    def _attacks(self) -> None:
        """A stated attack without a number, where no count speaks of the place."""
        counted = {code for finding in self.findings for code in finding.codes}
        for reading in self.readings:
            if not reading.about_drones:
                continue
            trigger = next(
                (
                    index
                    for index, unit in enumerate(reading.units)
                    if unit.kind == "attack" or unit.has("measure", "hit", "launched", "intercepted")
                ),
                None,
            )
            if trigger is None or any(unit.kind == "other" for unit in reading.units):
                continue
            for group in reading.targets:
                codes = tuple(code for code in group.codes if code not in counted)
                if not codes:
                    continue
                claimant, how = claimant_of(reading, trigger, "attack", None, ())
                drone = next((i for i, unit in enumerate(reading.units) if unit.kind == "drone"), None)
                side = decide(reading.units, trigger, drone, "attack", codes, claimant, self._text_side, self.home)
                if side is None:
                    continue
                counted.update(codes)
                usable = [mention for mention in reading.times if mention.weight and mention.shape != "until"]
                mention = max(usable, key=lambda found: found.weight, default=None)
                period = resolve(mention, self.published, side.defender) if mention is not None else None
                status, how_status = _status_of(reading, trigger)
                self.findings.append(
                    Finding(
                        reading,
                        None,
                        "attack",
                        side,
                        codes,
                        "affected",
                        _settled(claimant, side, codes) or "media",
                        period,
                        status,
                        "attack+place",
                        at=group.first,
                        why={"side": side.how, "claimant": how, "status": how_status},
                    )
                )

    def _settle_periods(self) -> None:
        """What has no time of its own takes that of the lead, if it is near it and on the same front."""
        lead: dict[str, Period] = {}
        for finding in self.findings:
            front = finding.side.attacker
            if (
                finding.period is not None
                and front not in lead
                and finding.status == "current"
                and _in_lead(finding.reading)
            ):
                lead[front] = finding.period
        lead_front = next((finding.side.attacker for finding in self.findings if _in_lead(finding.reading)), None)
        for finding in self.findings:
            if finding.period is not None or finding.status not in ("current",):
                continue
            front = finding.side.attacker
            period = lead.get(front)
            if period is None and front == lead_front and _in_lead(finding.reading) and self.published is not None:
                period = self._latest_day(finding.side.defender)
            if period is None:
                continue
            finding.period = Period(start=period.start, end=period.end, basis="lead", precision=period.precision)
            finding.why["period"] = "lead"

    def _latest_day(self, defender: str) -> Period | None:
        for reading in self.readings:
            for mention in reading.times:
                if mention.weight > 1 and _in_lead(reading):
                    return resolve(mention, self.published, defender)
        return resolve(TimeMention(0, 0, _TODAY, None, "point"), self.published, defender, "lead")

    def _split_nights(self) -> None:
        """End the first count where "a further 32 in the early hours" begins: the two numbers add up.

        Only a time that is not given by the clock is cut so.
        """
        for first, further in pairwise(self.findings):
            if further.count is None or not further.count.further or first.reading is not further.reading:
                continue
            one, other = first.period, further.period
            if (
                one is None
                or other is None
                or (first.measure, first.side.attacker)
                != (
                    further.measure,
                    further.side.attacker,
                )
            ):
                continue
            if one.precision == "part_of_day" and one.start < other.start < one.end <= other.end:
                first.period = Period(start=one.start, end=other.start, basis=one.basis, precision=one.precision)

    def _past(self) -> None:
        """A dated night well before the newest one of the text is told for comparison."""
        newest: dict[str, datetime] = {}
        for finding in self.findings:
            if finding.period is not None and finding.status == "current":
                front = finding.side.attacker
                newest[front] = max(newest.get(front, finding.period.end), finding.period.end)
        for finding in self.findings:
            if finding.period is None or finding.status != "current":
                continue
            if newest[finding.side.attacker] - finding.period.end > _LATER:
                finding.status, finding.why["status"] = "historic", "an earlier night than the newest of the text"

    def _parts(self) -> None:
        for index, finding in enumerate(self.findings):
            count = finding.count
            if count is None or finding.measure in _CASUALTIES:
                continue
            wholes = [
                other
                for other in self.findings[:index]
                if other.count is not None
                and _contains(other, finding)
                and finding.reading.number - other.reading.number <= 6
            ]
            if not wholes:
                continue
            whole = wholes[-1]
            if count.further or count.rest:
                parts = [other for other in self.findings[:index] if other.whole is not None]
                for candidate in reversed(wholes):
                    inside = [part for part in parts if part.whole is candidate and part.count is not None]
                    total = sum(part.count.low for part in inside if part.count is not None) + count.low
                    if inside and candidate.count is not None and total <= candidate.count.low:
                        finding.whole = candidate
                        break
                else:
                    if count.part:
                        finding.whole = whole
                continue
            if count.part or (finding.codes and _smaller_place(finding, whole)):
                finding.whole = whole


def _carried(status: str) -> tuple[str, str]:
    return (status, "as the sentence before") if status in ("historic", "cumulative") else ("current", "")


def _names_attack(reading: SentenceReading) -> bool:
    return any(unit.kind == "attack" for unit in reading.units)


def _same_breath(previous: Finding, reading: SentenceReading) -> bool:
    """Tell whether the same thing is still spoken of: the same paragraph, or the next line of a list."""
    return reading.number - previous.reading.number <= 1 and (
        previous.reading.paragraph == reading.paragraph or previous.reading.units[-1].has("mark", ":", ";", ",")
    )


def _in_lead(reading: SentenceReading) -> bool:
    return reading.field == "title" or reading.paragraph < _LEAD - 1


def _contains(whole: Finding, part: Finding) -> bool:
    if whole.count is None or part.count is None or whole.side.attacker != part.side.attacker:
        return False
    if whole.measure != part.measure and not (
        whole.measure == "neutralised" and part.measure in ("intercepted", "suppressed")
    ):
        return False
    if whole.status != part.status or (whole.whole is not None and not part.count.part):
        return False
    if whole.codes and not set(part.codes) <= set(whole.codes):
        return False
    return part.count.low <= whole.count.low and (whole.count.low, whole.codes) != (part.count.low, part.codes)


def _smaller_place(part: Finding, whole: Finding) -> bool:
    return not whole.codes or set(part.codes) < set(whole.codes)


def _attached(reading: SentenceReading, count: Count, taken: set[tuple[int, int]]) -> PlaceGroup | None:
    """The group of places that belongs to a number: behind a dash or bracket before it, behind it, or leading."""
    sentence = reading.units
    targets = reading.targets
    before = next((group for group in reversed(targets) if group.last < count.index), None)
    if before is not None:
        gap = sentence[before.last + 1 : count.index]
        signs = [unit for unit in gap if unit.has("mark", "–", ":", "(", "-")]
        if (
            len(gap) <= 6
            and signs
            and not any(unit.kind in ("number", "measure") or unit.has("mark", ",", ";", ")") for unit in gap)
        ):
            return before
    for group in targets:
        if group.first <= count.index:
            continue
        gap = sentence[count.index + 1 : group.first]
        blocked = any(
            (unit.kind in ("number", "vague") and unit.role != "time" and not unit.role.startswith("counts"))
            or unit.has("mark", ";", ",", "(", ":")
            or unit.kind == "clause"
            for unit in gap
        )
        if not blocked and len(gap) <= 18:
            return group
        break
    if before is not None and not (count.further and (reading.number, before.first) in taken):
        gap = sentence[before.last + 1 : count.index]
        other = any(unit.kind in ("number", "vague") and unit.role == "claim" for unit in gap)
        if (
            not other
            and not any(unit.has("mark", ";", ":") for unit in gap)
            and (
                before.located
                or before.first == 0
                or count.each
                or reading.clauses.of[before.last] == reading.clauses.of[count.index]
            )
        ):
            return before
    return None


def _settled(claimant: str | None, side: Side, codes: Sequence[str]) -> str | None:
    """A ministry without a country is the defender's; an official without a region is that of the place."""
    if claimant == "MOD":
        return f"{side.defender}-MOD" if side.defender in ("RU", "UA") else None
    if claimant == "local":
        return f"local:{codes[0]}" if codes else None
    return claimant


def _denied(reading: SentenceReading, index: int) -> bool:
    own = reading.clauses.of[index]
    if any(
        unit.kind == "report" and position and reading.units[position - 1].has("particle", "no")
        for position, unit in enumerate(reading.units)
    ):
        return False
    return any(
        unit.has("particle", "no") and abs(reading.clauses.of[position] - own) <= 1 and abs(position - index) <= 7
        for position, unit in enumerate(reading.units)
    ) and not any(
        unit.kind in ("number", "vague") and unit.role in ("claim", "") and abs(position - index) <= 4
        for position, unit in enumerate(reading.units)
    )


def _things(reading: SentenceReading, index: int) -> bool:
    """Tell whether houses or other things, not people, are said to be unharmed."""
    own = reading.clauses.of[index]
    near = [unit for position, unit in enumerate(reading.units) if reading.clauses.of[position] == own]
    return any(unit.kind == "unit" for unit in near) and not any(unit.kind == "person" for unit in near)


def _status(reading: SentenceReading, count: Count) -> tuple[str, str]:
    return _status_of(reading, count.index)


def _status_of(reading: SentenceReading, index: int) -> tuple[str, str]:
    own = reading.clauses.of[index]
    newest = any(unit.has("status", "now") for unit in reading.units)
    cues = [
        (abs(position - index), unit)
        for position, unit in enumerate(reading.units)
        if unit.kind == "status"
        and (
            position < index
            or reading.clauses.of[position] == own
            or (unit.value == "cumulative" and reading.clauses.of[position] == own + 1)
        )
    ]
    cues.sort(key=lambda cue: cue[0])
    values = {unit.value for _, unit in cues}
    if "record" in values and "historic" in values:
        return "record", "a past record"
    for distance, unit in cues:
        if unit.value == "cumulative" and not newest:
            return "cumulative", unit.form
        if unit.value == "historic":
            return "historic", unit.form
        if unit.value == "planned" and distance <= 4:
            return "planned", unit.form
    return "current", ""


def _topic(readings: Sequence[SentenceReading]) -> tuple[str, ...]:
    """The one region that title and first sentences speak of, else none."""
    for reading in readings[:3]:
        codes = {code for group in reading.groups if group.role in ("target", "speaker") for code in group.codes}
        if len(codes) == 1:
            return tuple(codes)
        if codes:
            return ()
    return ()


def _side_of_text(readings: Sequence[SentenceReading], home: str) -> Side | None:
    """Whose places the text names most, title counting double: they are attacked."""
    votes: Counter[str] = Counter()
    for reading in readings[:8]:
        weight = 2 if reading.field == "title" else 1
        for group in reading.targets:
            for code in group.codes:
                if code in (CAPITAL, CAPITAL_REGION):
                    continue
                country = "RU" if code in ("UA-43", "UA-40") else country_of(code)
                if country in ("RU", "UA"):
                    votes[country] += weight
        for position, unit in enumerate(reading.units):
            following = reading.units[position + 1] if position + 1 < len(reading.units) else None
            if (
                unit.kind == "nation"
                and unit.value.endswith("adjective")
                and following is not None
                and following.kind in ("drone", "attack")
            ):
                votes["UA" if unit.value.startswith("RU") else "RU"] += 3 * weight
    if not votes:
        if not any(
            unit.kind in ("nation", "claimant") or (unit.kind == "drone" and unit.value in ("RU", "UA"))
            for reading in readings
            for unit in reading.units
        ):
            return None
        return Side("RU" if home == "UA" else "UA", home, "language")
    defender = votes.most_common(1)[0][0]
    return Side("UA" if defender == "RU" else "RU", defender, "text")


_TODAY = Point(0, 0, offset=0)
