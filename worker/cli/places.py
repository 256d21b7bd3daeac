"""Places of messages as arguments and in tables: `PARTITION:OFFSET`, the same everywhere."""

from __future__ import annotations

import re
from typing import Any

import click

_PLACE = re.compile(r"([0-9]{1,9}):([0-9]{1,18})")


class Place(click.ParamType):
    """Where a message stands on its topic, such as `2:17`, given back as partition and offset."""

    name = "place"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Read it, or fail with an example."""
        if isinstance(value, tuple):
            return value
        found = _PLACE.fullmatch(value)
        if found is None:
            self.fail(f"{value!r} is not PARTITION:OFFSET, such as 2:17", param, ctx)
        return int(found[1]), int(found[2])


def written_place(place: tuple[int, int]) -> str:
    """Write a place as it is read."""
    return f"{place[0]}:{place[1]}"


PLACE = Place()
