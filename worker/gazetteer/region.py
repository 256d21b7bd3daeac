"""A region is named by its ISO 3166-2 code; names are for reading, codes for counting."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from worker.gazetteer.table import TableError, rows

NAME_LANGUAGES = ("en", "de", "uk", "ru")
KINDS = frozenset({"country", "oblast", "city", "republic", "krai", "okrug", "sea"})
COLUMNS = ("code", "country", "kind", *(f"name_{language}" for language in NAME_LANGUAGES), "latitude", "longitude")
REGIONS_TABLE = Path(__file__).with_name("regions.tsv")


class Region(msgspec.Struct, frozen=True, kw_only=True):
    """A federal subject, oblast, sea or country that can be the place of an attack.

    `code` is ISO 3166-2 (`UA-63`), ISO 3166-1 alpha-2 for a country (`UA`), or `SEA-BLACK` / `SEA-AZOV`; `country`
    is the ISO 3166-1 code it belongs to by international law (Crimea: UA), `SEA` for a sea. `names` holds the
    nominative by language. `latitude` and `longitude` are degrees north and east of a point inside the region.
    """

    code: str
    country: str
    kind: str
    names: Mapping[str, str]
    latitude: float
    longitude: float


@cache
def regions() -> Mapping[str, Region]:
    """All regions by code, read once."""
    return read_regions(REGIONS_TABLE)


def read_regions(path: Path) -> Mapping[str, Region]:
    """All regions of a table by code, in the order of the table.

    Raises `TableError` for a code or a name used twice, a kind outside `KINDS`, a code that does not begin with
    its country, an empty name, or coordinates off the globe.
    """
    found: dict[str, Region] = {}
    named: dict[tuple[str, str], str] = {}
    for line, fields in rows(path, COLUMNS):
        code, country, kind = fields[:3]
        if code in found:
            raise TableError(path, line, f"{code} appears twice")
        if kind not in KINDS:
            raise TableError(path, line, f"unknown kind {kind!r}; one of {', '.join(sorted(KINDS))}")
        if code != country and not code.startswith(f"{country}-"):
            raise TableError(path, line, f"{code} does not belong to {country}")
        names = dict(zip(NAME_LANGUAGES, fields[3:-2], strict=True))
        for language, label in names.items():
            if not label:
                raise TableError(path, line, f"{code} has no name in {language}")
            other = named.setdefault((language, label), code)
            if other != code:
                raise TableError(path, line, f"{label!r} names both {other} and {code} in {language}")
        found[code] = Region(
            code=code,
            country=country,
            kind=kind,
            names=MappingProxyType(names),
            latitude=_degrees(path, line, fields[-2], 90.0),
            longitude=_degrees(path, line, fields[-1], 180.0),
        )
    return MappingProxyType(found)


def name(code: str, language: str = "en") -> str:
    """The display name of a region; the English one where the language has none, the code where it is unknown."""
    region = regions().get(code)
    if region is None:
        return code
    return region.names.get(language, region.names["en"])


def country_of(code: str) -> str:
    """The country of a region (`RU-KRS` → `RU`, a sea → `SEA`); what stands before the first hyphen if unknown."""
    region = regions().get(code)
    return region.country if region is not None else code.partition("-")[0]


def _degrees(path: Path, line: int, field: str, limit: float) -> float:
    try:
        degrees = float(field)
    except ValueError:
        raise TableError(path, line, f"{field!r} is not a number of degrees") from None
    if not -limit <= degrees <= limit:
        raise TableError(path, line, f"{field} is outside -{limit:g}..{limit:g} degrees")
    return degrees
