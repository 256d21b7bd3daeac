"""quixstreams with its state in RocksDB and its changelog topics: a message at a time, which is how it is written for.

The ledgers are in memory as well, for its state can't be listed, and are lost with the process: it does less than the
worker here, and is faster for it.
"""

from __future__ import annotations

import tempfile
from typing import Any

from quixstreams import Application, State
from quixstreams.models import Serializer

from benchmarks.worker.peers.stages import Ledgers, Outcome, claims_of, load_languages
from worker import codec
from worker.model import ArticleClaims
from worker.settings import Settings, load


def build(settings: Settings, folder: str) -> Application:
    """Put the application together: articles in, claims by front between, tallies out."""
    app = Application(
        broker_address=settings.bootstrap_servers,
        consumer_group=settings.app_id,
        auto_offset_reset="earliest",
        commit_interval=settings.commit_interval,
        state_dir=folder,
        producer_extra_config={"linger.ms": 5, "acks": "all"},
        loglevel="WARNING",
    )

    def raw(name: str, serializer: Any = "bytes") -> Any:
        return app.topic(
            name,
            value_deserializer="bytes",
            value_serializer=serializer,
            key_deserializer="bytes",
            key_serializer="bytes",
        )

    ledgers = Ledgers(settings)
    outputs = {
        "P1D": raw(settings.day_topic, _Value()),
        "P7D": raw(settings.week_topic, _Value()),
        "conflicts": raw(settings.conflicts_topic, _Value()),
    }

    def intake(value: bytes, key: bytes, _: int, __: Any, state: State) -> list[ArticleClaims]:
        before = state.get_bytes("record")
        record, entries = claims_of(key, value, before)
        if record != before:
            state.set_bytes("record", record)
        return list(entries)

    def reconcile(value: bytes, state: State) -> list[Outcome]:
        entry = codec.decode_claims(value)
        if not ledgers.put(entry):
            return []
        state.set_bytes(f"entry|{entry.article_id}", codec.pack(value))
        changes = list(ledgers.changes(lambda role, key: state.get_bytes(f"{role}|{key}")))
        for change in changes:
            state.set_bytes(f"{change.role}|{change.key}", change.value)
        return changes

    articles = app.dataframe(raw(settings.input_topic)).apply(intake, stateful=True, expand=True, metadata=True)
    articles.to_topic(raw(settings.claims_topic, _Encoded()), key=lambda entry: entry.front.encode())
    changes = app.dataframe(raw(settings.claims_topic)).apply(reconcile, stateful=True, expand=True)
    changes.to_topic(lambda change, *_: outputs[change.role], key=lambda change: change.key.encode())
    return app


class _Encoded(Serializer):  # type: ignore[misc]
    """Claims as JSON."""

    def __call__(self, value: ArticleClaims, ctx: object) -> bytes:  # noqa: ARG002 (its name)
        return codec.encode(value)


class _Value(Serializer):  # type: ignore[misc]
    """What is published is encoded already."""

    def __call__(self, value: Outcome, ctx: object) -> bytes:  # noqa: ARG002 (its name)
        return value.value


if __name__ == "__main__":
    load_languages()
    with tempfile.TemporaryDirectory() as folder:
        build(load(), folder).run()
