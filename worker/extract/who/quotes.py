"""Who is quoted with several sentences, of which only the last one names him."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.sentence import SentenceReading
from worker.extract.who.speakers import speakers

_QUOTED = 4  # sentences of a quotation before who is quoted


def quoted_by(readings: Sequence[SentenceReading], reading: SentenceReading) -> str | None:
    """Return who is named behind a quotation of several sentences that one opens without naming anybody, else None."""
    units = reading.units
    if not units or not units[0].has("mark", '"') or not _odd_quotes(reading) or speakers(reading):
        return None
    for later in readings[reading.number + 1 : reading.number + 1 + _QUOTED]:
        if (later.paragraph, later.field) != (reading.paragraph, reading.field):
            return None
        named = [name for _, name in speakers(later) if name != "media"]
        if named or _odd_quotes(later):
            return named[-1] if named and _odd_quotes(later) else None
    return None


def _odd_quotes(reading: SentenceReading) -> bool:
    """Tell whether a sentence opens a quotation without closing it, or the other way round."""
    return sum(reading.units[mark].value == '"' for mark in reading.units.positions("mark")) % 2 == 1
