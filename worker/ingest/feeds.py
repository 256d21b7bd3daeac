"""RSS and Atom: one article for each entry. Nothing that a document names is fetched, its outside entities neither."""

from __future__ import annotations

import hashlib
import io
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from time import struct_time
from typing import Any
from urllib.parse import urlsplit

import feedparser

from worker.ingest import kinds

_MAX_ID = 512


def articles(content: bytes) -> Iterator[dict[str, Any]]:
    """Yield the entries of a feed, in its order.

    Raises:
        UnreadableError: it is no feed.
    """
    try:
        feed = feedparser.parse(io.BytesIO(content))  # a file: of a text it would first ask whether it is an address
    except Exception as error:  # it guesses at what is broken, and not every guess is caught there
        raise kinds.UnreadableError(f"a broken feed ({type(error).__name__})") from None
    if not feed.entries and (feed.bozo or not feed.get("version")):
        raise kinds.UnreadableError("neither RSS nor Atom")
    language = (feed.feed.get("language") or "").split("-")[0].lower() or None
    for entry in feed.entries:
        link = entry.get("link")
        published, updated = _time(entry.get("published_parsed")), _time(dict.get(entry, "updated_parsed"))
        # Not `entry.get` above, which gives the one for the other.
        yield {
            "id": _id(entry),
            "title": entry.get("title"),
            "body": "\n\n".join(part.get("value", "") for part in entry.get("content", ())) or entry.get("summary"),
            "published_at": published or updated,
            "updated_at": updated if published and updated and updated > published else None,
            "language": language,
            "source": outlet_of(link) or feed.feed.get("title"),
            "url": link if link and link.lower().startswith(("http://", "https://")) else None,
        }


def outlet_of(link: str | None) -> str | None:
    """Name the outlet by the host of a link."""
    try:
        host = urlsplit(link or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _id(entry: Any) -> str:
    """Name an entry for good: by its own id or link, else by its title and day; shortened if it must be."""
    named = entry.get("id") or entry.get("link")
    if not named:
        named = "feed:" + _digest(f"{entry.get('title', '')}|{_time(entry.get('published_parsed'))}")
    return named if len(named) <= _MAX_ID else f"{named[: _MAX_ID - 65]}#{_digest(named)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _time(parsed: struct_time | None) -> str | None:
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC).isoformat().replace("+00:00", "Z")
    except (OverflowError, ValueError, OSError):
        return None
