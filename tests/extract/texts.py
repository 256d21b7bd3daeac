"""Short ways to read a text in tests."""

from __future__ import annotations

from datetime import UTC, datetime

from worker.extract import extract
from worker.model import Article, Claim

WEDNESDAY = datetime(2025, 6, 18, 7, 30, tzinfo=UTC)


def claims(body: str, language: str, title: str = "") -> tuple[Claim, ...]:
    return extract(Article(id="a", title=title, body=body, language=language, published_at=WEDNESDAY)).claims


def numbers(body: str, language: str) -> list[tuple[str, int | None]]:
    return [(claim.measure, claim.quantity.low if claim.quantity else None) for claim in claims(body, language)]
