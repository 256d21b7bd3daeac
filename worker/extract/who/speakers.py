"""Who asserts a statement, apart from the outlet that prints it."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.grammar.units import Units
from worker.extract.grammar.verbs import DRONE_MEASURES
from worker.extract.numbers.counted import ALL_OF
from worker.extract.sentence import SentenceReading
from worker.extract.where.countries import over_country
from worker.extract.where.places import spoken_for
from worker.extract.who.actors import subject
from worker.extract.who.sides import HELD, Side, speaks_for
from worker.extract.who.taken import taken_in, taken_regions
from worker.gazetteer import country_of

# Sentences behind a count that may only say who gave it.
_SOURCE_BEHIND = 3
_MINISTRY_NEAR = 6
_FATES = DRONE_MEASURES[1:4]
_SUBJECT = 4  # units from a capital to the number it reports
_BESIDE = 3  # units from who speaks to the verb of saying
_MILITARIES = ("RU-MOD", "UA-AF")
_SAID_TO = 3  # units before a military that make it the source
_AUXILIARIES, _SHORT = 1, 4  # "has", "also" between a military and what it does: so many, so long
_HELD = "held:"
_LOCAL = "local:"
# Cities that are regions of their own, and what lies around them.
_NEIGHBOURS = ({"RU-MOW", "RU-MOS"}, {"RU-SPE", "RU-LEN"}, {"UA-30", "UA-32"}, {"UA-40", "UA-43"})
_OCCUPIER = "held"  # "the occupation administration", "Moscow-installed officials"


def speakers(reading: SentenceReading) -> Sequence[tuple[int, str]]:
    """Return (unit index, claimant) for everybody a sentence names as a source, told once."""
    if reading.speakers is None:
        reading.speakers = _named(reading) if "claimant" in reading.units.at else ()
    return reading.speakers


def _named(reading: SentenceReading) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for index in reading.units.positions("claimant"):
        unit = reading.units[index]
        if unit.value == "MOD":
            country = _country_near(reading.units, index)
            found.append((index, f"{country}-MOD" if country else "MOD"))
        elif unit.value == "RU-army":
            if _army_speaks(reading.units, index):
                found.append((index, "RU-MOD"))
        elif unit.value == "UA-AF" and (_told_of(reading.units, index) or _sent_them(reading.units, index)):
            continue
        elif unit.value in ("local", _OCCUPIER):
            codes = spoken_for(reading.groups)
            if not codes and unit.value == _OCCUPIER:
                codes = tuple(sorted(_held_in(reading)))
            found.append((index, f"local:{codes[0]}" if codes else "local"))
        elif unit.value.startswith(_HELD):
            found.append((index, f"local:{unit.value[len(_HELD) :]}"))
        elif not (unit.value in _MILITARIES and _strikes(reading.units, index)):
            found.append((index, unit.value))
    return found


def held_by_speakers(readings: Sequence[SentenceReading]) -> frozenset[str]:
    """Return the regions for which a text quotes officials of the power that holds them, and no others.

    Who calls a region by the name that its occupiers give it speaks of what they hold, and who tells of drones in a
    town behind their lines of what came to them.
    """
    names = {unit.value for reading in readings for unit in reading.units.of("claimant")}
    held = {name[len(_HELD) :] for name in names if name.startswith(_HELD)}
    for reading in readings:
        if reading.units.any("claimant", _OCCUPIER):
            held |= _held_in(reading)
        for unit in reading.units.of("place"):
            if unit.place is not None and unit.place.held:
                held.update(unit.place.alone)
    held |= taken_regions(readings)
    return frozenset(code for code in held if f"local:{code}" not in names)


def held_beside(reading: SentenceReading, index: int) -> frozenset[str]:
    """The regions of the occupiers' official who is named nearest to a number, where the text quotes both sides.

    Where the sentence names a town behind their lines, it is that town's.
    """
    theirs = {unit.value for unit in reading.units.of("claimant")}
    taken = frozenset(code for code in taken_in(reading) if f"{_LOCAL}{code}" not in theirs)
    if taken:
        return taken
    claimants = [p for p in reading.units.positions("claimant") if reading.units[p].value != "media"]
    nearest = min(claimants, key=lambda p: (_semicolons(reading, p, index), abs(p - index)), default=None)
    if nearest is None:
        return frozenset()
    value = reading.units[nearest].value
    if value == _OCCUPIER:
        return frozenset(_held_in(reading))
    return frozenset((value[len(_HELD) :],)) if value.startswith(_HELD) else frozenset()


def _held_in(reading: SentenceReading) -> set[str]:
    """The partly held regions that a sentence names."""
    return {code for group in reading.groups for code in group.codes if code in HELD}


def _capital_counts(reading: SentenceReading, index: int) -> str | None:
    """The army of the capital that reports a number itself, where others speak too ("while Kyiv reported 44, …")."""
    of = reading.clauses.of
    for group in reading.groups:
        if group.role != "actor" or of[group.first] != of[index] or not 0 < index - group.first <= _SUBJECT:
            continue
        told = (p for p in reading.units.positions("report") if of[p] == of[index])
        place = reading.units[group.first].place
        if place is not None and place.government and next(told, None) is not None:
            return "UA-AF" if country_of(group.codes[0]) == "UA" else "RU-MOD"
    return None


def _army_speaks(sentence: Units, index: int) -> bool:
    """Tell whether an army is quoted or defends; else it is the one that attacks."""
    if index > 1 and sentence[index - 1].has("particle", "of") and sentence[index - 2].kind == "drone":
        return False  # "shot down eight drones of the Russian army"
    if _does(sentence, index, "hit", "launched"):
        return False  # "the air force said that Russian forces had attacked with 150 drones"
    if sentence.any("measure", "launched") and any(
        unit.value not in ("RU-army", "media") for unit in sentence.of("claimant")
    ):
        return False  # it attacks, and another one tells of it
    return (
        sentence.any("report")
        or (index > 0 and sentence[index - 1].has("preposition", "by"))
        or (sentence.any("measure", "intercepted", "neutralised") and not sentence.any("measure", "launched"))
        or next((sentence[p].value for p in sentence.positions("measure") if p > index), "") == "intercepted"
    )


def _sent_them(sentence: Units, index: int) -> bool:
    """Tell whether drones were launched "by" a military and somebody else tells of it ("launched by the army of …")."""
    others = (unit.value for unit in sentence.of("claimant") if unit.value not in ("media", "UA-AF"))
    before = sentence[max(0, index - 2) : index]
    launched = len(before) == 2 and before[0].has("measure", "launched") and before[1].has("preposition", "by")
    return launched and next(others, None) is not None


def _told_of(sentence: Units, index: int) -> bool:
    """Tell whether another one says what a military did ("the military attacked the district, the governor said")."""
    if sentence.any("measure", "intercepted", "suppressed", "neutralised"):
        return False  # the military counts what it shot down itself
    others = (
        position
        for position in sentence.positions("claimant")
        if position != index and sentence[position].value not in ("media", "UA-AF")
    )
    return not _quoted(sentence, index) and any(_quoted(sentence, position) for position in others)


def _quoted(sentence: Units, index: int) -> bool:
    """Tell whether a word for saying stands beside a claimant."""
    beside = (*sentence[max(0, index - _BESIDE) : index], *sentence[index + 1 : index + 1 + _BESIDE])
    return any(unit.kind == "report" or unit.has("preposition", "by") for unit in beside)


def _strikes(sentence: Units, index: int) -> bool:
    """Tell whether a military is said to attack, so is no source ("the Russian military attacked the town")."""
    if any(unit.kind not in ("word", "mark", "clause") for unit in sentence[max(0, index - _SAID_TO) : index]):
        return False  # "laut der Luftwaffe setzte Russland 101 Drohnen ein"
    return _does(sentence, index, "hit")


def _does(sentence: Units, index: int, *measures: str) -> bool:
    """Tell whether the verb behind a military is one of attacking."""
    following = sentence[index + 1 : index + 2 + _AUXILIARIES]
    told = next((unit for unit in following if unit.kind != "word" or len(unit.form) > _SHORT), None)
    return told is not None and (told.has("attack", "verb") or told.has("measure", *measures))


def _country_near(sentence: Units, index: int) -> str | None:
    near = sorted(
        range(max(0, index - _MINISTRY_NEAR), min(len(sentence), index + _MINISTRY_NEAR)),
        key=lambda position: abs(position - index),
    )
    for position in near:
        unit = sentence[position]
        if unit.kind == "nation" and unit.value[:2] in ("RU", "UA"):
            behind = position and sentence[position - 1].kind == "drone" and unit.value.endswith("-adjective")
            if behind or any(other.kind == "drone" for other in sentence[position + 1 : position + 2]):
                continue  # it says whose drones they are: "Ukrainian drones", "drones ukrainiens"
            return unit.value[:2]
        if unit.kind == "place" and unit.place is not None and unit.place.government and unit.place.alone:
            return country_of(unit.place.alone[0])
    return None


def _semicolons(reading: SentenceReading, one: int, other: int) -> int:
    first, last = min(one, other), max(one, other)
    marks = reading.units.positions("mark")
    return sum(first <= mark < last and reading.units[mark].value in (";", ":") for mark in marks)


def _for_country(reading: SentenceReading, measure: str, at: int | None) -> bool:
    """Tell whether a number is that of a country, whoever spoke before ("over Russia", "Russia said it downed 88")."""
    units = reading.units
    if over_country(units):
        return True
    if measure not in _FATES or at is None or reading.targets or subject(units, at) is None:
        return False
    behind = (units[p + 1] for p in units.positions("nation") if p < at and units[p].value in ("RU", "UA"))
    return next((unit.kind not in ("defence", "claimant") for unit in behind), False)


def claimant_of(
    reading: SentenceReading,
    index: int,
    measure: str,
    earlier: str | None,
    article: Sequence[str],
    at: int | None = None,
) -> tuple[str | None, str]:
    """Return (claimant, how it was found) for the number at `index`; None where only the outlet speaks.

    `at` is the verb that tells what was counted.

    `earlier` is the claimant of the sentence before in the same paragraph, `article` every claimant of the text.
    """
    capital = _capital_counts(reading, index) if measure in _FATES else None
    if capital is not None:
        return capital, "named in the sentence"
    named = speakers(reading)
    if len(named) == 1:
        return named[0][1], "named in the sentence"
    if named:
        nearest = min(
            named,
            key=lambda found: (
                found[1] == "media",
                _semicolons(reading, found[0], index),
                found[1] == "local",  # an office without a region says less than the name of its holder
                abs(found[0] - index),
            ),
        )
        return nearest[1], "named in the sentence"
    if earlier is not None and earlier.startswith("local") and _for_country(reading, measure, at):
        return None, "nobody named"  # who speaks for a region gives no number for the country
    if earlier is not None:
        return earlier, "named before"
    if measure not in ("killed", "injured"):
        # A ministry of a country that is not said may be the other one.
        military_names = {name for name in article if name in ("RU-MOD", "UA-AF", "MOD")}
        if len(military_names) == 1 and "MOD" not in military_names:
            return military_names.pop(), "the only one of the text"
    return None, "nobody named"


def unheard(
    claimant: str | None,
    reading: SentenceReading,
    before: SentenceReading | None,
    side: Side | None,
    readings: Sequence[SentenceReading],
) -> bool:
    """Tell whether a claimant is named only behind a sentence, which another one may tell of.

    It goes on with the attack counted in `before`, the sentence of the last count ("133 came. 51 were lost. Meanwhile,
    the other side said …"); or the military is that of the other side than `side`, of which the text has spoken, and
    no sentence right behind says that it gave the number.
    """
    if claimant is None:
        return False
    named = [other for other in readings[: reading.number + 1] if any(name == claimant for _, name in speakers(other))]
    if before is not None and before.number + 1 == reading.number and before.paragraph == reading.paragraph:
        return not any(other.paragraph == reading.paragraph for other in named)
    if named:
        return False
    if side is None or claimant not in _MILITARIES or speaks_for(claimant, side):
        return False
    behind = readings[reading.number + 1 : reading.number + 1 + _SOURCE_BEHIND]
    sources = (other for other in behind if all(count.rule == ALL_OF for count in other.counts))
    return not any(name == claimant for other in sources for _, name in speakers(other))


def of_elsewhere(claimant: str | None, codes: Sequence[str]) -> bool:
    """Tell whether none of the regions is that of the official who spoke before, nor lies around his city."""
    if claimant is None or not claimant.startswith(_LOCAL) or not codes:
        return False
    own = claimant[len(_LOCAL) :]
    return own not in codes and not any({own, code} in _NEIGHBOURS for code in codes)


def settled(claimant: str | None, side: Side, codes: Sequence[str]) -> str | None:
    """A ministry without a country is the defender's; an official without a region is that of the place."""
    if claimant == "MOD":
        return f"{side.defender}-MOD" if side.defender in ("RU", "UA") else None
    if claimant == "local":
        return f"local:{codes[0]}" if codes else None
    return claimant
