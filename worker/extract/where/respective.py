"""Numbers and places in the same order: "over the Black and the Azov Sea 50 and 29 drones, respectively"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from worker.extract.findings import Finding
from worker.extract.grammar.units import Units
from worker.extract.sentence import SentenceReading
from worker.extract.where.places import PlaceGroup

_SHORTEST_ROW = 2
_CLOSING = 3  # units from places to "respectively"
_IN_ORDER = "the place in the same order"


def divide_in_order(findings: Sequence[Finding]) -> None:
    """Give each number of a row its own of as many places, where a sentence says that their order is the same."""
    for row in _rows(findings):
        reading = row[0].reading
        group = _group_of(reading, row)
        places = _places(reading, group, len(row)) if group is not None else None
        if places is None:
            continue
        for finding, codes in zip(row, places, strict=True):
            finding.codes = codes
            finding.scope = "total" if len(codes) == 1 else finding.scope  # "по 13 и 11": each has its own number
            finding.why["region"] = _IN_ORDER
    _say_each(findings)


def _say_each(findings: Sequence[Finding]) -> None:
    """Give one number to each of several places at the end of a sentence ("three over A and B, respectively").

    Not where any other number stands beside it, between, or behind: it may belong to a row.
    """
    for position, finding in enumerate(findings):
        before = findings[position - 1] if position else None
        count, reading = finding.count, finding.reading
        if count is None or count.each or not reading.units.any("particle", "respectively"):
            continue
        group = next((group for group in reading.targets if group.first > count.index), None)
        if group is None or group.places < _SHORTEST_ROW or _two_fates(reading.units):
            continue
        said = [unit for unit in reading.units[group.last + 1 :] if unit.kind != "mark"]
        between = reading.units[count.index + 1 : group.first]
        beside = before is not None and _side_by_side(before, finding)
        if (
            len(said) == 1
            and said[0].has("particle", "respectively")
            and not beside
            and not any(unit.kind in ("number", "vague", "clause") for unit in between)
            and set(finding.codes) == set(group.codes)
        ):
            finding.scope = "each"


def _rows(findings: Sequence[Finding]) -> Iterator[list[Finding]]:
    """Yield the findings whose numbers stand in one row, in sentences that say "respectively"."""
    told = [
        finding
        for finding in findings
        if finding.count is not None
        and finding.reading.units.any("particle", "respectively")
        and not _two_fates(finding.reading.units)
    ]
    row: list[Finding] = told[:1]
    for before, finding in pairwise(told):
        if not _side_by_side(before, finding):
            if len(row) >= _SHORTEST_ROW:
                yield row
            row = []
        row.append(finding)
    if len(row) >= _SHORTEST_ROW:
        yield row


def _two_fates(units: Units) -> bool:
    """Tell whether two verbs are joined: the order may be theirs ("shot down and jammed 30 and 12, respectively")."""
    return any(
        (units[verb].value == "neutralised" and " " in units[verb].form)
        or (
            units[verb + 1 : verb + 2]
            and units[verb + 1].has("particle", "and")
            and verb + 2 in units.positions("measure")
        )
        for verb in units.positions("measure")
    )


def _side_by_side(before: Finding, finding: Finding) -> bool:
    if before.reading is not finding.reading or before.count is None or finding.count is None:
        return False
    between = finding.reading.units[before.count.index + 1 : finding.count.index]
    return bool(between) and all(
        unit.has("particle", "and", "each", "respectively") or unit.has("mark", ",") or unit.kind == "drone"
        for unit in between
    )


def _group_of(reading: SentenceReading, row: Sequence[Finding]) -> PlaceGroup | None:
    """The places before a row with no other number between, else the first ones behind it.

    Those behind it come first where "respectively" closes them ("30 over A, 13 and 11 over B and C, respectively").
    """
    indices = [finding.count.index for finding in row if finding.count is not None]
    following = next((group for group in reading.targets if group.first > indices[-1]), None)
    if following is not None and _is_closed(reading.units, following):
        return following
    before = [group for group in reading.targets if group.last < indices[0]]
    if before and not any(before[-1].last < count.index < indices[0] for count in reading.counts):
        return before[-1]
    return following


def _is_closed(units: Units, group: PlaceGroup) -> bool:
    """Tell whether "respectively" stands right behind places ("… respectively", "… region, respectively")."""
    behind = units[group.last + 1 : group.last + 1 + _CLOSING]
    said = next((unit for unit in behind if not (unit.has("mark", ",") or unit.kind in ("head", "unit"))), None)
    return said is not None and said.has("particle", "respectively")


def _places(reading: SentenceReading, group: PlaceGroup, number: int) -> list[tuple[str, ...]] | None:
    units: Units = reading.units
    named = [unit.place for unit in units[group.first : group.last + 1] if unit.place is not None]
    if len(named) != number:
        return None
    behind = units[group.last + 1 : group.last + 2]
    regional = any(unit.has("head", "region") or unit.has("unit", "region") for unit in behind)
    return [(place.region or place.alone) if regional else (place.alone or place.region) for place in named]
