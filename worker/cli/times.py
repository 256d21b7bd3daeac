"""Times as arguments: ISO 8601 with a zone, for a time without one means something else to everybody."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click


class Time(click.ParamType):
    """A point in time such as `2025-05-21T10:00:00Z`, given back in UTC."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read it, or fail with an example."""
        if isinstance(value, datetime):
            return value
        try:
            time = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a time such as 2025-05-21T10:00:00Z", param, ctx)
        if time.tzinfo is None:
            self.fail(f"{value!r} has no zone; end it with Z or an offset such as +03:00", param, ctx)
        try:
            return time.astimezone(UTC)
        except OverflowError:
            self.fail(f"{value!r} is out of range", param, ctx)


TIME = Time()
