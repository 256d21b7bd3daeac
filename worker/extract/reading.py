"""An article is read once, sentence by sentence: units, times, places, speakers, counts."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import takewhile
from typing import Literal, get_args

from worker.extract.grammar.units import Units, units
from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES, fuse_measures
from worker.extract.numbers.absences import no_drones
from worker.extract.numbers.counted import PLACES_HIT
from worker.extract.numbers.counts import COUNTABLE, counts
from worker.extract.numbers.pronouns import of_pronoun, of_pronoun_behind, opening_pronoun
from worker.extract.numbers.reckoned import RECKONED, remainder
from worker.extract.numbers.wholes import score_of
from worker.extract.sentence import SentenceReading
from worker.extract.when.moments import TIME_UNITS
from worker.extract.when.times import find_times, tells_day
from worker.extract.where.described import without_descriptions
from worker.extract.where.places import group_places
from worker.extract.who.patients import mark_attacked, struck_capitals
from worker.lexicon import Lexicon
from worker.model import Field
from worker.text import Token, sentences, tokens

_OTHER_WEAPONS = ("missile", "bomb", "artillery", "accident")
# Sentences over which a number without its noun still counts drones, and dead or injured are still theirs.
_NUMBERS_REACH = 3
_DAY = 24  # hours
_CASUALTIES_REACH = 8
# Lines of a live page before the first one that says what came.
_AHEAD = 14
# Lines of a list of weapons.
_LINES = 8
# Words of a title that no running text repeats by chance, and of what a page says above it.
_TITLE_WORDS = 5
_PAGE_TOP = 30
# Sentences of the text that say what a title is about.
_UNDER_TITLE = 3
# What "fire" means that drones opened.
_OF_DRONES = "drones"
_LONG_AGO = 99
# Kinds of words that may tell of people who were killed or hurt, or came away whole.
_TELLING = COUNTABLE | {"unhurt"}
# What may keep a text from being read to its end, or claims from being told.
Limit = Literal["characters", "tokens", "sentences", "numbers", "claims"]
LIMITS: tuple[Limit, ...] = get_args(Limit)
# Characters of a field that are read: no news text is longer, and reading a hostile one must end soon.
LONGEST_TEXT = 100_000
MOST_TOKENS = 16_000
MOST_SENTENCES = 2_000
# Numbers and nouns of a field that are looked at, for the same reason.
MOST_NUMBERS = 1_000
# Behind so many findings no sentence is composed: each is compared with others, and fewer are published of a text.
MOST_FINDINGS = 520


def read_both(title: str, body: str, lexicon: Lexicon, cut: set[Limit] | None = None) -> list[SentenceReading]:
    """Read the title and the body of an article, both normalised, as one text; numbers of each see the other.

    Of each field at most `LONGEST_TEXT` characters are to be given. `cut`, if given, receives the limits behind which
    it was not read.
    """
    cut = set() if cut is None else cut
    titled = _sentences("title", title, lexicon, 0, cut)
    for reading in titled:
        reading.paragraph, reading.of_title = -1, True
    told = _sentences("body", body, lexicon, len(titled), cut, title)
    # What is not counted is not read at all: nothing that looks at sentences later finds numbers behind the limit.
    del titled[_count(titled, (), told[:_UNDER_TITLE], lexicon, cut) :]
    del told[_count(told, titled, (), lexicon, cut) :]
    found = titled + told
    for number, reading in enumerate(found):
        reading.number = number
    return found


def _sentences(
    field: Field, text: str, lexicon: Lexicon, number: int, cut: set[Limit], title: str = ""
) -> list[SentenceReading]:
    """Return the sentences of one field, numbered from `number`; nothing is counted yet.

    A page may say its `title` once more above the text, and go on without a stop.
    """
    grammar = lexicon.grammar
    found = tokens(text, elided=grammar.elided)
    if len(found) > MOST_TOKENS:
        cut.add("tokens")
        found = found[:MOST_TOKENS]
    result: list[SentenceReading] = []
    parts = sentences(text, found, grammar.abbreviations, grammar.ordinals, lexicon.months, lexicon.openers)
    if len(parts) > MOST_SENTENCES:
        cut.add("sentences")
    again = _said_again(found, tokens(title, elided=grammar.elided) if title else ())
    looked_at, beyond, long = 0, 0, len(found) > MOST_NUMBERS
    for sentence in parts[:MOST_SENTENCES]:
        first, last = sentence.first, sentence.last
        end = min(again.stop, last) if first in again else first  # of what only says the title again
        if first < end < last and not _apart(text, found, end, lexicon):
            end = first
        for heading, some in ((True, found[first:end]), (sentence.heading, found[end:last])):
            if some:
                reading = _read_sentence(field, some, sentence.paragraph, heading, lexicon)
                reading.number, reading.of_title = number + len(result), some[0] is found[first] and end > first
                result.append(reading)
                looked_at += _to_look_at(reading.units) if long else 0
        beyond += looked_at > MOST_NUMBERS
        if beyond > _AHEAD:  # none of these is counted, and those before look no further
            break
    return result


def _said_again(found: Sequence[Token], title: Sequence[Token]) -> range:
    """Where a title of several words stands once more near the beginning of a text: the indexes of its tokens."""
    said = [token.form for token in title if token.kind != "mark"]
    if len(said) < _TITLE_WORDS:
        return range(0)
    words = [index for index, token in enumerate(found[: 2 * len(title) + _PAGE_TOP]) if token.kind != "mark"]
    for at in range(len(words) - len(said) + 1):
        own = words[at : at + len(said)]
        if [found[index].form for index in own] == said:
            end = own[-1] + 1
            return range(own[0], end + (end < len(found) and found[end].kind == "mark"))
    return range(0)


def _apart(text: str, found: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Tell whether something new begins behind a title said again: on the next line, or with a capital.

    A title is also how the first sentence of a report begins ("Drones kill two people and injure five").
    """
    last, following = found[at - 1], found[at]
    if "\n" in text[last.start : following.start]:
        return True
    word = lexicon.entry(following.form).word
    dated = following.form in lexicon.months or (word is not None and word.kind == "weekday")
    return last.kind != "mark" and following.capital and not dated and not lexicon.grammar.capital_nouns


def _count(
    readings: Sequence[SentenceReading],
    before: Sequence[SentenceReading],
    behind: Sequence[SentenceReading],
    lexicon: Lexicon,
    cut: set[Limit],
) -> int:
    """Say what the numbers of a field count, which goes on after the sentences `before` and goes over to `behind`.

    Returns how many of its sentences were read.
    """
    memory = _Memory()
    for reading in before:
        memory.enter(reading)
        memory.leave(reading)
    looked_at, long = 0, sum(len(reading.units) for reading in readings) > MOST_NUMBERS
    for position, reading in enumerate(readings):
        looked_at += _to_look_at(reading.units) if long else 0
        if looked_at > MOST_NUMBERS:
            cut.add("numbers")
            return position
        memory.enter(reading)
        reading.struck = memory.struck
        if not reading.units.lack(_TELLING) or reading.units.any("measure", *CASUALTIES):
            following = (*readings[position + 1 : position + 1 + _AHEAD], *behind)
            reading.of_drones = memory.drone_casualties(reading, following)
        if not reading.units.lack(COUNTABLE) or reading.units.any("measure", *CASUALTIES):
            reading.counts = counts(
                reading.units,
                reading.clauses,
                lexicon.grammar,
                drones=memory.drones or (_tells_ahead(readings, position) and score_of(reading.units) is not None),
                casualties=reading.of_drones,
                earlier=memory.latest if memory.drones else None,
                listed=memory.listed,
                tried=memory.tried,
                left=memory.left if memory.drones_since == 1 or reading.about_drones else None,
            )
        pronoun = opening_pronoun(reading.units, lexicon.grammar) if position and not reading.counts else None
        if reading.of_drones:
            reading.counts += of_pronoun_behind(reading.units, reading.clauses, lexicon.grammar, reading.counts)
        if pronoun is not None and memory.drone_casualties(reading, ()):
            reading.counts = of_pronoun(reading.units, pronoun, readings[position - 1].units, lexicon.grammar)
        if (
            memory.combined
            or reading.other_weapon
            or _lists_weapons(reading, readings[position + 1 : position + 1 + _LINES])
        ):
            _mix_targets(reading)
        memory.leave(reading)
    return len(readings)


def _to_look_at(sentence: Units) -> int:
    """Return how many units of a sentence may become counts: numbers, nouns, shares, who died or was spared."""
    counting = sentence.number_of("number", "vague", "drone", "person", "casualties", "unhurt")
    shares = sum([unit.value in RECKONED for unit in sentence.of("particle")])
    return counting + shares + sum([unit.value in CASUALTIES for unit in sentence.of("measure")])


def _tells_ahead(readings: Sequence[SentenceReading], position: int) -> bool:
    """Tell whether the sentence behind, in the same field, is about drones."""
    return position + 1 < len(readings) and readings[position + 1].about_drones


def _lists_weapons(reading: SentenceReading, following: Sequence[SentenceReading]) -> bool:
    """Tell whether the lines of a list that a sentence opens name drones and other weapons ("589 targets: 563 …")."""
    if not (reading.units and reading.units[-1].has("mark", ":")):
        return False
    return any(line.other_weapon for line in takewhile(goes_on_listing, following))


def _mix_targets(reading: SentenceReading) -> None:
    """Where drones came with other weapons, "targets" are both."""
    for count in reading.counts:
        if count.head is not None and reading.units[count.head].has("drone", "target"):
            count.weapon = "mixed"


def _read_sentence(
    field_name: Field, found: Sequence[Token], paragraph: int, heading: bool, lexicon: Lexicon
) -> SentenceReading:
    read_units = units(found, lexicon)
    grammar = lexicon.grammar
    groups = group_places(
        read_units, of_is_from=grammar.of_is_from, name_endings=grammar.name_endings, near=grammar.near
    )
    groups = without_descriptions(read_units, struck_capitals(read_units, groups, grammar))
    for group in groups:
        if group.role == "actor":
            read_units[group.first].role = "actor"
    fuse_measures(read_units)
    mark_attacked(read_units, grammar)
    times = find_times(read_units, lexicon)
    if not any(tells_day(mention, read_units) for mention in times):  # "in mid-July, on the night of the 15th": of now
        for unit in read_units.of("status"):
            unit.value = "historic" if unit.value == "once" else unit.value
    reading = SentenceReading(field_name, 0, paragraph, heading, read_units, times, groups)
    reading.about_drones = (
        any(unit.value not in ("anaphor", "target") for unit in read_units.of("drone"))
        or read_units.any("attack", "drone")
        or read_units.any("weapon", "mixed")
    )
    if reading.about_drones and no_drones(read_units):
        reading.about_drones, reading.not_by_drones = False, True
    reading.other_weapon = read_units.any("weapon", *_OTHER_WEAPONS)
    return reading


@dataclasses.dataclass(slots=True)
class _Memory:
    """Distances in sentences; `combined` tells that drones came together with other weapons.

    `latest` is the first, so mostly the whole, number of drones of the last sentence that counted any; `listed` is what
    happened to the drones of a list, told by the sentence with a colon before it; `left` are those launched of which
    nothing has been told; `struck` that the sentence, `struck_before` that the one before, is about another weapon
    alone; `tried` that the one before told of a trial; `places` are those of the last sentence about drones.
    """

    drones_since: int = _LONG_AGO
    weapon_since: int = _LONG_AGO
    combined: bool = False
    latest: int | None = None
    left: int | None = None
    of_weapon: bool = False
    listed: str | None = None
    struck: bool = False
    struck_before: bool = False
    tried: bool = False
    paragraph: int = -1
    places: frozenset[str] = frozenset()

    def enter(self, reading: SentenceReading) -> None:
        """Begin a sentence."""
        same = reading.paragraph == self.paragraph
        self.tried = self.tried and same and not any(mention.weight for mention in reading.times)
        self.struck_before = self.struck
        goes_on = self.struck and same and not reading.about_drones
        self.struck = _tells_of_weapon(reading) or goes_on
        self.drones_since += 1
        self.weapon_since += 1
        if reading.about_drones:
            self.drones_since = 0
            self.of_weapon = False
            self.places = _places(reading)
        # "Fire", "shelling" is that of guns, but where the sentence tells of drones, or goes on with their attack.
        fire = [unit for unit in reading.units.of("weapon") if unit.value == "fire"] if not reading.about_drones else []
        if fire and same and self._goes_on_with_attack(reading):
            for unit in fire:
                unit.value = _OF_DRONES
        elif reading.other_weapon or fire:
            self.weapon_since = 0
            self.of_weapon = self.of_weapon or (not reading.about_drones and reading.units.any("measure", *CASUALTIES))
        self.combined = self.combined or (
            (reading.about_drones and reading.other_weapon) or reading.units.any("weapon", "mixed")
        )

    def _goes_on_with_attack(self, reading: SentenceReading) -> bool:
        """Tell whether a sentence is about the attack with drones that the one before told of alone.

        It names no place, time or span of its own.
        """
        alone = self.drones_since == 1 and self.weapon_since >= _LONG_AGO and not reading.other_weapon
        timed = bool(reading.times) or reading.units.any("unit", *TIME_UNITS) or reading.units.any("bound", "within")
        return alone and not timed and not reading.groups

    @property
    def drones(self) -> bool:
        """Whether a number without its noun may be one of drones."""
        return self.drones_since <= _NUMBERS_REACH

    def drone_casualties(self, reading: SentenceReading, following: Sequence[SentenceReading]) -> bool:
        """Whether dead and injured are those of an attack with drones, not of another weapon alone.

        `following` are the next sentences: a report may open with its casualties.
        """
        if reading.about_drones:
            return True
        if reading.other_weapon or self.of_weapon or _sums_a_day(reading):
            return False
        if self.drones_since >= _LONG_AGO and self.weapon_since >= _LONG_AGO:
            ahead = next((other for other in following if other.about_drones or other.other_weapon), None)
            return ahead is not None and ahead.about_drones
        if self.weapon_since < self.drones_since and (not self.combined or self.struck_before):
            return False
        return self.drones_since <= _CASUALTIES_REACH and not self._of_weapon_ahead(reading, following)

    def _of_weapon_ahead(self, reading: SentenceReading, following: Sequence[SentenceReading]) -> bool:
        """Tell whether the next sentence says what else struck a place of which no drones were told."""
        own, ahead = _places(reading) - self.places, following[0] if following else None
        return bool(own) and ahead is not None and _tells_of_weapon(ahead, of_bombs=True) and bool(own & _places(ahead))

    def leave(self, reading: SentenceReading) -> None:
        """End a sentence whose counts are known."""
        self.tried, self.paragraph = reading.units.any("other", "court"), reading.paragraph
        if reading.units and reading.units[-1].has("mark", ":"):
            told = [count.measure for count in reading.counts if count.measure in DRONE_MEASURES]
            self.listed = told[-1] if told else _heading_of_list(reading) if self.drones else None
        elif not goes_on_listing(reading):
            self.listed = None
        counted = [count.low for count in reading.counts if count.measure not in (*CASUALTIES, PLACES_HIT)]
        if counted:
            self.drones_since = 0
            self.latest = counted[0]
            self.left = remainder(reading.counts, self.left)


def _places(reading: SentenceReading) -> frozenset[str]:
    """Return the regions that a sentence names."""
    return frozenset(code for group in reading.groups for code in group.codes)


def _tells_of_weapon(reading: SentenceReading, *, of_bombs: bool = False) -> bool:
    """Tell whether a sentence is about what one other weapon did, not about what was launched or shot down.

    `of_bombs` tells that it may say how many there were: bombs are not launched together with drones.
    """
    return (
        reading.other_weapon
        and not reading.about_drones
        and not reading.units.any("measure", *DRONE_MEASURES[1:4])
        and (not of_bombs or reading.units.any("weapon", "bomb"))
        and (of_bombs or not (reading.units.any("measure", "launched") and _numbers_weapons(reading)))
    )


def _sums_a_day(reading: SentenceReading) -> bool:
    """Tell whether a sentence sums up a day and a night of attacks, with whatever weapon ("over the past day")."""
    return any(
        (mention.shape in ("past", "length") and mention.hours == _DAY)
        or (mention.start is not None and mention.start.part == "whole_day")
        for mention in reading.times
    )


def _numbers_weapons(reading: SentenceReading) -> bool:
    """Tell whether a sentence says how many of a weapon there were: then it goes on with an account of all of them."""
    return any(reading.units[p].role != "time" for p in reading.units.positions("number", "vague"))


def _heading_of_list(reading: SentenceReading) -> str | None:
    """What happened to the drones of a list whose heading counts none ("Drones shot down overnight, by region:")."""
    told = [unit.value for unit in reading.units.of("measure") if unit.value in DRONE_MEASURES[1:4]]
    if told:
        return told[-1]
    defended = reading.units.any("defence") or reading.units.any("claimant", "RU-MOD")
    if defended and reading.about_drones:
        return "intercepted"
    came = reading.units.any("measure", "launched", "hit") or reading.units.any("attack", "verb")
    return "launched" if came else None


def goes_on_listing(reading: SentenceReading) -> bool:
    """Tell whether a sentence is a line of a list: a number or a place behind a bullet or alone, and no verb."""
    if "measure" in reading.units.at:
        return False
    opens = next((unit.kind for unit in reading.units if unit.kind != "mark"), "mark")
    placed = opens in ("place", "head") and "number" in reading.units.at
    return placed or opens in ("number", "vague", "qualifier")
