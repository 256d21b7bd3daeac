"""Where a number belongs: to the places beside it, else to those of its sentence, paragraph, section or text."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.findings import Finding
from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES
from worker.extract.numbers.counted import PLACES_HIT, Count
from worker.extract.numbers.refusals import LARGEST
from worker.extract.reading import goes_on_listing
from worker.extract.sentence import SentenceReading
from worker.extract.where.attachment import (
    and_others,
    attached,
    is_land_before,
    is_offshore,
    struck_there,
    sums_up,
)
from worker.extract.where.continued import Where, of_all_parts, of_further, of_same_wave
from worker.extract.where.countries import (
    across_regions,
    country_attacked,
    frames_country,
    over_country,
    over_several,
    spots_of_country,
)
from worker.extract.where.local import (
    MILITARIES,
    heads_section,
    is_dateline,
    is_local,
    names_others,
    of_other_side,
    only_office,
    only_region,
)
from worker.extract.where.national import OF_A_SEASON, fate_of_those, of_country_before, of_one_attack
from worker.extract.where.next_sentence import FATES, told_next
from worker.extract.where.officials import OF_OFFICIAL, of_official
from worker.extract.where.places import PlaceGroup, at_sea, spoken_for
from worker.extract.where.surroundings import AROUND, CITY_OF
from worker.extract.where.unnamed import OTHER_SEA, another_region, bare_head, other_sea
from worker.extract.who.actors import counting_country
from worker.extract.who.speakers import speakers
from worker.extract.who.topics import topic
from worker.gazetteer import country_of

_Told = Sequence[Finding]
WHOLE_FRONT = "the whole front"
OF_COUNTRY = "the country, as the number before"
_FRAME = 4  # units that open a sentence: "across the country, officials said" frames all of it
_LINE = 8  # units of a line of a list that counts nothing
_THERE = 9  # units from "there" to a number of another clause
_OF_ONE_REGION = 15  # larger numbers in a text about one region may be those of the whole country
_OF_LOCAL_TEXT = 40  # the same in a text that quotes no army
_POST = 8  # sentences of a post that is signed at its end


class Whereabouts:
    """Goes through an article with the composer and remembers which places were named last."""

    def __init__(self, readings: Sequence[SentenceReading], claimants: Sequence[str]) -> None:
        self._readings = readings
        self._topic = () if names_others(readings) else topic(readings)
        self._local = is_local(readings, self._topic, claimants)
        self._office = only_office(claimants)
        self._army = any(name in MILITARIES for name in claimants)
        self._only = only_region(readings)
        # A post: no title, and an official speaks from its first sentence or signs it.
        self._posted = (
            bool(readings)
            and readings[0].field == "body"
            and bool(speakers(readings[0]) or (len(readings) <= _POST and speakers(readings[-1])))
        )
        self._paragraph: tuple[int, str] = (-1, "")
        self._section: tuple[str, ...] = ()
        self._stamped = False  # the paragraph is an entry of a live page ("16:40. Tula. …")
        self._of_entry = False  # so the section is its, and ends with it
        self._named: tuple[str, ...] = ()
        self._places: frozenset[str] = frozenset()  # of them where they are several
        self._country = ""  # last said in the paragraph to be attacked
        self._reported: tuple[str, ...] = ()  # by the official of the sentence, as the place of its drones
        self._wide = False  # the paragraph opened with what happened across the country
        self._listed: tuple[str, ...] = ()
        self._attacked: tuple[str, ...] = ()  # last, in whatever paragraph
        self._taken: set[tuple[int, int]] = set()

    def begin(self, reading: SentenceReading) -> None:
        """Begin a sentence."""
        if (reading.paragraph, reading.field) != self._paragraph:
            self._paragraph = (reading.paragraph, reading.field)
            self._named, self._country, self._places, self._wide = (), "", frozenset(), False
            self._stamped = any(mention.shape == "stamp" for mention in reading.times)
            if self._stamped and self._of_entry:
                self._section = ()
        self._country = country_attacked(reading.units) or self._country
        self._reported = ()

    def end(self, reading: SentenceReading) -> None:
        """End a sentence: what it named last is what the next one may mean."""
        if reading.heading:
            self._section = heads_section(reading)
        elif reading.units and reading.units[-1].has("mark", ".", ":") and not is_dateline(reading):
            self._section = heads_section(reading) or self._section  # "Kakhovka."
        self._of_entry = bool(self._section) and (self._of_entry or self._stamped)
        if reading.units and reading.units[-1].has("mark", ":"):
            self._listed = self._heads_list(reading)
        elif len(reading.units) > _LINE and not goes_on_listing(reading):
            self._listed = ()
        self._wide = not self._named and self._goes_wide(reading)
        if not reading.groups:
            return
        spoken = spoken_for(reading.groups)
        codes = [group.codes for group in reading.targets if not at_sea(group.codes)] or ([spoken] if spoken else [])
        if names_others((reading,)):
            self._named = ()
        elif codes:
            # Behind a list of places nobody knows which one of them the next sentence means.
            self._named = codes[-1] if len(set(codes)) == 1 or reading.heading else ()
            self._places = frozenset(code for named in codes for code in named)
            self._country = ""
        if (
            (reading.targets or self._reported)
            and (reading.about_drones or reading.of_drones)
            and reading.field == "body"
        ):
            told = {group.codes for group in reading.targets if group.located}
            self._attacked = self._reported or (told.pop() if len(told) == 1 else ())

    def _goes_wide(self, reading: SentenceReading) -> bool:
        """Tell whether what follows may be anywhere: a sentence without a place tells of a whole country."""
        if reading.about_drones and not reading.targets and not reading.heading and over_country(reading.units):
            return True
        framed = not reading.counts and frames_country(reading.units)
        return not reading.groups and (self._wide or framed)

    def of(self, reading: SentenceReading, count: Count, claimant: str | None, findings: Sequence[Finding]) -> Where:
        """Return (codes, number of places, how they were found) for a number that `claimant` gives."""
        if other_sea(reading.units, count.index):
            return (), 0, OTHER_SEA
        group = attached(reading, count, self._taken)
        if group is not None and group.last < count.index and sums_up(reading, count, group):
            return (), 0, "the sum of the numbers before"
        if group is None:
            group = self._of_pair(reading, count)
        elif is_offshore(group, count):
            # "In Sevastopol three drones were downed over the sea": the sea only says where.
            group = next((land for land in reading.targets if is_land_before(reading, land, count)), group)
        if group is not None and and_others(reading.units, group):
            return (), 0, "with regions that are not named"
        if count.measure in CASUALTIES and across_regions(reading.units, count.last):
            return (), 0, "several regions that are not named"
        if group is not None:
            if group.first > count.index:
                self._taken.add((reading.number, group.first))
            return group.codes, group.places, "named beside the number"
        if another_region(reading.units):
            return (), 0, "another region that is not named"
        if count.measure in DRONE_MEASURES and counting_country(reading.units, count.index) is not None:
            return (), 0, OF_COUNTRY
        hits = count.measure in ("hit", PLACES_HIT) and count.low > 1
        fates = fate_of_those(reading, count, findings) and told_next(self._readings, reading, count) is None
        if (hits or fates) and of_country_before(reading, findings):
            return (), 0, OF_COUNTRY
        if self._listed and goes_on_listing(reading):
            return self._listed, 1, "the place of the list"
        if over_several(reading.units, reading.clauses.of, count.index):
            codes = self._several(reading, count)
            back = None if codes else self._back(reading, bare_head(reading, count))
            if back is not None:
                return back  # "577 strikes on the region, 297 drones against populated areas"
            return codes, len(codes), "the regions named before" if codes else "several regions that are not named"
        where = (
            self._there(reading, count)
            or of_same_wave(reading, count, findings)
            or of_all_parts(reading, findings)
            or of_official(reading, count, claimant)
            or self._back(reading, bare_head(reading, count))
            or self._of_casualty(reading, count, claimant, findings)
            or self._of_unnamed_official(reading, count, claimant)
            or told_next(self._readings, reading, count)
            or self._of_attack(reading, count)
            or of_further(reading, count, findings)
            or self._of_section(reading, count, claimant, findings)
            or ((), 0, WHOLE_FRONT)
        )
        if where[2] == OF_OFFICIAL and count.measure in DRONE_MEASURES:
            self._reported = where[0]
        return where

    def _heads_list(self, reading: SentenceReading) -> tuple[str, ...]:
        """The one region of a list that a sentence with a colon opens ("Over the day the region was struck by:")."""
        places = {group.codes for group in reading.targets if group.located}
        if places or over_country(reading.units):
            return places.pop() if len(places) == 1 and not over_country(reading.units) else ()
        there = next((p for p in reading.units.positions("particle") if reading.units[p].value == "there"), None)
        back = self._back(reading, there)
        return back[0] if back is not None and len(back[0]) == 1 else ()

    def _several(self, reading: SentenceReading, count: Count) -> tuple[str, ...]:
        """The regions that "over the two regions" means: the one group of so many that was named before."""
        units, of = reading.units, reading.clauses.of
        said = [
            units[position - 1].amount
            for position in units.positions("unit")
            if position and units[position].value == "region" and of[position] == of[count.index]
        ]
        before = self._readings[reading.number - 1] if reading.number else reading
        same = (before.paragraph, before.field) == (reading.paragraph, reading.field)
        groups = [group for group in reading.targets if group.last < count.index] or (before.targets if same else [])
        codes = groups[-1].codes if len(groups) == 1 else ()
        return codes if len(codes) > 1 and said == [len(codes)] else ()

    def _of_pair(self, reading: SentenceReading, count: Count) -> PlaceGroup | None:
        """The place behind the second of a pair ("20 injuries and one death in", "four downed and two more over")."""
        following = next((other for other in reading.counts if other.index > count.index), None)
        if following is None:
            return None
        casualties = following.measure in CASUALTIES and following.measure != count.measure
        drones = following.further and following.measure in FATES
        if not (casualties if count.measure in CASUALTIES else drones and count.measure in FATES):
            return None
        between = reading.units[count.last + 1 : following.index]
        if not any(unit.has("particle", "and") for unit in between) or any(unit.kind == "place" for unit in between):
            return None
        group = attached(reading, following, self._taken)
        return group if group is not None and group.first > following.index else None

    def _there(self, reading: SentenceReading, count: Count) -> Where | None:
        particles = reading.units.positions("particle")
        there = next((index for index in particles if reading.units[index].value == "there"), None)
        if there is None:
            return None
        of = reading.clauses.of
        if of[there] != of[count.index] and there < count.index - _THERE:
            return None  # too far from the number
        own = [p for p in reading.units.positions("nation", "place", "unit") if there < p and of[p] == of[count.index]]
        if of[there] != of[count.index] and any(spots_of_country(reading.units, own)):
            return None  # "debris came down there in a raid in which 172 were destroyed over Russia"
        if there > count.index and any(
            other.index > count.index and of[other.index] == of[there] for other in reading.counts
        ):
            return None  # "27 were downed: first comes Kursk, there nine were hit"
        return self._back(reading, there)

    def _back(self, reading: SentenceReading, there: int | None) -> Where | None:
        """The place that "there", "the region" or "the city" leads back to."""
        if there is None:
            return None
        named = [found.codes for found in reading.targets if found.last < there]
        office = spoken_for(reading.groups)
        before = (office, self._named, self._section, self._attacked, self._topic, self._office, self._only)
        spoken_of = (named[-1] if named else (), *before)
        codes = next((codes for codes in spoken_of if any("-" in code for code in codes)), ())  # of no third country
        if reading.units[there].has("head", "region"):
            codes = AROUND.get(codes, codes)
        elif reading.units[there].has("head", "city"):
            codes = CITY_OF.get(codes, codes)
        return (codes, len(codes), "there: the place named before") if codes else None

    def _of_casualty(
        self, reading: SentenceReading, count: Count, claimant: str | None, findings: Sequence[Finding]
    ) -> Where | None:
        """Dead and injured, drones that hit, and a drone without a number are of the place that is spoken of."""
        quoted = claimant in MILITARIES and any(name == claimant for _, name in speakers(reading))
        # How many got through is what an army counts for the country; the one that hit a house is the place's.
        counts_hits = claimant in MILITARIES and (quoted or (count.low > 1 and claimant != "RU-MOD"))
        hit = count.measure == "hit" and not counts_hits
        if count.measure not in CASUALTIES and count.rule != "one by grammar" and not hit:
            return None
        if not reading.targets and (self._wide or over_country(reading.units)):
            return (), 0, "the country"
        if count.low > OF_A_SEASON and not reading.targets and not of_one_attack(reading, count):
            return (), 0, "victims of a long time"
        leading = [found for found in reading.targets if found.last < count.index and found.located]
        if leading and and_others(reading.units, leading[-1]):
            return (), 0, "with regions that are not named"
        if leading:
            return leading[-1].codes, leading[-1].places, "the place of the sentence"
        behind = next((found for found in reading.targets if struck_there(reading, count, found)), None)
        if behind is not None:
            return behind.codes, behind.places, "where the drone struck"
        named = [found for found in reading.targets if found.last < count.index]
        if len(named) == 1:
            return named[0].codes, named[0].places, "the place that the sentence is about"
        same = [finding for finding in findings if finding.reading is reading and finding.codes]
        if same:
            return same[-1].codes, 1, "the place of the sentence"
        own = claimant[len("local:") :] if claimant is not None else ""
        if not self._named and own in self._places:
            return (own,), 1, OF_OFFICIAL  # who told of several places tells of his own
        long = any(mention.shape in ("month", "year") for mention in reading.times)  # a season's victims: anywhere
        of_text = self._attacked or self._topic or self._office or (() if long or self._army else self._only)
        place, of_what = self._named or self._section or of_text, "paragraph" if self._named else "section or text"
        known = place and self._is_attacked(place) and not of_other_side(place, reading, findings)
        return (place, 1, f"the place of the {of_what}") if known else None

    def _of_attack(self, reading: SentenceReading, count: Count) -> Where | None:
        """The one place where the sentence before tells of a fight without a number, if no army counts here."""
        before = self._readings[reading.number - 1] if reading.number else None
        if before is None or (before.paragraph, before.field) != (reading.paragraph, reading.field):
            return None
        if (
            count.measure not in FATES
            or before.counts
            or reading.targets
            or reading.units.any("nation", "RU", "UA", "RU-object", "UA-object")
        ):
            return None
        if count.low > (_OF_ONE_REGION if self._army else _OF_LOCAL_TEXT):
            return None
        fought = before.units.any("attack") or before.units.any("measure", "launched", count.measure)
        # "Shaheds were heard over the region."
        counted = any(unit.role != "time" for unit in before.units.of("number"))
        summed = reading.units.any("particle", "total")
        if not (fought or summed or before.units.any("report") or counted or before.other_weapon):
            fought = before.about_drones and not reading.times
        if (
            not (fought or before.units.any("defence"))
            or over_country(reading.units)
            or len(before.targets) != 1
            or any(name in MILITARIES for _, name in speakers(reading))
        ):
            return None
        codes = before.targets[0].codes
        return (codes, 1, "the place attacked in the sentence before") if len(codes) == 1 else None

    def _of_section(self, reading: SentenceReading, count: Count, claimant: str | None, told: _Told) -> Where | None:
        """A number under the heading of a region, or in a text about one alone, is of it."""
        military = claimant in MILITARIES and not (self._of_entry and not speakers(reading))
        if military or over_country(reading.units) or reading.heading:
            return None
        if any(group.codes != self._topic for group in reading.targets):
            return None
        if self._section:
            return self._section, 1, "the place of the section"
        place = self._topic if self._local else self._office
        country = count.measure in DRONE_MEASURES and of_country_before(reading, told)
        if country or of_other_side(place, reading, told) or not self._is_attacked(place):
            return None
        most = LARGEST if self._office and self._posted else _OF_ONE_REGION
        if place and reading.field == "body" and count.low <= most and not _names_nation(reading):
            return place, 1, "the place of the text"
        return None

    def _is_attacked(self, place: Sequence[str]) -> bool:
        """Tell whether a place may still be meant: the paragraph does not tell of an attack on the other country."""
        return self._country in ("", *map(country_of, place))

    def _of_unnamed_official(self, reading: SentenceReading, count: Count, claimant: str | None) -> Where | None:
        if count.measure == "launched" and not speakers(reading) and reading.units.any("nation", "RU", "UA"):
            return None  # who spoke before of a place does not tell what one country sent at the other
        if any(at and reading.units[at - 1].kind == "nation" for at in reading.units.positions("claimant")):
            return None  # "the Russian authorities"
        of = reading.clauses.of
        beside = [
            p for p in reading.units.positions("nation", "place", "unit") if of[p] == of[count.index] or p < _FRAME
        ]
        if claimant is not None and claimant.startswith("local") and any(spots_of_country(reading.units, beside)):
            return (), 0, "the country"  # "across the country 14 of 17 were shot down, officials said"
        if claimant == "local" and (self._named or self._topic) and self._is_attacked(self._named or self._topic):
            return self._named or self._topic, 1, "the place of the paragraph or of the text"
        if claimant is not None and claimant.startswith("local:"):
            return (claimant[6:],), 1, OF_OFFICIAL
        return None


def _names_nation(reading: SentenceReading) -> bool:
    return any(unit.value != "enemy" and " " not in unit.form for unit in reading.units.of("nation"))  # no troops
