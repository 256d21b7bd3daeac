"""Numbers that add up tell each other's places: a whole and its parts by region, or by what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import islice, takewhile

from worker.extract.findings import Finding
from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES
from worker.extract.where.whereabouts import WHOLE_FRONT

FEWEST = 2
# Sentences behind a whole that may tell its parts.
_BEHIND = 2


def place_parts(findings: Sequence[Finding]) -> None:
    """Numbers without a place that add up to the one before them are of its place ("eleven near X. Two …, nine …")."""
    for index, whole in enumerate(findings):
        if whole.count is None or not whole.codes or whole.measure not in DRONE_MEASURES:
            continue
        if whole.count.low != whole.count.high:
            continue
        total, parts = 0, []
        for part in takewhile(partial(_may_add_up, whole), islice(findings, index + 1, None)):
            total += part.count.low if part.count is not None else 0
            parts.append(part)
            if total >= whole.count.low:
                break
        fates = {part.measure for part in parts}  # "two were shot down, nine were jammed"
        if total == whole.count.low and len(parts) >= FEWEST and len(fates) == len(parts):
            for part in parts:
                part.codes, part.why["region"] = whole.codes, "that of the number to which it adds up"


def _may_add_up(whole: Finding, part: Finding) -> bool:
    """Tell whether a number may be some of those counted before, without a place of its own."""
    unplaced = not part.codes and part.why.get("region") == WHOLE_FRONT
    return (
        part.count is not None
        and part.count.low > 0
        and part.measure in DRONE_MEASURES
        and part.side.attacker == whole.side.attacker
        and part.status == whole.status
        and (part.reading is whole.reading or not part.reading.times)
        and (unplaced or part.codes == whole.codes)
        and part.reading.field == whole.reading.field
        and part.reading.number - whole.reading.number <= _BEHIND
    )


def place_wholes(findings: Sequence[Finding]) -> None:
    """A number whose parts by region add up to it is of just these regions ("14: 11 over Odesa, 3 over Mykolaiv").

    So it is where regional commands count, each its own sky. Russia's bulletins, and who quotes them, list the whole
    front: there the list is only complete.
    """
    parts: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.whole is not None:
            parts.setdefault(id(finding.whole), []).append(finding)
    for whole in findings:
        listed = parts.get(id(whole), [])
        if whole.codes or whole.count is None or len(listed) < FEWEST or whole.side.defender != "UA":
            continue
        if whole.measure in CASUALTIES:
            continue  # a digest of the country gives the toll first
        total = sum(part.count.low for part in listed if part.count is not None)
        named = next((group for group in whole.reading.targets if group.last < whole.at), None)
        if named is not None and whole.reading is listed[0].reading:
            continue  # it has a place of its own in the list
        same = all(part.codes and part.scope == "total" and part.measure == whole.measure for part in listed)
        if same and total == whole.count.low == whole.count.high:
            whole.codes = tuple(sorted({code for part in listed for code in part.codes}))
            whole.why["region"] = "those of its parts, which add up to it"


def place_bracketed(findings: Sequence[Finding]) -> None:
    """A number whose regions have theirs in brackets is of these ("five over Bryansk (3) and Tula (2)")."""
    for index, whole in enumerate(findings):
        if whole.count is None or not whole.codes or whole.whole is not None or whole.measure in CASUALTIES:
            continue
        listed = list(takewhile(partial(_bracketed, whole), findings[index + 1 :]))
        total = sum(part.count.low for part in listed if part.count is not None)
        if len(listed) >= FEWEST and total == whole.count.low == whole.count.high:
            whole.codes = tuple(sorted({code for part in listed for code in part.codes}))
            whole.why["region"] = "those in brackets, which add up to it"
            for part in listed:
                part.whole = whole


def _bracketed(whole: Finding, part: Finding) -> bool:
    """Tell whether a number stands in brackets behind a region that `whole` does not name."""
    if part.count is None or part.reading is not whole.reading or part.measure != whole.measure:
        return False
    opened = part.count.index > 0 and part.reading.units[part.count.index - 1].has("mark", "(")
    return opened and part.whole is None and bool(part.codes) and not set(part.codes) & set(whole.codes)
