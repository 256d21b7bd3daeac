"""The newest tally of every key, as published: what a consumer of a compacted topic has to keep, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from worker.codec import MessageError, decode_tally, unframed
from worker.model import Cell, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worker.model import WindowSize

FRONT = re.compile(r"[A-Z]{2}>[A-Z]{2}")
"""The front of a tally: who attacks, then who is attacked."""
_KEY_PARTS = 3


class _Cells(msgspec.Struct):
    """Of a tally nothing but its figures."""

    measures: dict[str, Cell]


# What was checked when it came is not checked again: a line through time opens hundreds of tallies.
_tallies = msgspec.json.Decoder(Tally)
_cells = msgspec.json.Decoder(_Cells)


class Place(NamedTuple):
    """One window of one front: what a page shows at a time. `day` is the last local day, ISO 8601."""

    size: str
    front: str
    day: str


class Standing:
    """All tallies, kept as the bytes they came in: two years of them are a hundred megabytes of objects otherwise."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, str], dict[str, dict[str, bytes]]] = {}

    def put(self, size: WindowSize, key: bytes | None, value: bytes | None) -> Place:
        """Put a tally in the place of the one with the same key; a null takes it away.

        Returns:
            The window that may have changed.

        Raises:
            MessageError: the key is none, the value is no tally, or they do not fit each other.
        """
        region, place = _read_key(size, key)
        if value is None:
            self._remove(region, place)
            return place
        tally = decode_tally(value)
        if (tally.region, tally.front, tally.window.date.isoformat()) != (region, place.front, place.day):
            raise MessageError("wrong_type", "the key does not say the same as the tally")
        self._windows.setdefault((place.size, place.front), {}).setdefault(place.day, {})[region] = unframed(value)
        return place

    def _remove(self, region: str, place: Place) -> None:
        days = self._windows.get((place.size, place.front), {})
        regions = days.get(place.day, {})
        regions.pop(region, None)
        if not regions:
            days.pop(place.day, None)
        if not days:
            self._windows.pop((place.size, place.front), None)

    def __len__(self) -> int:
        return sum(len(regions) for days in self._windows.values() for regions in days.values())

    def fronts(self, size: str) -> dict[str, tuple[str, str, int]]:
        """For each front its first and its last day, and how many days have a tally."""
        return {
            front: (min(days), max(days), len(days))
            for (of, front), days in sorted(self._windows.items())
            if of == size
        }

    def of(self, place: Place) -> list[Tally]:
        """All tallies of one window, by code of the region."""
        regions = self._windows.get((place.size, place.front), {}).get(place.day, {})
        return [_tallies.decode(value) for _, value in sorted(regions.items())]

    def one(self, place: Place, region: str) -> Tally | None:
        """The tally of one region in one window."""
        value = self._windows.get((place.size, place.front), {}).get(place.day, {}).get(region)
        return None if value is None else _tallies.decode(value)

    def through_time(self, size: str, front: str, region: str, measure: str) -> Iterator[tuple[str, Cell]]:
        """One figure of one region and front on each day that has it, from the first to the last."""
        for day, regions in sorted(self._windows.get((size, front), {}).items()):
            value = regions.get(region)
            cell = None if value is None else _cells.decode(value).measures.get(measure)
            if cell is not None:
                yield day, cell


def _read_key(size: str, key: bytes | None) -> tuple[str, Place]:
    try:
        parts = (key or b"").decode("utf-8").split("|")
    except UnicodeDecodeError:
        parts = []
    if len(parts) != _KEY_PARTS or not all(parts) or not FRONT.fullmatch(parts[1]):
        raise MessageError("wrong_type", "the key is not region|front|day")
    region, front, day = parts
    return region, Place(size, front, day)
