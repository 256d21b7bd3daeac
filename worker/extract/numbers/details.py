"""What only tells more of people who were counted before."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.findings import Finding
from worker.extract.grammar.verbs import CASUALTIES
from worker.extract.numbers.counted import PEOPLE_NAMED
from worker.extract.numbers.fates import BY_PRONOUN, BY_VERB
from worker.extract.sentence import SentenceReading

# The role of a number of people who were counted before.
ONE_OF_THEM = "one of the people counted before"
# Sentences behind a number of people that may tell who they are.
_REACH = 6
_REACH_OF_CHILDREN = 8
_REACH_OF_PART = 2
# Units from an age to who is of it.
_AGED = 2
_REACH_OF_AGED = 3
# Units from some of the people counted to how badly they are hurt.
_STATE = 6


def tells_who(finding: Finding, before: Sequence[Finding], readings: Sequence[SentenceReading]) -> bool:
    """Tell whether one person only is one of several counted just before at the same place ("three hurt … a woman").

    `readings` are all sentences of the text, in order.
    """
    count = finding.count
    if count is None or finding.measure not in CASUALTIES or count.further:
        return False
    if count.rule == BY_PRONOUN:
        return any(_of_one_fate(other, finding) for other in before if _near(other, finding, _REACH_OF_CHILDREN))
    if _children(finding) and not _placed(finding):
        return any(_counts_more(other, finding) for other in before if _near(other, finding, _REACH_OF_CHILDREN))
    if count.part and count.head is None and not _placed(finding) and finding.why.get("period") != "relative":
        return any(_counts_more(other, finding) for other in before if _near(other, finding, _REACH_OF_PART))
    if any(group.first < count.index for group in finding.reading.targets) or _placed(finding):
        return False  # told of a place of its own
    grouped = count.low > 1 and _aged(finding) and finding.why.get("period") != "relative"
    if grouped and any(_counts_more(other, finding) for other in before if _near(other, finding, _REACH_OF_AGED)):
        return True
    if count.low <= _AGED and any(unit.role == ONE_OF_THEM for unit in finding.reading.units[: count.index]):
        return True  # "one woman …, another …, and a third woman and a man …"
    if count.rule == PEOPLE_NAMED:
        return any(
            _counts_alike(other, finding) and not _counts_more(other, finding)
            for other in before
            if _near(other, finding, _REACH)
        )
    if _spoken_of(finding):
        return any(_counts_alike(other, finding) for other in before if _near(other, finding, _REACH))
    if _state_told(finding):
        return any(_counts_more(other, finding) for other in before if _near(other, finding, _REACH))
    units, head = finding.reading.units, count.head
    unit = units[count.index]
    one = unit.article or (unit.kind == "number" and not unit.form.isdigit())
    named = count.low == 1 and one and head is not None and units[head].kind == "person"
    if count.rule not in ("one by grammar", BY_VERB) and not named:
        return False
    aged = _aged(finding)
    struck = _of_another_strike(finding.reading, readings)
    for other in reversed(before):
        same = other.reading.paragraph == finding.reading.paragraph
        # Who is named by age and without a place in the paragraphs behind is one of those counted, too.
        told = aged and other.reading.field == "body" and finding.why.get("period") != "relative" and not struck
        if not _near(other, finding, _REACH) or not (same or told):
            return False  # a headline may sum up what follows
        if _counts_more(other, finding):
            return True
    return False


def _aged(finding: Finding) -> bool:
    """Tell whether people are named with their ages."""
    count, units = finding.count, finding.reading.units
    if count is None:
        return False
    return any(unit.kind == "age" for unit in units[max(0, count.index - _AGED) : count.last + 1])


def _of_another_strike(reading: SentenceReading, readings: Sequence[SentenceReading]) -> bool:
    """Tell whether a sentence, or the one before it in its paragraph, tells what a drone hit."""
    near = readings[max(0, reading.number - 1) : reading.number + 1]
    return any(
        other.paragraph == reading.paragraph and (other.units.any("drone") or other.units.any("measure", "hit"))
        for other in near
    )


def _of_one_fate(other: Finding, finding: Finding) -> bool:
    """Tell whether people of the same fate and place were counted, at whatever time."""
    return other.count is not None and (other.measure, other.side.attacker, other.codes) == (
        finding.measure,
        finding.side.attacker,
        finding.codes,
    )


def _spoken_of(finding: Finding) -> bool:
    """Tell whether "hurt" only describes the person whose further fate is told ("the injured boy is in hospital")."""
    count, units = finding.count, finding.reading.units
    if count is None or count.high != 1 or count.measure_at is None or count.measure_at != count.index - 1:
        return False
    of = finding.reading.clauses.of
    return any(of[care] == of[count.index] and care > count.index for care in units.positions("care"))


def _state_told(finding: Finding) -> bool:
    """Tell whether the clause of several people says in which state they are ("five are in a grave condition")."""
    count, of = finding.count, finding.reading.clauses.of
    if count is None or count.low < 2:
        return False
    return any(
        of[care] == of[count.index] and 0 < care - count.index <= _STATE
        for care in finding.reading.units.positions("care")
    )


def _counts_alike(other: Finding, finding: Finding) -> bool:
    """Tell whether as many people of the same fate and place were counted in another sentence, or more."""
    return (
        other.reading is not finding.reading
        and other.count is not None
        and finding.count is not None
        and other.count.low >= finding.count.low > 0
        and (other.measure, other.side.attacker, other.codes, other.status)
        == (finding.measure, finding.side.attacker, finding.codes, finding.status)
    )


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
