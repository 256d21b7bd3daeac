"""Attacks stated without a number."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from worker.extract.findings import Finding
from worker.extract.sentence import SentenceReading
from worker.extract.when.periods import resolve
from worker.extract.when.standing import status_of
from worker.extract.where.places import PlaceGroup
from worker.extract.who.sides import Side, decide
from worker.extract.who.speakers import claimant_of, settled, speakers

# Sentences that say what kind of drones a text is about.
_OPENING = 4
# Units from an attack to the place that it is said to be on.
_AIM = 5
_LISTED = ("place", "head", "particle", "word", "clause", "nation")
_MINISTRIES = frozenset(("RU-MOD", "UA-MOD"))


def add_attacks(
    findings: list[Finding],
    readings: Sequence[SentenceReading],
    published: datetime | None,
    text_side: Side | None,
    home: str,
    held: Collection[str] = (),
) -> None:
    """A stated attack without a number, where no count speaks of the place."""
    named = {name for reading in readings for _, name in speakers(reading) if name in _MINISTRIES}
    ministry = named.pop() if len(named) == 1 else "MOD"
    counted = {code for finding in findings for code in finding.codes}
    if not findings and any(reading.units.any("other", "sea") for reading in readings[:_OPENING]):
        return  # the attack of a title may be one of boats
    for reading in readings:
        if not (reading.about_drones or _goes_on(reading, readings)):
            continue
        trigger = next(
            (
                index
                for index in reading.units.positions("attack", "measure")
                if reading.units[index].kind == "attack"
                or (reading.units[index].value in ("hit", "launched", "intercepted") and _of_drones(reading, index))
            ),
            None,
        )
        if trigger is None or reading.units.any("other"):
            continue
        for group in _aimed_at(reading, trigger) or reading.targets:
            if _are_origins(reading, group):
                continue
            codes = tuple(code for code in group.codes if code not in counted and "-" in code)
            if not codes:
                continue
            claimant, how = claimant_of(reading, trigger, "attack", None, ())
            claimant = ministry if claimant == "MOD" else claimant
            drone = next(iter(reading.units.positions("drone")), None)
            measure = "intercepted" if reading.units[trigger].has("measure", "intercepted") else "attack"
            side = decide(reading.units, trigger, drone, measure, codes, claimant, text_side, home, held)
            if side is None:
                continue
            counted.update(codes)
            usable = [mention for mention in reading.times if mention.weight and mention.shape != "until"]
            mention = max(usable, key=lambda found: found.weight, default=None)
            period = resolve(mention, published, side.defender) if mention is not None else None
            standing = status_of(reading, trigger)
            status, how_status = standing.status, standing.why
            findings.append(
                Finding(
                    reading,
                    None,
                    "attack",
                    side,
                    codes,
                    "affected",
                    settled(claimant, side, codes) or "media",
                    period,
                    status,
                    "attack+place",
                    at=group.first,
                    why={"side": side.how, "claimant": how, "status": how_status},
                )
            )


def _are_origins(reading: SentenceReading, group: PlaceGroup) -> bool:
    """Tell whether drones are said to come from places by what stands behind ("used Kursk as launch areas")."""
    behind = (position for position in reading.units.positions("origin") if position > group.last)
    between = reading.units[group.last + 1 : next(behind, 0)]
    return bool(between) and all(unit.kind in _LISTED for unit in between)


def _goes_on(reading: SentenceReading, readings: Sequence[SentenceReading]) -> bool:
    """Tell whether a sentence only says which places those drones attacked that the sentence before counts."""
    if reading.counts or not reading.number or not reading.units.any("attack", "verb"):
        return False
    before = readings[reading.number - 1]
    same = (before.paragraph, before.field) == (reading.paragraph, reading.field)
    came = any(count.measure == "launched" and count.weapon == "drone" for count in before.counts)
    others = reading.units.any("nation") or reading.units.any("claimant")
    return same and came and not (others or before.other_weapon or reading.other_weapon)


def _aimed_at(reading: SentenceReading, trigger: int) -> list[PlaceGroup]:
    """The places right behind an attack that it is said to be on ("planes circle over V. after the attack on M.")."""
    units = reading.units
    if units[trigger].kind != "attack":
        return []
    return [
        group
        for group in reading.targets
        if trigger < group.first <= trigger + _AIM and units[group.first - 1].has("preposition", "to")
    ]


def _of_drones(reading: SentenceReading, verb: int) -> bool:
    """Tell whether a verb is one of drones: they stand in its clause, or in the one before or behind."""
    of = reading.clauses.of
    return any(abs(of[drone] - of[verb]) <= 1 for drone in reading.units.positions("drone"))
