"""What only tells more of people who were counted before."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.findings import Finding
from worker.extract.verbs import CASUALTIES

# Sentences behind a number of people that may tell who they are.
_REACH = 4


def tells_who(finding: Finding, before: Sequence[Finding]) -> bool:
    """Tell whether one person only is one of several counted just before at the same place ("three hurt … a woman")."""
    count = finding.count
    if count is None or count.rule != "one by grammar" or finding.measure not in CASUALTIES or count.further:
        return False
    if any(group.first < count.index for group in finding.reading.targets):
        return False  # told of a place of its own
    for other in reversed(before):
        if finding.reading.number - other.reading.number > _REACH or (
            other.reading.paragraph != finding.reading.paragraph
        ):
            return False  # a headline may sum up what follows
        if (
            other.count is not None
            and other.count.low > 1
            and (other.measure, other.side.attacker, other.codes, other.status)
            == (finding.measure, finding.side.attacker, finding.codes, finding.status)
        ):
            return True
    return False
