"""Which of the times a text tells belongs to a count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from worker.extract.counts import Count
from worker.extract.periods import resolve
from worker.extract.reading import SentenceReading
from worker.extract.times import TimeMention


def mention_of(
    reading: SentenceReading,
    count: Count,
    readings: Sequence[SentenceReading],
    published: datetime | None,
    earlier: tuple[TimeMention, int] | None,
) -> tuple[TimeMention | None, str]:
    """Return the time a count belongs to and how it was found.

    `readings` are all sentences of the text, `earlier` is the time told before in the paragraph and the number of its
    sentence.
    """
    usable = [mention for mention in reading.times if mention.weight and mention.shape != "until"]
    own = reading.clauses.of[count.index]
    if usable:
        best = max(
            usable,
            key=lambda mention: (
                mention.weight > 1,
                reading.clauses.of[max(mention.first, 0)] == own,
                mention.weight,
                -abs(mention.first - count.index),
            ),
        )
        return best, "relative"
    length = next((mention for mention in reading.times if mention.shape == "length" and mention.hours), None)
    if length is not None:
        ahead = _of_length(reading, length.hours or 0, readings, published)
        if ahead is not None:
            return ahead, "relative"
    if earlier is not None and reading.number - earlier[1] <= 3:
        return earlier[0], "anaphoric"
    return None, "none"


def _of_length(
    reading: SentenceReading, hours: int, readings: Sequence[SentenceReading], published: datetime | None
) -> TimeMention | None:
    """The stretch of that many hours that the next sentences of the paragraph tell ("within twelve hours")."""
    for other in readings[reading.number + 1 : reading.number + 3]:
        same = (other.paragraph, other.field) == (reading.paragraph, reading.field)
        for mention in other.times if same else ():
            period = resolve(mention, published, "UA") if mention.shape == "range" else None
            if period is not None and period.end - period.start == timedelta(hours=hours):
                return mention
    return None
