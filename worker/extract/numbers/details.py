"""What only tells more of people who were counted before."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.findings import Finding
from worker.extract.grammar.verbs import CASUALTIES

# Sentences behind a number of people that may tell who they are.
_REACH = 4
_REACH_OF_CHILDREN = 8


def tells_who(finding: Finding, before: Sequence[Finding]) -> bool:
    """Tell whether one person only is one of several counted just before at the same place ("three hurt … a woman")."""
    count = finding.count
    if count is None or finding.measure not in CASUALTIES or count.further:
        return False
    if _children(finding) and not _placed(finding):
        return any(_counts_more(other, finding) for other in before if _near(other, finding, _REACH_OF_CHILDREN))
    units, head = finding.reading.units, count.head
    named = count.low == 1 and units[count.index].article and head is not None and units[head].kind == "person"
    if count.rule != "one by grammar" and not named:
        return False
    if any(group.first < count.index for group in finding.reading.targets) or _placed(finding):
        return False  # told of a place of its own
    for other in reversed(before):
        if not _near(other, finding, _REACH) or other.reading.paragraph != finding.reading.paragraph:
            return False  # a headline may sum up what follows
        if _counts_more(other, finding):
            return True
    return False


def _placed(finding: Finding) -> bool:
    """Tell whether the clause of a count names its own place ("a boy concussed in Komyshuvakha")."""
    of = finding.reading.clauses.of
    return any(of[group.first] == of[finding.at] and group.first > finding.at for group in finding.reading.targets)


def _near(other: Finding, finding: Finding, reach: int) -> bool:
    return finding.reading.number - other.reading.number <= reach


def _children(finding: Finding) -> bool:
    """Tell whether children are counted: mostly some of the people counted before."""
    head = finding.count.head if finding.count is not None else None
    return head is not None and finding.reading.units[head].has("person", "child")


def _counts_more(other: Finding, finding: Finding) -> bool:
    """Tell whether more people of the same fate and place were counted."""
    return (
        other.count is not None
        and finding.count is not None
        and other.count.low > finding.count.low
        and (other.measure, other.side.attacker, other.codes, other.status)
        == (finding.measure, finding.side.attacker, finding.codes, finding.status)
    )
