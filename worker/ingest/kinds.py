"""Which kind of file holds articles, and what each kind is read by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any, Literal

Kind = Literal["jsonl", "feed", "html", "text"]

_SUFFIXES: dict[str, Kind] = {
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    **dict.fromkeys((".xml", ".rss", ".atom"), "feed"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".txt", ".md"), "text"),
}

MAX_FILE_BYTES: Mapping[Kind, int] = {"feed": 32 * 1024 * 1024, "html": 8 * 1024 * 1024, "text": 4 * 1024 * 1024}
"""Of a larger file nothing is read; an article of more than 1 MiB is refused anyway, but pages are mostly mark-up."""


class UnreadableError(ValueError):
    """A file that holds no articles of its kind; the text says in one clause why."""


def kind_of(name: str) -> Kind | None:
    """Tell from its name what a file holds; None: nothing that is read."""
    return _SUFFIXES.get(PurePath(name).suffix.lower())


def read(
    kind: Kind, content: bytes, name: str, published_at: datetime | None = None, outlet: str | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the articles of a file that is not JSON lines, with the fields of the contract.

    Args:
        kind: what the file holds.
        content: all of it.
        name: path inside the folder that is read, or the file's name: the id of an article that has none, so that
            the same file read again is the same article.
        published_at: dates what has no date of its own.
        outlet: printed what names no outlet.

    Raises:
        UnreadableError: there is nothing of this kind in it.
        ModuleNotFoundError: the libraries of the extra `ingest` are not installed.
    """
    found: Iterator[dict[str, Any]]
    if kind == "feed":
        from worker.ingest import feeds

        found = feeds.articles(content)
    elif kind == "html":
        from worker.ingest import pages

        found = iter([pages.article(content, name)])
    else:
        from worker.ingest import texts

        found = iter([texts.article(content, name)])
    for article in found:
        defaults = {"published_at": published_at.isoformat() if published_at else None, "source": outlet}
        whole = {**article, **{field: value for field, value in defaults.items() if not article.get(field)}}
        # Entities can name halves of surrogate pairs, which no UTF-8 holds.
        yield {field: value.encode("utf-8", "replace").decode() for field, value in whole.items() if value}
