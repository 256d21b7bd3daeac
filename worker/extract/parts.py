"""What a part of a number takes from its whole: its time, and who told it."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.findings import Finding
from worker.extract.grammar.verbs import DRONE_MEASURES
from worker.model import Period

_NOBODY = "media"  # the claimant where nobody is named


def share_with_parts(findings: Sequence[Finding]) -> None:
    """Give parts without a time or a claimant of their own those of their wholes."""
    _share_periods(findings)
    _share_speakers(findings)


def _share_periods(findings: Sequence[Finding]) -> None:
    """A part without a time of its own has that of its whole ("36 of those were downed over Crimea")."""
    for finding in findings:
        whole = finding.whole
        if whole is None or whole.period is None or finding.why.get("period") not in ("lead", "none"):
            continue
        if finding.status == whole.status:
            period = whole.period
            finding.period = Period(start=period.start, end=period.end, basis="anaphoric", precision=period.precision)
            finding.why["period"] = "that of its whole"


def _share_speakers(findings: Sequence[Finding]) -> None:
    """A part that nobody is named for is told by who tells of its whole ("the ministry reports 97: – 40 over …")."""
    for finding in findings:
        whole = finding.whole
        if whole is None or finding.claimant != _NOBODY or whole.claimant == _NOBODY:
            continue
        if finding.measure in DRONE_MEASURES and whole.measure in DRONE_MEASURES:
            finding.claimant, finding.why["claimant"] = whole.claimant, "that of its whole"
