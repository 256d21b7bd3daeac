"""Saved pages: the article alone, without menus and other stories, as trafilatura finds it."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.settings import Document

from worker.ingest import kinds
from worker.ingest.feeds import outlet_of
from worker.ingest.times import as_written, in_name

_PUBLISHED = ("article:published_time", "datePublished", "og:published_time", "date", "dc.date", "pubdate")
_MODIFIED = ("article:modified_time", "dateModified", "og:updated_time")
_JSON_LD = b'"%s"\\s*:\\s*"([^"]{8,40})"'


def article(content: bytes, name: str) -> dict[str, Any]:
    """Make an article of a page.

    Raises:
        UnreadableError: no text of an article can be found in it.
    """
    try:
        found = bare_extraction(content, with_metadata=True, include_comments=False)
        told = _told(content)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise kinds.UnreadableError(f"no page ({type(error).__name__})") from None
    page = found.as_dict() if isinstance(found, Document) else {}
    title, body = page.get("title") or "", (page.get("text") or "").strip()
    if not body:
        raise kinds.UnreadableError("no text of an article was found")
    published = _first(told, content, _PUBLISHED) or (as_written(page["date"]) if page["date"] else None)
    updated = _first(told, content, _MODIFIED)
    published = published or in_name(name.rpartition("/")[2])
    return {
        "id": page["url"] if page["url"] and len(page["url"]) <= 512 else name,
        "title": title,
        "body": body.removeprefix(title).lstrip() if title else body,
        "published_at": published,
        "updated_at": updated if published and updated and updated > published else None,
        "language": told.get("lang", "").split("-")[0].lower() or None,
        "source": page["hostname"] or outlet_of(page["url"]) or page["sitename"],
        "url": page["url"],
    }


def _told(content: bytes) -> dict[str, str]:
    """Read what the page says of itself: its language and the contents of its `meta` elements, the first of a name."""
    found: dict[str, str] = {}
    root = html.fromstring(content)
    if language := root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"):
        found["lang"] = language
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("itemprop") or meta.get("name")
        if name and meta.get("content"):
            found.setdefault(name, meta.get("content"))
    return found


def _first(told: dict[str, str], content: bytes, names: tuple[str, ...]) -> str | None:
    """Find the first of these times, in `meta` elements before linked data."""
    for name in names:
        if name in told and (moment := as_written(told[name])):
            return moment
    for name in names:
        if said := re.search(_JSON_LD % name.encode(), content):
            return as_written(said[1].decode("ascii", "replace"))
    return None
