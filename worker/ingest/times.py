"""Times as pages and file names write them, made into those of the contract: RFC 3339 with an offset."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time

_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?:[T_ -]?(\d{2})[:h.-]?(\d{2})(Z)?(?!\d))?")


def as_written(text: str) -> str | None:
    """Make an ISO 8601 time of what a page says; a day alone is taken at noon UTC, a time without zone as UTC."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text.strip()):
        moment = datetime.combine(moment.date(), time(12))
    return _rfc3339(moment)


def in_name(name: str) -> str | None:
    """Find a date, with or without a time (UTC), in the name of a file, such as `2025-05-21T0730-kursk.txt`."""
    found = _NAME.search(name)
    if found is None:
        return None
    day, hour, minute, _ = found.groups()
    return as_written(f"{day}T{hour}:{minute}" if hour else day)


def _rfc3339(moment: datetime) -> str | None:
    try:
        whole = moment.replace(microsecond=0)
        return (whole if whole.tzinfo else whole.replace(tzinfo=UTC)).astimezone(UTC).isoformat().replace("+00:00", "Z")
    except (OverflowError, ValueError):
        return None
