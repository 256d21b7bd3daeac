"""The region of an official who is quoted."""

from __future__ import annotations

from worker.extract.numbers.counted import Count
from worker.extract.sentence import SentenceReading
from worker.extract.where.continued import Where
from worker.extract.where.places import spoken_for
from worker.extract.where.surroundings import AROUND, CITY_OF
from worker.extract.where.unnamed import bare_head
from worker.extract.who.speakers import speakers

OF_OFFICIAL = "the region of the official"


def of_official(reading: SentenceReading, count: Count, claimant: str | None) -> Where | None:
    """The region whose official is quoted in the sentence itself."""
    if claimant is None or not claimant.startswith("local"):
        return None
    before = [group for group in reading.groups if group.role == "speaker" and group.last < count.index]
    spoken = spoken_for(before[-1:] or reading.groups)  # "that of Sumy told of …, that of Odesa of no casualties"
    if AROUND.get(spoken) == (claimant[6:],):
        spoken = (claimant[6:],)  # "the Kyiv regional head, so and so": of what lies around the city
    if spoken:
        head = bare_head(reading, count)
        city = head is not None and reading.units[head].value == "city"  # "over the city", say the authorities of Kyiv
        return CITY_OF.get(spoken, spoken) if city else spoken, 1, OF_OFFICIAL
    if claimant.startswith("local:") and claimant in (name for _, name in speakers(reading)):
        return (claimant[6:],), 1, OF_OFFICIAL
    return None
