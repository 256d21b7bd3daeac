"""Which count is part of which other one: said in words ("of these", "the rest") or by a place inside a place."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.findings import Finding
from worker.extract.verbs import CASUALTIES


def link_parts(findings: Sequence[Finding]) -> None:
    """Set `whole` of every finding that is said to be, or by its place must be, a part of an earlier one."""
    for index, finding in enumerate(findings):
        count = finding.count
        if count is None or finding.measure in CASUALTIES:
            continue
        wholes = [
            other
            for other in findings[:index]
            if other.count is not None
            and _contains(other, finding)
            and finding.reading.number - other.reading.number <= 6
        ]
        if not wholes:
            continue
        whole = wholes[-1]
        if count.further or count.rest:
            parts = [other for other in findings[:index] if other.whole is not None]
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
