"""Every metric of the worker, declared once: seconds and counts, labels from fixed lists only.

No article, address, outlet or free text is ever a label, so the number of series is bounded whatever comes in; counts
per region belong on the tally topics.
"""

from __future__ import annotations

import platform
from typing import get_args

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.process_collector import ProcessCollector

from worker import __version__
from worker.codec import REASONS
from worker.extract import LIMITS
from worker.model import WindowSize

# Of every counter and bucket a second series with the time it began, which nobody asks for.
prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]

REGISTRY = CollectorRegistry(auto_describe=True)
_FAST = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_SLOW = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)


def _counter(name: str, text: str, *labels: str) -> Counter:
    return Counter(f"dronetally_{name}", text, labels, registry=REGISTRY)


def _gauge(name: str, text: str, *labels: str) -> Gauge:
    return Gauge(f"dronetally_{name}", text, labels, registry=REGISTRY)


def _histogram(name: str, text: str, buckets: tuple[float, ...]) -> Histogram:
    return Histogram(f"dronetally_{name}", text, buckets=buckets, registry=REGISTRY)


ARTICLES = _counter("articles", "Article messages by what became of them.", "outcome")
ARTICLES_CUT = _counter("articles_cut", "Articles not read to their end, by the limit they exceed.", "limit")
LANGUAGES = _counter("articles_by_language", "Newly read articles by language; und: one without a folder.", "language")
DEAD_LETTERS = _counter("dead_letters", "Messages put aside as unreadable, by reason.", "reason")
CLAIMS = _counter("claims", "Claims extracted from newly read articles.", "measure", "language")
CLAIMS_DROPPED = _counter("claims_dropped", "Entries, one for each article and front, dropped.", "reason")
CONFLICTS = _counter("conflicts", "Conflict messages published.")
TALLIES = _counter("tallies_published", "Tallies published, tombstones included.", "window")
REKEYED = _counter("articles_rekeyed", "Articles forwarded to the partition of their id.")
PUBLISH_ERRORS = _counter("publish_errors", "Sends that failed for good.", "topic", "error")
REBALANCES = _counter("rebalances", "Rebalances this worker took part in.")
AGENT_RESTARTS = _counter("agent_restarts", "Agents that ended with an error; the worker ends with them.")

LAG = _gauge("consumer_lag_records", "Records not yet committed, by partition assigned here.", "topic", "partition")
LAG_PARTITIONS = 64
"""So many partitions of each topic have a series of their own; the lag of all others adds up under `REST`."""
REST = "rest"
LAST_COMMIT = _gauge("last_commit_timestamp_seconds", "When an offset was last committed, Unix time.")
WATERMARK = _gauge("event_time_watermark_seconds", "Newest article time counted, Unix time.")
TABLE_ENTRIES = _gauge("table_entries", "Entries of a table in this worker.", "table")
RECOVERY_REMAINING = _gauge("recovery_remaining_records", "Changelog records still to be read back.")
READY = _gauge("ready", "1 if the worker is ready, as /readyz says.")
BUILD = _gauge("build_info", "Always 1; what runs here.", "version", "revision", "python")

EXTRACT_SECONDS = _histogram("extract_duration_seconds", "Time to extract one article.", _FAST)
END_TO_END_SECONDS = _histogram(
    "end_to_end_latency_seconds", "From an article's message time to its claims counted.", _SLOW
)
PUBLISH_SECONDS = _histogram("publish_duration_seconds", "Time to send and confirm one batch.", _FAST)
RECOVERY_SECONDS = _histogram("recovery_duration_seconds", "Time to read the tables back.", _SLOW)
REBALANCE_SECONDS = _histogram("rebalance_duration_seconds", "Time without partitions in a rebalance.", _SLOW)

ProcessCollector(registry=REGISTRY)
# A rate over a series that does not exist yet is a gap, not a zero, and misses its first event.
for _outcome in ("relevant", "irrelevant", "unchanged", "withdrawn", "dead"):
    ARTICLES.labels(_outcome)
for _limit in LIMITS:
    ARTICLES_CUT.labels(_limit)
for _reason in REASONS:
    DEAD_LETTERS.labels(_reason)
for _size in get_args(WindowSize):
    TALLIES.labels(_size)
CLAIMS_DROPPED.labels("retention")


def tell_build(revision: str) -> None:
    """Say what runs here: this version, at this revision of the source, on this Python."""
    BUILD.labels(__version__, revision, platform.python_version()).set(1)
