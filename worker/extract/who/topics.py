"""What the whole text is about: the one place it speaks of, and the side that is attacked in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from worker.extract.grammar.verbs import DRONE_MEASURES
from worker.extract.sentence import SentenceReading
from worker.extract.where.places import CAPITAL, CAPITAL_REGION
from worker.extract.who.sides import HELD, Side, defenders_told
from worker.gazetteer import country_of

# Sentences, the title included, that tell what a text is about.
_OPENING = 8
# Units from a verb of launching to the place from where.
_FROM = 3


def topic(readings: Sequence[SentenceReading]) -> tuple[str, ...]:
    """The one region that title and first sentences speak of, else none."""
    for reading in readings[:3]:
        codes = {code for group in reading.groups if group.role in ("target", "speaker") for code in group.codes}
        if len(codes) == 1:
            return tuple(codes)
        if codes:
            return ()
    return ()


def side_of_text(readings: Sequence[SentenceReading], home: str, *, at_war: bool) -> Side | None:
    """Whose places the text names most, title counting double: they are attacked.

    `at_war` tells that the text is in the language of one of the two: its ministry needs no name.
    """
    votes: Counter[str] = Counter()
    for reading in readings[:_OPENING]:
        weight = 2 if reading.field == "title" else 1
        for group in (group for group in reading.groups if group.role in ("target", "speaker")):
            for code in group.codes:
                if code in (CAPITAL, CAPITAL_REGION):
                    continue
                country = "RU" if code in ("UA-43", "UA-40") else country_of(code)
                if country in ("RU", "UA"):
                    votes[country] += weight
        if reading.about_drones and reading.units.any("measure", "launched"):
            votes.update(_launched_from(reading))
        for unit in reading.units.of("drone"):
            if unit.value in ("RU", "UA"):
                votes["UA" if unit.value == "RU" else "RU"] += 3 * weight  # a model tells who sends it
        for position in reading.units.positions("nation"):
            unit = reading.units[position]
            following = reading.units[position + 1] if position + 1 < len(reading.units) else None
            if unit.value.endswith("adjective") and following is not None and following.kind in ("drone", "attack"):
                votes["UA" if unit.value.startswith("RU") else "RU"] += 3 * weight
    if not votes:
        far = ("elsewhere",) if at_war else ("elsewhere", "abroad")
        if any(reading.units.any("nation", *far) for reading in readings):
            return None
        if not any(
            any(unit.value not in ("elsewhere", "abroad") for unit in reading.units.of("nation"))
            or any(at_war or unit.value not in ("local", "media", "MOD") for unit in reading.units.of("claimant"))
            or reading.units.any("drone", "RU", "UA")
            or (at_war and _tells_of_raid(reading))
            for reading in readings
        ):
            return None
        for reading in readings[:_OPENING]:
            votes.update(defenders_told(reading.units))
    if not votes:
        return Side("RU" if home == "UA" else "UA", home, "language")
    defender = votes.most_common(1)[0][0]
    return Side("UA" if defender == "RU" else "RU", defender, "text")


def whose_enemy(readings: Sequence[SentenceReading], side: Side | None, home: str) -> str:
    """Whose enemy an unnamed "enemy" is: Ukrainian outlets use the language of the other side too.

    They tell of attacks on what Ukraine holds, or that Russia attacks; else both sides may speak so.
    """
    if side is None or side.defender != "UA" or side.how != "text":
        return home
    if any(reading.units.any("claimant", "RU-MOD", "RU-army") for reading in readings):
        return home
    free = any(
        country_of(code) == "UA" and code not in HELD
        for reading in readings[:_OPENING]
        for group in reading.targets
        for code in group.codes
    )
    told = (country for reading in readings[:_OPENING] for country in defenders_told(reading.units))
    return "UA" if free or "UA" in told else home


def _launched_from(reading: SentenceReading) -> Iterator[str]:
    """Yield whose enemy holds a place that drones are said to have come from."""
    for group in reading.groups:
        came = reading.units[max(0, group.first - _FROM) : group.first]
        if group.role == "origin" and any(unit.has("measure", "launched") for unit in came):
            held = set(group.codes) <= HELD or all(country_of(code) == "RU" for code in group.codes)
            yield "UA" if held else "RU"


def _tells_of_raid(reading: SentenceReading) -> bool:
    """Tell whether drones come down, get through or hurt people: whose sky it is needs no name in a country at war."""
    told = reading.units.any("measure", "intercepted", "suppressed", "neutralised", "hit", "killed", "injured")
    return (told and reading.units.any("drone")) or any(count.measure in DRONE_MEASURES for count in reading.counts)
