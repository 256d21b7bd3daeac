"""faust as its manual shows it: models, an agent for each message, a table, a tumbling table.

Its windows begin and end by the clock on the wall, and what an agent fails on is lost: see docs/decisions.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterable
from datetime import timedelta
from typing import Any

import faust
import msgspec

from benchmarks.worker.peers.stages import Ledgers, claims_of, load_languages
from worker import codec
from worker.model import ArticleClaims
from worker.settings import Settings, load


class ArticleModel(faust.Record, serializer="json"):  # type: ignore[misc, call-arg]
    """An article as it comes."""

    id: str
    title: str = ""
    body: str = ""
    published_at: str | None = None
    source: str | None = None
    language: str | None = None


class ClaimsModel(faust.Record, serializer="json"):  # type: ignore[misc, call-arg]
    """What an article says about a front."""

    article_id: str
    front: str
    content: dict[str, Any]


class OutcomeModel(faust.Record, serializer="json"):  # type: ignore[misc, call-arg]
    """A tally or a report of conflicts."""

    key: str
    content: dict[str, Any]


def build(settings: Settings, partitions: int) -> faust.App:
    """Put the app together."""
    app = faust.App(
        settings.app_id,
        broker=f"kafka://{settings.bootstrap_servers}",
        store="memory://",
        topic_partitions=partitions,
        broker_commit_interval=settings.commit_interval,
        web_enabled=False,
        datadir=f"/tmp/{settings.app_id}",  # noqa: S108 (faust insists on a folder, and leaves nothing in it)
    )
    articles = app.topic(settings.input_topic, key_type=bytes, value_type=ArticleModel)
    claims = app.topic(settings.claims_topic, key_type=str, value_type=ClaimsModel)
    outputs = {
        role: app.topic(name, key_type=str, value_type=OutcomeModel)
        for role, name in (
            ("P1D", settings.day_topic),
            ("P7D", settings.week_topic),
            ("conflicts", settings.conflicts_topic),
        )
    }
    records = app.Table("records", default=str, partitions=partitions)
    entries = app.Table("entries", default=dict, partitions=partitions)
    tallies = app.Table("tallies", default=dict, partitions=partitions).tumbling(timedelta(days=1))
    ledgers = Ledgers(settings)

    @app.agent(articles)  # type: ignore[untyped-decorator, unused-ignore]
    async def intake(stream: Any) -> None:
        async for article in stream:
            before = records[article.id]
            record, told = claims_of(article.id.encode(), codec.to_json(article.asdict()), before.encode() or None)
            if record != before.encode():
                records[article.id] = record.decode()
            for entry in told:
                content = msgspec.to_builtins(entry)
                await claims.send(
                    key=entry.front, value=ClaimsModel(article_id=entry.article_id, front=entry.front, content=content)
                )

    @app.agent(claims)  # type: ignore[untyped-decorator, unused-ignore]
    async def reconcile(stream: AsyncIterable[ClaimsModel]) -> None:
        async for told in stream:
            if not ledgers.put(msgspec.convert(told.content, ArticleClaims)):
                continue
            entries[f"{told.front}|{told.article_id}"] = told.content

            def published(role: str, key: str) -> bytes | None:
                content = tallies[f"{role}|{key}"].value()
                return codec.to_json(content) if content else None

            for role, key, value in ledgers.changes(published):
                content = msgspec.json.decode(value)
                tallies[f"{role}|{key}"] = content
                await outputs[role].send(key=key, value=OutcomeModel(key=key, content=content))

    return app


if __name__ == "__main__":
    load_languages()
    asyncio.set_event_loop(asyncio.new_event_loop())
    worker = faust.Worker(build(load(), int(sys.argv[1])), loglevel="WARNING")
    worker.execute_from_commandline()
