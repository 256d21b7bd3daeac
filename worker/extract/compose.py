"""Counts become findings: where, who, when, said by whom, of what standing, part of which other one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

from worker.extract.attacks import add_attacks
from worker.extract.findings import Finding
from worker.extract.grammar.ellipses import GONE_ON
from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES
from worker.extract.numbers.announcements import Announcement, mark_raids
from worker.extract.numbers.causes import leave_to_other_weapon
from worker.extract.numbers.counted import ALL_OF, NUMBER_OF_NUMBER, RESTATED, SUM, Count
from worker.extract.numbers.denials import spared, take_back, told_ahead
from worker.extract.numbers.details import ONE_OF_THEM, tells_who
from worker.extract.numbers.ministry import OF_MINISTRY, without_verb
from worker.extract.numbers.victims import IN_CARE
from worker.extract.reading import MOST_FINDINGS
from worker.extract.sentence import SentenceReading
from worker.extract.when.announced import AnnouncedSum
from worker.extract.when.dating import dated
from worker.extract.when.earlier import (
    OF_THOSE_THAT_CAME,
    back_then,
    counted_hurt,
    goes_on_with,
    hurt_before,
    hurt_too,
    latest_drones,
    may_go_on,
    of_other_things,
    of_those,
    outgrows,
    said,
    same_breath,
    spoken_of,
    spotted,
)
from worker.extract.when.mentions import is_night, mention_of, of_own_time, opens_report, weightiest
from worker.extract.when.nights import mark_past, only_day, settle_periods, split_nights
from worker.extract.when.overtaken import mark_overtaken, mark_reported_before
from worker.extract.when.periods import resolve
from worker.extract.when.standing import RISEN, back_to_now, carried, only_reported_before, opens_past
from worker.extract.when.times import TimeMention
from worker.extract.when.until_now import so_far
from worker.extract.where.attachment import attacked, cut_off
from worker.extract.where.capitals import name_capitals, place_namesakes
from worker.extract.where.officials import OF_OFFICIAL
from worker.extract.where.parts import part_and_whole, without_kinds
from worker.extract.where.whereabouts import OF_COUNTRY, Whereabouts
from worker.extract.who.quotes import quoted_by
from worker.extract.who.sides import Side, decide, flew_on, of_another_war, side_of_attack, speaks_for
from worker.extract.who.speakers import (
    claimant_of,
    held_beside,
    held_by_speakers,
    of_elsewhere,
    settled,
    speakers,
    unheard,
)
from worker.extract.who.topics import side_of_text, whose_enemy
from worker.extract.who.trenches import counts_in_field, of_front_line
from worker.lexicon import Grammar
from worker.model import Period

# Whose enemy an unnamed "enemy" is in the papers of other countries.
_SIDE_TAKEN = "UA"
# More drones than this in one day are the small ones of the front line; the largest attacks had some eight hundred.
_MOST_IN_A_DAY = 2_500
_TELLING = 10  # smaller numbers are too common to be counts of drones by "it was" alone
_MILITARIES = ("RU-MOD", "UA-AF")


class Composer:
    """Goes through an article once, from title to end, and remembers what was said before."""

    def __init__(
        self,
        readings: Sequence[SentenceReading],
        published: datetime | None,
        grammar: Grammar,
        outlet: str | None = None,
    ) -> None:
        self.grammar = grammar
        self.readings = readings
        self.published = published
        self.findings: list[Finding] = []
        self.article_claimants = [name for reading in readings for _, name in speakers(reading)]
        self._held = held_by_speakers(readings)
        if outlet is not None:
            self.article_claimants.append(outlet)
        self._last_side: Side | None = None
        self._paragraph = (-1, "")
        self._paragraph_claimant: str | None = None
        self._paragraph_time: tuple[TimeMention, int] | None = None
        self._day: TimeMention | None = None  # that stands above what follows
        self._told_night: TimeMention | None = None
        self._past = False
        self._counted_time: TimeMention | None = None
        self._drones_named = False
        place_namesakes(readings)
        home = grammar.home or _SIDE_TAKEN
        self._text_side = side_of_text(readings, home, at_war=grammar.home is not None)
        self.home = whose_enemy(readings, self._text_side, home)
        name_capitals(readings, self._text_side)
        self._where = Whereabouts(readings, self.article_claimants)
        self._announced = Announcement()
        self._sums = AnnouncedSum()
        self._front_line = of_front_line(readings)

    def compose(self) -> list[Finding]:
        """Return all findings in the order of the text."""
        for reading in takewhile(lambda _: len(self.findings) < MOST_FINDINGS, self.readings):
            self._begin(reading)
            for count in reading.counts:
                finding = self._finding(reading, count)
                if finding is not None and tells_who(finding, self.findings, self.readings):
                    reading.units[count.index].role = ONE_OF_THEM
                elif finding is not None:
                    self.findings.append(finding)
                    self._last_side = finding.side
            self._nobody_hurt(reading)
            self._end(reading)
        add_attacks(self.findings, self.readings, self.published, self._text_side, self.home, self._held)
        settle_periods(self.findings, self.readings, self.published)
        split_nights(self.findings)
        mark_past(self.findings, self.readings, self.published)
        mark_overtaken(self.findings)
        mark_reported_before(self.findings)
        mark_raids(self.findings)
        part_and_whole(self.findings)
        return without_kinds(self.findings)

    def _begin(self, reading: SentenceReading) -> None:
        self._counted_time = None
        if (reading.paragraph, reading.field) != self._paragraph:
            self._paragraph = (reading.paragraph, reading.field)
            self._paragraph_claimant = None
            self._paragraph_time = (self._day, reading.number) if self._day is not None else None
            self._past = False
        self._paragraph_claimant = quoted_by(self.readings, reading) or self._paragraph_claimant
        self._where.begin(reading)

    def _end(self, reading: SentenceReading) -> None:
        if not reading.counts and not reading.heading:
            self._last_side = side_of_attack(reading.units) or self._last_side
        named = speakers(reading)
        if named:
            # Where somebody is quoted from an outlet or a channel, it is their word that goes on.
            own = [name for _, name in named if name != "media"]
            self._paragraph_claimant = own[-1] if own else "media"
        self._where.end(reading)
        self._day = only_day(reading) or (self._day if not reading.heading else None)
        self._announced.end(reading)
        self._sums.end(reading, counted=bool(self.findings) and self.findings[-1].reading is reading)
        take_back(self.findings, reading)
        leave_to_other_weapon(self.findings, reading, self.readings)
        # When something was counted is remembered before when somebody said so.
        best = self._counted_time or weightiest(reading)
        if best is not None and best.weight and not reading.units.any("status", "historic", "record", "past_record"):
            again = best.start is not None and best.start.part == "that_night"
            self._paragraph_time = (self._told_night if again and self._told_night else best, reading.number)
        if opens_past(reading):
            here = [finding.status for finding in self.findings if finding.reading is reading]
            self._past = "current" not in here  # "two nights ago it was 152, last night 183" returns to the present
        elif any(mention.weight for mention in reading.times) or reading.units.any("status", "now"):
            self._past = False
        self._told_night = next((mention for mention in reversed(reading.times) if is_night(mention)), self._told_night)

    def _finding(self, reading: SentenceReading, count: Count) -> Finding | None:
        previous = self.findings[-1] if self.findings else None
        if count.rule == IN_CARE and counted_hurt(self.findings, reading, count):
            reading.units[count.index].role = "part of the people counted"
            return None
        inherited = False
        beside = previous is not None and previous.reading is reading and previous.measure in CASUALTIES
        if beside and count.part and not count.measure and count.head is None:
            if previous is None or not of_own_time(reading, count.index):
                reading.units[count.index].role = "part of the people counted"
                return None
            count.measure = previous.measure  # "118 died this year, 17 of them in July"
        if count.rule == SUM and self._launched_before(reading):
            count.measure = "launched"
        if not count.measure and of_other_things(reading, count, self.readings):
            reading.units[count.index].role = "part of other things"
            return None
        if not count.measure:
            whole = spoken_of(self.findings, reading, count) if count.rule == GONE_ON else None
            whole = whole or latest_drones(self.findings, reading)
            seen = whole is not None and spotted(reading, count, whole)
            people = hurt_too(self.findings, reading, count) if count.rule == "as before" else None
            announced = self._announced.measure(reading, whole.reading.number if whole is not None else None)
            if people is not None:
                count.measure = people.measure
            elif announced is not None and count.rule != RESTATED:
                count.measure = announced
                self._announced.goes_on(reading)
            elif seen or (
                whole is None and (count.rule == SUM or (count.rule == GONE_ON and self._reports_drones(count)))
            ):
                count.measure = "launched"
            elif whole is None or not may_go_on(count, whole):
                reading.units[count.index].role = "counts nothing that is named"
                return None
            else:
                count.measure, inherited = whole.measure, True
        elif count.measure == "launched" and count.part and not reading.units.any("attack"):
            whole = latest_drones(self.findings, reading)
            if whole is not None and whole.count is not None and whole.count.low >= count.low:
                count.measure = whole.measure
        if count.part and count.head is None and count.measure not in CASUALTIES and self.findings:
            latest = self.findings[-1].count
            if latest is not None and latest.weapon == "mixed" and latest.low >= count.low:
                count.weapon = latest.weapon
        if count.rule == ALL_OF and not reading.targets and said(self.findings, count):
            reading.units[count.index].role = "said before"
            return None
        last = reading is self.readings[-1]
        if last and previous is not None and previous.reading is reading and cut_off(reading, count, previous.count):
            reading.units[count.index].role = "the text breaks off before its place"
            return None
        claimant, how_claimant = claimant_of(
            reading, count.index, count.measure, self._paragraph_claimant, self.article_claimants, count.measure_at
        )
        borrowed = how_claimant != "named in the sentence"
        codes, places, how_region = self._where.of(reading, count, claimant, self.findings)
        if count.rule == ALL_OF and not codes:
            whole = latest_drones(self.findings, reading)
            codes, how_region = (whole.codes, "that of the number") if whole is not None else (codes, how_region)
        same_sentence = previous is not None and previous.reading is reading
        context = (previous.side if previous is not None and same_sentence else self._last_side) or self._text_side
        before = previous.reading if previous is not None else None
        heard = not borrowed or not (same_sentence or unheard(claimant, reading, before, context, self.readings))
        side = decide(
            reading.units,
            count.index,
            count.head,
            count.measure,
            codes,
            claimant if heard else None,
            context,
            self.home,
            self._held | held_beside(reading, count.index),
        )
        unplaced = not codes or (how_region == OF_OFFICIAL and previous is not None and bool(previous.codes))
        if previous is not None and same_sentence and unplaced and of_those(reading, count, previous, side):
            if previous.codes and previous.measure == "launched" != count.measure and count.measure not in CASUALTIES:
                codes, how_region = previous.codes, "the place of the number before"
            side = Side(previous.side.attacker, previous.side.defender, "as the number before")
        if previous is not None and not codes and goes_on_with(previous, reading, count):
            codes, how_region = previous.codes, OF_THOSE_THAT_CAME
            side = Side(previous.side.attacker, previous.side.defender, "as those that came")
        if side is not None and borrowed and not speaks_for(claimant, side):
            claimant = previous.claimant if previous is not None and same_sentence else None
        if side is None or (not codes and of_another_war(reading.units)):
            reading.units[count.index].role = "nobody knows who attacked" if side is None else "another war"
            return None
        if flew_on(side, count.measure, count.head, previous.side if previous else None, same_sentence=same_sentence):
            reading.units[count.index].role = "flew on into another country"
            return None
        national = how_region == OF_COUNTRY or (claimant in _MILITARIES and how_claimant.startswith("named"))
        if self._front_line and not national and counts_in_field(reading, count.measure, codes, side):
            reading.units[count.index].role = "statistics of the front line"
            return None
        codes = tuple(code for code in codes if "-" in code)  # a third country is the front, not a region of it
        if count.rule == NUMBER_OF_NUMBER and previous is not None and previous.reading is reading:
            if not codes and attacked(reading, previous.codes):
                codes, how_region = previous.codes, "the place of its part"
            side = Side(previous.side.attacker, previous.side.defender, "its part")
        if claimant is None and count.measure not in CASUALTIES:
            claimant = self._only_reporter(side)
        if borrowed and of_elsewhere(claimant, codes):
            claimant = self._only_reporter(side)  # an official tells of his region, not of the next ones of a list
        claimant = settled(claimant, side, codes)
        named = how_claimant.startswith("named")
        if claimant == "RU-MOD" and named and without_verb(count, previous if same_sentence else None):
            count.measure, count.rule = "intercepted", OF_MINISTRY  # it tells of nothing else
        if inherited and count.measure == "launched" and codes and claimant in _MILITARIES:
            count.measure = "intercepted"  # how many came to each region no army tells
        if claimant == "RU-MOD" and "RU-MOS" in codes:
            codes = tuple(sorted({*codes, "RU-MOW"}))
        scope = "each" if count.each and places > 1 else "rest" if count.rest and not codes else "total"
        mention, basis = mention_of(
            reading, count, self.readings, self.published, self._paragraph_time, self._told_night
        )
        period = resolve(mention, self.published, side.defender) if mention is not None else None
        told_at = self._paragraph_time[1] if self._paragraph_time is not None else reading.number
        plainly = mention is not None and opens_report(self.readings[told_at], mention)
        if period is not None and basis == "anaphoric" and not plainly:
            period = Period(start=period.start, end=period.end, basis="anaphoric", precision=period.precision)
        period, standing = dated(
            reading, count, mention, basis, period, self.published, side.defender, self._sums.over(reading)
        )
        status, how_status = standing.status, standing.why
        if basis == "relative" and (status == "current" or self._counted_time is None):
            self._counted_time = mention
        again = back_to_now(reading, count.index)
        if status == "current" and not again and back_then(self.readings, reading):
            status, how_status = "historic", "then: the past of the sentence before"
        told = self.readings[max(0, reading.number - 1) : reading.number + 1]
        if status == "cumulative" and so_far(standing, count.measure, count.high, told):
            status, how_status = "current", "so far"
        as_of = any(mention.shape == "until" for mention in reading.times)
        goes_on = (
            previous is not None
            and basis != "relative"
            and not as_of
            and not again
            and same_breath(previous, reading)
            and not outgrows(count, previous)
            and previous.why.get("status") != RISEN
            and (previous.reading is reading or not only_reported_before(previous.reading))
        )
        if previous is not None and goes_on and status == "current" and previous.side.attacker == side.attacker:
            status, how_status = carried(previous.status if self._of_one_time(previous, reading) else "current")
        grown = previous is not None and outgrows(count, previous)
        if status == "current" and basis != "relative" and self._past and not (as_of or grown or again):
            status, how_status = "historic", "the past that the paragraph tells of"
        if status == "current" and count.measure in DRONE_MEASURES and count.low > _MOST_IN_A_DAY:
            reading.units[count.index].role = "more than come in a day: of the front line"
            return None
        if status == "cumulative" and count.measure in CASUALTIES and not self._of_drones(reading):
            reading.units[count.index].role = "victims of a long time, by any weapon"
            return None
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
                **({"measure": count.judged} if count.judged else {}),
            },
        )

    def _launched_before(self, reading: SentenceReading) -> bool:
        """Tell whether the sentence before, in the paragraph, only tells that drones were sent, not how many."""
        before = self.readings[reading.number - 1] if reading.number else reading
        same = (before.paragraph, before.field) == (reading.paragraph, reading.field)
        return same and not before.counts and before.about_drones and before.units.any("measure", "launched")

    def _of_one_time(self, previous: Finding, reading: SentenceReading) -> bool:
        """Tell whether the sentence before told of one time only ("74, earlier they had spoken of 71" compares two)."""
        return previous.reading is reading or not any(
            finding.status == "current" for finding in self.findings if finding.reading is previous.reading
        )

    def _reports_drones(self, count: Count) -> bool:
        """Tell whether "it was so many" without a count before is one of drones: a military reports in the text."""
        return count.low >= _TELLING and any(name in _MILITARIES for name in self.article_claimants)

    def _of_drones(self, reading: SentenceReading) -> bool:
        """Tell whether a sentence, or the one before it in the paragraph, is about drones."""
        before = self.readings[reading.number - 1] if reading.number else reading
        same = (before.paragraph, before.field) == (reading.paragraph, reading.field)
        return reading.about_drones or (same and before.about_drones)

    def _only_reporter(self, side: Side) -> str | None:
        """The one military of the defender that the text names at all."""
        names = {name for name in self.article_claimants if name in _MILITARIES and speaks_for(name, side)}
        return names.pop() if len(names) == 1 else None

    def _nobody_hurt(self, reading: SentenceReading) -> None:
        """Count a plain denial ("no casualties") as zero; "not reported" says nothing."""
        self._drones_named = self._drones_named or reading.about_drones
        other = reading.other_weapon or reading.struck
        told = told_ahead(reading, self.readings)
        if not (self._drones_named or self.findings or told) or (other and not reading.of_drones):
            return
        said: set[tuple[str, int]] = set()
        for index in reading.units.positions("measure", "casualties", "unhurt"):
            for measure in spared(reading, index, self.grammar):
                if (measure, reading.clauses.of[index]) in said or any(
                    finding.reading is reading
                    and finding.measure == measure
                    and reading.clauses.of[finding.at] == reading.clauses.of[index]
                    for finding in self.findings
                ):
                    continue
                said.add((measure, reading.clauses.of[index]))
                count = Count(index, 0, 0, "exact", index, measure, index, "nobody", last=index)
                finding = self._finding(reading, count)
                if finding is not None and not hurt_before(self.findings, finding, self.grammar.determiners):
                    self.findings.append(finding)
