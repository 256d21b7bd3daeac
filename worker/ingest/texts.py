"""Plain texts: one article each, dated by the name of the file."""

from __future__ import annotations

from typing import Any

from worker.ingest import kinds
from worker.ingest.times import in_name


def article(content: bytes, name: str) -> dict[str, Any]:
    """Make an article of a text; it is sent as it stands, for claims point into it.

    Raises:
        UnreadableError: it is not UTF-8, or empty.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise kinds.UnreadableError(f"not UTF-8 text (byte {error.start})") from None
    if not text.strip():
        raise kinds.UnreadableError("the text is empty")
    return {"id": name, "body": text, "published_at": in_name(name.rpartition("/")[2])}
