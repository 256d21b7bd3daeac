"""What killed people, where a text tells it only behind their number."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.findings import Finding
from worker.extract.grammar.verbs import CASUALTIES
from worker.extract.sentence import SentenceReading

_JUST_BEFORE = 2  # sentences
_STRIKING = ("hit", "launched")


def leave_to_other_weapon(
    findings: list[Finding], reading: SentenceReading, readings: Sequence[SentenceReading]
) -> None:
    """Take back victims if `reading` says which other weapon came down on their place ("Five bombs fell on the city").

    Not where drones were told of there before, and not where the sentence counts victims of its own.
    """
    if not reading.other_weapon or reading.about_drones or any(one.measure in CASUALTIES for one in reading.counts):
        return
    if not (reading.units.any("measure", *_STRIKING) or reading.units.any("attack", "verb")):
        return
    places = {group.codes for group in reading.targets}
    while findings and _of_unknown_cause(findings[-1], reading, readings):
        if places and findings[-1].codes not in places:
            return
        findings.pop()


def _of_unknown_cause(finding: Finding, reading: SentenceReading, readings: Sequence[SentenceReading]) -> bool:
    """Tell whether a finding just before is of dead or injured at one place where no drones were told of."""
    own = finding.reading
    if finding.measure not in CASUALTIES or len(finding.codes) != 1 or own.field != reading.field:
        return False
    between = readings[own.number : reading.number]
    if not 0 < len(between) <= _JUST_BEFORE or any(one.about_drones or one.other_weapon for one in between):
        return False
    return not any(
        one.about_drones and set(finding.codes) & {code for group in one.groups for code in group.codes}
        for one in readings[: own.number]
    )
