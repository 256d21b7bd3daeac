"""Histories of messages → books and tallies: what the acceptance cases and generated histories share."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from worker.ledger import Book, DayResult
from worker.model import ArticleClaims, Claim, Edition, Tally
from worker.tally import Scene, day_tallies, week_tallies, weeks_of

Message = dict[str, Any]
FINAL_VERSION = 2**62  # a withdrawal without a version is final


@dataclass(frozen=True, slots=True)
class Outcome:
    """The final state after a history."""

    tallies: dict[str, Tally]  # by size and key
    days: dict[tuple[str, str], DayResult]  # by front and date


def entries(message: Message) -> dict[str, ArticleClaims]:
    """What a message says about each front it speaks of; key "" is the same message without any claims."""
    body = json.dumps(message, sort_keys=True).encode()
    withdrawn = bool(message.get("withdrawn"))
    published = message.get("published_at")
    version = message.get("version", FINAL_VERSION if withdrawn else 0)
    blank = ArticleClaims(
        article_id=message["article_id"],
        version=version,
        language=message.get("language", "und"),
        published_at=datetime.fromisoformat(published).astimezone(UTC) if published else None,
        source=message.get("source", ""),
        edition=Edition(
            version=version, withdrawn=withdrawn, at=published or "", digest=hashlib.sha256(body).hexdigest()
        ),
    )
    claims = msgspec.convert(message.get("claims", []), list[Claim])
    about = {
        front: msgspec.structs.replace(blank, front=front, claims=tuple(c for c in claims if c.front == front))
        for front in sorted({c.front for c in claims})
    }
    return {"": blank, **about}


def open_books(messages: Iterable[Message], zone_name: str) -> dict[str, Book]:
    """An empty book for each front that some messages speak of."""
    fronts = {front for message in messages for front in entries(message) if front}
    return {front: Book(front, ZoneInfo(zone_name)) for front in sorted(fronts)}


def tell(books: dict[str, Book], message: Message) -> None:
    """Give a message to all books; to those it does not speak of, as a retraction."""
    about = entries(message)
    for front, book in books.items():
        book.put(about.get(front) or msgspec.structs.replace(about[""], front=front))


def play(messages: Iterable[Message], zone_name: str) -> dict[str, Book]:
    """Books by front after the messages, in the order given."""
    messages = list(messages)
    books = open_books(messages, zone_name)
    for message in messages:
        tell(books, message)
    return books


def outcome(books: dict[str, Book]) -> Outcome:
    """All days and tallies of some books."""
    tallies: dict[str, Tally] = {}
    days: dict[tuple[str, str], DayResult] = {}
    for front, book in sorted(books.items()):
        scene = Scene(front=front, zone=book.zone, name_of=str, quiet=timedelta(days=2))
        for day in book.days():
            days[front, day.isoformat()] = book.day(day)
            tallies |= {f"P1D|{key}": tally for key, tally in day_tallies(scene, book.day(day)).items()}
        for last in sorted({last for day in book.days() for last in weeks_of(day)}):
            tallies |= {f"P7D|{key}": tally for key, tally in week_tallies(scene, book.week(last)).items()}
    return Outcome(tallies, days)


def printed(final: Outcome) -> bytes:
    """The final state as bytes, for comparison of whole histories."""
    return msgspec.json.encode(final.tallies) + repr(final.days).encode()
