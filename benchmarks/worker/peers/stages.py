"""The three stages that every peer runs: article to claims, claims to ledger, ledger to tallies.

What is the same for all is the core: the editions, the extraction, the ledger and the tallies of `worker`. How state
is kept, and when and how messages are sent, is each peer's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from worker import codec, gazetteer
from worker.lexicon import languages, lexicon
from worker.model import ArticleClaims
from worker.pipeline.arrivals import read, understand
from worker.pipeline.conflicts import conflict_report
from worker.pipeline.editions import ArticleRecord, compare, remember, split_by_front
from worker.pipeline.reconciler import Reconciler, WindowKey
from worker.settings import Settings

_TOLERANCE = timedelta(days=36_525)
_record_decoder = msgspec.json.Decoder(ArticleRecord)

Published = Callable[[str, str], bytes | None]
"""Finds by role and key what was published last."""


class Outcome(NamedTuple):
    """One message to publish, by the role of its topic."""

    role: Literal["P1D", "P7D", "conflicts"]
    key: str
    value: bytes


def load_languages() -> None:
    """Load what the first article of each language would have to wait for."""
    for language in languages():
        lexicon(language)


def claims_of(key: bytes | None, value: bytes | None, record: bytes | None) -> tuple[bytes, tuple[ArticleClaims, ...]]:
    """First stage: what must be remembered of an article after a message, and what this says about each front."""
    arrival = read(key, value, {}, datetime.now(UTC), _TOLERANCE)
    before = _record_decoder.decode(record) if record else None
    if record and compare(before, arrival.edition) != "newer":
        return record, ()
    claims = understand(arrival)
    after = remember(before, claims)
    return codec.encode(after), split_by_front(claims, after.fronts)


class Ledgers:
    """Second and third stage, with what was said in memory."""

    def __init__(self, settings: Settings) -> None:
        self._reconciler = Reconciler(ZoneInfo(settings.zone), gazetteer.name, settings.final_after, settings.retention)
        self._entries: dict[tuple[str, str], ArticleClaims] = {}

    def put(self, entry: ArticleClaims) -> bool:
        """Take in what an article says about a front; False if that is known."""
        taken = self._reconciler.put(entry)
        if taken:
            self._entries[entry.front or "", entry.article_id] = entry
        return taken

    def changes(self, published: Published) -> Iterator[Outcome]:
        """Compute what is to be published of the windows that may have changed: what says something new."""
        for window in self._reconciler.take_changed():
            for key, tally in self._reconciler.tallies(window).items():
                last = published(window.size, key)
                old = codec.decode_tally(last) if last else None
                if old is None or msgspec.structs.replace(old, revision=0) != tally:
                    new = msgspec.structs.replace(tally, revision=old.revision + 1 if old else 1)
                    yield Outcome(window.size, key, codec.encode(new))
            if window.size == "P1D":
                yield from self._conflicts(window, published)

    def _conflicts(self, window: WindowKey, published: Published) -> Iterator[Outcome]:
        front, day = window.front, window.day
        report = conflict_report(
            front, day, self._reconciler.day(front, day), lambda article: self._entries.get((front, article))
        )
        last = published("conflicts", report.key)
        old = codec.decode_conflicts(last) if last else None
        if (report.conflicts, report.slips) != ((old.conflicts, old.slips) if old else ((), ())):
            new = msgspec.structs.replace(report, revision=old.revision + 1 if old else 1)
            yield Outcome("conflicts", report.key, codec.encode(new))
