"""What the demo plays: messages in the order of their sending, and the texts that quotes are taken from."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

import orjson

from worker.model import Struct
from worker.pipeline.written import message_of

FILE = "articles.jsonl"
_BEFORE, _AFTER = 20, 60


class Scene(Struct, frozen=True):
    """One message to send, and how to announce it to the audience."""

    key: bytes | None
    value: bytes | None
    headers: dict[str, bytes]
    announcement: str


class Script(Struct, frozen=True):
    """All scenes in order, and the texts of all articles by id and version."""

    scenes: tuple[Scene, ...]
    texts: dict[tuple[str, int], dict[str, str]]


def sample_script() -> Script:
    """Read the articles that come with the program."""
    return script_of(files("worker.demo").joinpath(FILE).read_bytes().splitlines())


def script_of(lines: Iterable[bytes]) -> Script:
    """Read JSON lines: articles, withdrawals, and `{"raw": "…"}` for bytes that are no article.

    Raises:
        ValueError: a line is not a JSON object.
    """
    scenes: list[Scene] = []
    texts: dict[tuple[str, int], dict[str, str]] = {}
    for line in filter(None, map(bytes.strip, lines)):
        told = orjson.loads(line)
        if "raw" in told:
            scenes.append(Scene(key=None, value=told["raw"].encode(), headers={}, announcement="not an article"))
            continue
        message = message_of(line)
        if message.value is None:
            announcement = f"{told['id']} is withdrawn"
        else:
            version = told.get("version") or 0
            texts[told["id"], version] = {"title": told.get("title") or "", "body": told.get("body") or ""}
            again = f", version {version}" if told.get("updated_at") else ""
            announcement = f"{told.get('source', '?')} ({told.get('language', '?')}{again}): {told.get('title', '')}"
        scenes.append(
            Scene(key=told["id"].encode(), value=message.value, headers=message.headers, announcement=announcement)
        )
    return Script(scenes=tuple(scenes), texts=texts)


def quote(text: str, start: int, end: int, before_at_most: int = _BEFORE, after_at_most: int = _AFTER) -> str:
    """Cut the words from `start` to `end` out of a text with what stands around them in the same sentence.

    Args:
        text: the whole text.
        start: offset of the first character that must be shown.
        end: offset after the last one.
        before_at_most: how many characters may precede them.
        after_at_most: how many may follow.
    """
    before = text[max(0, start - before_at_most) : start]
    after = text[end : end + after_at_most]
    begins = max((before.rfind(stop) + len(stop) for stop in (". ", "\n", "! ", "? ") if stop in before), default=-1)
    if begins < 0:
        blank = before.find(" ") + 1 if start > before_at_most else 0
        before = ("…" if start > before_at_most else "") + before[blank:]
    else:
        before = before[begins:]
    ends = min((after.find(stop) + 1 for stop in (". ", ".\n", "\n", "! ", "? ") if stop in after), default=-1)
    if ends < 0:
        cut = end + after_at_most < len(text)
        after = after[: after.rfind(" ")] + "…" if cut and " " in after else after
    else:
        after = after[:ends]
    return " ".join(f"{before}{text[start:end]}{after}".split())
