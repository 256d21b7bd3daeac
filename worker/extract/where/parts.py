"""Which count is part of which other one: said in words ("of these", "the rest") or by a place inside a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, pairwise

from worker.extract.findings import Finding
from worker.extract.grammar.verbs import CASUALTIES
from worker.extract.numbers.counted import NUMBER_OF_NUMBER
from worker.extract.parts import share_with_parts
from worker.extract.sentence import SentenceReading
from worker.extract.where.adding_up import FEWEST, place_bracketed, place_parts, place_wholes
from worker.extract.where.attachment import attacked
from worker.extract.where.places import PlaceGroup
from worker.extract.where.respective import divide_in_order
from worker.extract.where.unnamed import OTHER_SEA
from worker.model import Period

_REACH = 6  # sentences
_KIND_REACH = 2  # sentences from all drones to one kind of them
_LONGEST_LIST = 90  # there are no more regions
_SUM = 8  # units from "in all" to its number
_SENT_TO = 3  # units from a verb to the place it sends to
_ONE_DAY = timedelta(hours=26)
_CASUALTIES_REACH = 20  # a report gives the toll first and then goes from region to region


def part_and_whole(findings: Sequence[Finding]) -> None:
    """Link every part to its whole; the one has places, time and claimant of the other where the text says so."""
    divide_in_order(findings)
    place_shares(findings)
    place_parts(findings)
    link_parts(findings)
    place_wholes(findings)
    place_bracketed(findings)
    link_behind(findings)
    share_with_parts(findings)


def link_parts(findings: Sequence[Finding]) -> None:
    """Set `whole` of every finding that is said to be, or by its place must be, a part of an earlier one."""
    filled: dict[int, int] = {}  # id of a whole → what its parts so far add up to
    for index, finding in enumerate(findings):
        count = finding.count
        if count is None:
            continue
        if finding.measure in CASUALTIES:
            _link_casualties(findings, index, filled)
            continue
        if finding.whole is not None or _link_sum(findings, index) or _link_listed(findings, index):
            continue
        wholes = _wholes(findings, index)
        whole = next(wholes, None)
        if whole is None:
            _link_list_before(findings, index)
            continue
        if _goes_on(finding, whole):
            continue
        if count.part and _heads(finding, "plain", "RU", "UA") and _heads(whole, "target") and whole.count is not None:
            whole.count.weapon = "mixed"  # "310 targets, among them 280 drones": the others are something else
            continue
        if count.further or count.rest:
            for candidate in chain((whole,), wholes):
                size = candidate.count.low if candidate.count is not None else 0
                if id(candidate) in filled and filled[id(candidate)] + count.low <= size:
                    finding.whole = candidate
                    break
            else:
                if count.part:
                    finding.whole = whole
        elif (
            count.part
            or (finding.codes and _smaller_place(finding, whole))
            or (finding.why.get("region") == OTHER_SEA and not whole.codes)
        ):
            finding.whole = whole
        if finding.whole is not None:
            near = finding.reading.number - finding.whole.reading.number <= 1
            if count.part and near and not finding.codes and finding.whole.scope == "total":
                finding.codes, finding.why["region"] = finding.whole.codes, "that of its whole"
            filled[id(finding.whole)] = filled.get(id(finding.whole), 0) + count.low


def _link_listed(findings: Sequence[Finding], index: int) -> bool:
    """Link numbers of several times to the one before that they add up to ("412: 230 on Saturday, 182 on Sunday")."""
    whole = findings[index]
    count = whole.count
    if count is None or not count.low or whole.whole is not None:
        return False
    total, parts = 0, []
    for part in findings[index + 1 : index + 1 + _LONGEST_LIST]:
        if part.reading is not whole.reading or part.count is None or part.side.attacker != whole.side.attacker:
            break
        if part.measure != whole.measure and not {part.measure, whole.measure} <= {"intercepted", "neutralised"}:
            break
        total += part.count.low
        parts.append(part)
        if total >= count.low:
            break
    periods = [part.period for part in parts if part.period is not None]
    apart = len(periods) == len(parts) and not any(_overlap(one, other) for one, other in pairwise(periods))
    if total != count.low or len(parts) < FEWEST or not apart:
        return False
    for part in parts:
        part.whole, part.measure = whole, whole.measure
        part.codes = part.codes or whole.codes
    _span_parts(whole, periods)
    if whole.period is not None and whole.period.end - whole.period.start > _ONE_DAY and whole.status == "current":
        whole.status, whole.why["status"] = "cumulative", "several nights"
    return False


def _span_parts(whole: Finding, periods: Sequence[Period]) -> None:
    """A sum is told of the time from the first to the last of its parts."""
    start, end = min(period.start for period in periods), max(period.end for period in periods)
    whole.period = Period(start=start, end=end, basis=periods[0].basis, precision="part_of_day")
    whole.why["period"] = "from the first to the last of its parts"


def place_shares(findings: Sequence[Finding]) -> None:
    """Of "47 of 72 downed over these regions" the regions are those of the 47, unless the 72 were sent there."""
    for part, whole in pairwise(findings):
        if whole.count is None or whole.count.rule != NUMBER_OF_NUMBER or part.reading is not whole.reading:
            continue
        if part.codes not in ((), whole.codes) or (whole.claimant or "").startswith("local"):
            continue
        behind = (g for g in whole.reading.targets if g.first > whole.at and g.codes == whole.codes)
        group = next(behind, None)
        if group is not None and not (attacked(whole.reading, whole.codes) or _sent_there(whole.reading, group)):
            part.codes, part.scope, whole.codes = whole.codes, "total", ()
            part.why["region"] = "named behind its whole"


def _sent_there(reading: SentenceReading, group: PlaceGroup) -> bool:
    """Tell whether a place stands right behind the verb that sent drones to it ("that flew at the Rostov region")."""
    before = reading.units[max(0, group.first - _SENT_TO) : group.first]
    return any(unit.has("measure", "launched") or unit.has("attack", "verb") for unit in before)


def link_behind(findings: Sequence[Finding]) -> None:
    """The number of a region told before that of the whole country is a part of it ("91 near Moscow. In all 337")."""
    for index, part in enumerate(findings):
        if part.whole is not None or not part.codes or part.count is None or part.measure in CASUALTIES:
            continue
        if not part.count.low or part.count.rest:
            continue
        for whole in findings[index + 1 : index + 1 + _LONGEST_LIST]:
            if whole.reading.number - part.reading.number > _REACH:
                break
            larger = whole.count is not None and whole.count.low > part.count.low
            told = (
                part.claimant == whole.claimant != "media"
                and whole.whole is None
                and _inside(part.period, whole.period)
            )
            if larger and told and not whole.codes and _contains(whole, part):
                part.whole = whole
                break


def _goes_on(finding: Finding, whole: Finding) -> bool:
    """Tell whether hours that only touch the time told before add their number to it ("from 7 to 8 another 25")."""
    count, one, other = finding.count, finding.period, whole.period
    return (
        count is not None
        and not count.part
        and not finding.codes
        and one is not None
        and other is not None
        and one.precision == "minute"
        and other.precision == "part_of_day"
        and one.end >= other.end
        and one.start - other.start > (other.end - other.start) / 2
    )


def _link_sum(findings: Sequence[Finding], index: int) -> bool:
    """Link numbers of several times or places to "in all so many" behind them, which they add up to."""
    whole = findings[index]
    count = whole.count
    if count is None or not count.low or not _of_total(whole):
        return False
    total, parts = 0, []
    for position in range(index - 1, max(index - _LONGEST_LIST, -1), -1):
        part = findings[position]
        if whole.reading.number - part.reading.number > _REACH:
            break
        if part.count is None or part.whole is not None or part.status != whole.status:
            continue
        alike = (part.measure, part.side.attacker) == (whole.measure, whole.side.attacker)
        if not alike or not set(part.codes) >= set(whole.codes):
            continue
        total += part.count.low
        parts.append(part)
        if total >= count.low:
            break
    if total != count.low or len(parts) < FEWEST:
        return False
    for part in parts:
        part.whole = whole
    periods = [part.period for part in parts if part.period is not None]
    if len(periods) == len(parts):
        _span_parts(whole, periods)
    return True


def _of_total(finding: Finding) -> bool:
    """Tell whether "in all" stands before a number, in its clause or right before it."""
    units, at = finding.reading.units, finding.at
    return any(unit.has("particle", "total") for unit in units[max(0, at - _SUM) : at])


def without_kinds(findings: Sequence[Finding]) -> list[Finding]:
    """Leave out kinds of what is counted already ("of these about 100 Shaheds"): no further drones came with them."""
    kept: list[Finding] = []
    for finding in findings:
        if _is_kind(finding, kept):
            finding.reading.units[finding.at].role = "a kind of those counted"
        else:
            kept.append(finding)
    return kept


def _is_kind(finding: Finding, before: Sequence[Finding]) -> bool:
    """Tell whether a number of launched drones is a part of another one that has its place and its time."""
    if finding.measure != "launched" or finding.count is None or finding.count.weapon == "mixed":
        return False
    if finding.whole is not None:
        whole = finding.whole
        return (
            finding.count.part
            and whole.measure == "launched"
            and whole.count is not None
            and whole.count.weapon != "mixed"
            and finding.codes == whole.codes
            and _at_one_time(finding.period, whole.period)
        )
    return _heads(finding, "RU", "UA") and any(
        other.measure == "launched"
        and other.count is not None
        and other.count.weapon == "drone"
        and other.count.low > finding.count.low
        and not _heads(other, "RU", "UA")
        and finding.reading.number - other.reading.number <= _KIND_REACH
        and (other.side.attacker, other.codes, other.status) == (finding.side.attacker, finding.codes, finding.status)
        for other in before
    )


def _link_list_before(findings: Sequence[Finding], index: int) -> None:
    """Regions told one by one that add up to the total behind them are its parts ("Kursk (22), Bryansk (19): 41")."""
    whole = findings[index]
    if whole.codes or whole.count is None or whole.count.qualifier != "exact" or not whole.count.low:
        return
    total, parts = 0, []
    for position in range(index - 1, max(index - _LONGEST_LIST, -1), -1):
        part = findings[position]
        near = whole.reading.number - part.reading.number <= _REACH
        if not near or part.count is None or not part.codes or part.whole is not None or not _contains(whole, part):
            return
        total += part.count.low * (len(part.codes) if part.scope == "each" else 1)
        parts.append(part)
        if total >= whole.count.low:
            break
    if total == whole.count.low and len(parts) > 1:
        for part in parts:
            part.whole = whole


def _link_casualties(findings: Sequence[Finding], index: int, filled: dict[int, int]) -> None:
    """The dead of one region are among those of the country, as long as they do not outnumber them."""
    part = findings[index]
    if part.count is None or part.count.low == 0 or part.whole is not None:
        return
    before = findings[index - 1] if index else part
    if part.count.part and before.reading is part.reading and before.measure == part.measure and before is not part:
        larger = before.count is not None and before.count.low >= part.count.low
        part.whole = before if larger and before.codes == part.codes else None
        return
    if not part.codes:
        return
    for position in range(index - 1, -1, -1):
        whole = findings[position]
        if part.reading.number - whole.reading.number > _CASUALTIES_REACH:
            return
        if whole.codes == part.codes or whole.count is None or not _contains(whole, part):
            continue
        total = filled.get(id(whole), 0) + part.count.low
        if total <= whole.count.low or whole.count.qualifier in ("at_least", "more_than"):
            part.whole = whole
            filled[id(whole)] = total
        return


def _wholes(findings: Sequence[Finding], index: int) -> Iterator[Finding]:
    """The earlier findings that may contain the one at `index`, the nearest first; none from far back in the text."""
    part = findings[index]
    for position in range(index - 1, max(index - 1 - _LONGEST_LIST, -1), -1):
        other = findings[position]
        if part.reading.number - other.reading.number > _REACH:
            return
        if other.count is not None and _contains(other, part):
            yield other


def _contains(whole: Finding, part: Finding) -> bool:
    if whole.count is None or part.count is None or whole.side.attacker != part.side.attacker:
        return False
    if part.count.low > whole.count.low or (whole.count.low, whole.codes) == (part.count.low, part.codes):
        return False
    if whole.measure != part.measure and not (
        whole.measure == "neutralised" and part.measure in ("intercepted", "suppressed")
    ):
        return False
    if whole.status != part.status or (whole.whole is not None and not part.count.part):
        return False
    if whole.count.weapon == "mixed" != part.count.weapon:
        return False  # drones among missiles and drones are a count of their own
    if whole.codes and not set(part.codes) <= set(whole.codes):
        return False
    return whole.period is None or part.period is None or _overlap(whole.period, part.period)


def _heads(finding: Finding, *values: str) -> bool:
    """Tell whether what is counted is named by such a word for drones."""
    head = finding.count.head if finding.count is not None else None
    return head is not None and finding.reading.units[head].has("drone", *values)


def _at_one_time(part: Period | None, whole: Period | None) -> bool:
    """Tell whether a part has no time of its own: "before midnight" is a part, but no kind."""
    return part is None or part.basis == "anaphoric" or (part.start, part.end) == _ends(whole)


def _ends(period: Period | None) -> tuple[datetime, datetime] | None:
    return (period.start, period.end) if period is not None else None


def _overlap(one: Period, other: Period) -> bool:
    return one.start < other.end and other.start < one.end


def _inside(part: Period | None, whole: Period | None) -> bool:
    return part is None or whole is None or (whole.start <= part.start and part.end <= whole.end)


def _smaller_place(part: Finding, whole: Finding) -> bool:
    return not whole.codes or set(part.codes) < set(whole.codes)
