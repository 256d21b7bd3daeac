"""Regions of the war and the surface forms that name them.

Two kinds of reviewed tables stand behind this package:

- `regions.tsv` here: every oblast, republic, krai, okrug and federal city of Ukraine and Russia by its ISO 3166-2
  code, the two seas, and the countries that are, or border, a front; with display names and a point on the map.
- `places.tsv` in each language's folder: the words of running text, in every case form, and the regions they mean.
  Towns and districts roll up to their region. See `worker.gazetteer.places` for the columns.
"""

from worker.gazetteer.places import MARKS, PlaceForm, places
from worker.gazetteer.region import NAME_LANGUAGES, Region, country_of, name, regions
from worker.gazetteer.table import TableError

__all__ = [
    "MARKS",
    "NAME_LANGUAGES",
    "PlaceForm",
    "Region",
    "TableError",
    "country_of",
    "name",
    "places",
    "regions",
]
