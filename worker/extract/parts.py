"""Which count is part of which other one: said in words ("of these", "the rest") or by a place inside a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from worker.extract.findings import Finding
from worker.extract.verbs import CASUALTIES
from worker.model import Period

_REACH = 6  # sentences
_LONGEST_LIST = 90  # there are no more regions
_CASUALTIES_REACH = 20  # a report gives the toll first and then goes from region to region


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
        wholes = _wholes(findings, index)
        whole = next(wholes, None)
        if whole is None:
            _link_list_before(findings, index)
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
        elif count.part or (finding.codes and _smaller_place(finding, whole)):
            finding.whole = whole
        if finding.whole is not None:
            near = finding.reading.number - finding.whole.reading.number <= 1
            if count.part and near and not finding.codes and finding.whole.scope == "total":
                finding.codes, finding.why["region"] = finding.whole.codes, "that of its whole"
            filled[id(finding.whole)] = filled.get(id(finding.whole), 0) + count.low


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
    if part.count is None or part.count.low == 0 or not part.codes:
        return
    for position in range(index - 1, -1, -1):
        whole = findings[position]
        if part.reading.number - whole.reading.number > _CASUALTIES_REACH:
            return
        if whole.codes or whole.count is None or not _contains(whole, part):
            continue
        total = filled.get(id(whole), 0) + part.count.low
        if total <= whole.count.low or whole.count.qualifier in ("at_least", "more_than"):
            part.whole = whole
            filled[id(whole)] = total
        return


def _wholes(findings: Sequence[Finding], index: int) -> Iterator[Finding]:
    """The earlier findings that may contain the one at `index`, the nearest first; none from far back in the text."""
    part = findings[index]
    for position in range(index - 1, -1, -1):
        other = findings[position]
        if part.reading.number - other.reading.number > _REACH:
            return
        if other.count is not None and _contains(other, part):
            yield other


def _contains(whole: Finding, part: Finding) -> bool:
    if whole.count is None or part.count is None or whole.side.attacker != part.side.attacker:
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
    if whole.period is not None and part.period is not None and not _overlap(whole.period, part.period):
        return False
    return part.count.low <= whole.count.low and (whole.count.low, whole.codes) != (part.count.low, part.codes)


def _heads(finding: Finding, *values: str) -> bool:
    """Tell whether what is counted is named by such a word for drones."""
    head = finding.count.head if finding.count is not None else None
    return head is not None and finding.reading.units[head].has("drone", *values)


def _overlap(one: Period, other: Period) -> bool:
    return one.start < other.end and other.start < one.end


def _smaller_place(part: Finding, whole: Finding) -> bool:
    return not whole.codes or set(part.codes) < set(whole.codes)
