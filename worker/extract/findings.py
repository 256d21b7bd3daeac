"""What an article says, with everything decided about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from worker.extract.numbers.counted import Count
from worker.extract.sentence import SentenceReading
from worker.extract.who.sides import Side
from worker.model import Period


@dataclass(slots=True)
class Finding:
    """One statement with all that was decided about it and why."""

    reading: SentenceReading
    count: Count | None
    measure: str
    side: Side
    codes: tuple[str, ...]
    scope: str
    claimant: str
    period: Period | None
    status: str
    rule: str
    whole: Finding | None = None
    at: int = 0
    why: dict[str, str] = field(default_factory=dict)
