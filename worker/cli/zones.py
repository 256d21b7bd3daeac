"""Time zones as arguments."""

from __future__ import annotations

from typing import Any

import click


class Zone(click.ParamType):
    """The name of a time zone of the IANA data base, such as `Europe/Kyiv`."""

    name = "zone"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read it, or fail with an example."""
        from zoneinfo import ZoneInfo

        try:
            return ZoneInfo(value).key
        except (KeyError, ValueError, OSError):  # none of that name; a path; a folder of zones
            self.fail(f"{value!r} is not a time zone of the IANA data base, such as Europe/Kyiv", param, ctx)


ZONE = Zone()
