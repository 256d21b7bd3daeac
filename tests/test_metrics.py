"""What the worker counts: names, units, and how many series there can be at most."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from prometheus_client import Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.openmetrics.exposition import generate_latest as generate_openmetrics
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families

from worker import metrics
from worker.codec import REASONS
from worker.extract import LIMITS
from worker.lexicon import languages
from worker.model import MEASURES, WindowSize
from worker.topics import TABLES

SERIES = 500
PARTITIONS = metrics.LAG_PARTITIONS + 1  # of each topic in one worker; the last stands for all the rest
READ = 3  # topics: articles, those moved to the partition of their id, claims
WRITTEN = READ + 4 + len(TABLES) - 1  # and both tallies, conflicts, dead letters, changelogs; articles are not written

DECLARED: dict[str, MetricWrapperBase] = {
    name: metric for name, metric in vars(metrics).items() if isinstance(metric, MetricWrapperBase)
}
LABELLED: dict[str, dict[str, int]] = {  # how many values each label can take
    "ARTICLES": {"outcome": 5},
    "ARTICLES_CUT": {"limit": len(LIMITS)},
    "LANGUAGES": {"language": len(languages()) + 1},
    "DEAD_LETTERS": {"reason": len(REASONS)},
    "CLAIMS": {"measure": len(MEASURES), "language": len(languages()) + 1},
    "CLAIMS_DROPPED": {"reason": 1},
    "TALLIES": {"window": len(get_args(WindowSize))},
    # A failed send ends the worker; only a dead letter refused for its size is tried again, smaller.
    "PUBLISH_ERRORS": {"topic": WRITTEN, "error": 3},
    "LAG": {"topic": READ, "partition": PARTITIONS},
    "TABLE_ENTRIES": {"table": len(TABLES)},
    "BUILD": {"version": 1, "revision": 1, "python": 1},
}


def series_of(name: str, metric: MetricWrapperBase) -> int:
    count = 1
    for values in LABELLED.get(name, {}).values():
        count *= values
    if isinstance(metric, Histogram):
        (family,) = metric.collect()
        return count * len(family.samples)
    return count


def openmetrics() -> str:
    page: bytes = generate_openmetrics(metrics.REGISTRY)  # type: ignore[no-untyped-call]
    return page.decode()


def test_every_label_has_a_known_number_of_values() -> None:
    labels = {name: metric._labelnames for name, metric in DECLARED.items() if metric._labelnames}
    assert labels == {name: tuple(values) for name, values in LABELLED.items()}


def test_there_are_at_most_500_series_whatever_comes_in() -> None:
    process = [family for family in metrics.REGISTRY.collect() if family.name.startswith("process_")]
    most = sum(series_of(name, metric) for name, metric in DECLARED.items())
    assert most + sum(len(family.samples) for family in process) <= SERIES


def test_every_metric_is_declared_once() -> None:
    families = [family.name for family in metrics.REGISTRY.collect()]
    assert len(set(families)) == len(families)
    assert len({id(metric) for metric in DECLARED.values()}) == len(DECLARED)
    assert {family for family in families if not family.startswith("process_")} == {
        family.name for metric in DECLARED.values() for family in metric.collect()
    }


@pytest.mark.parametrize("name", DECLARED)
def test_names_have_the_prefix_and_times_are_in_seconds(name: str) -> None:
    (family,) = DECLARED[name].collect()
    assert re.fullmatch(r"dronetally_[a-z]+(_[a-z]+)*", family.name)
    assert family.documentation.endswith(".")
    if isinstance(DECLARED[name], Histogram):
        assert family.name.endswith("_seconds")
    if "time" in family.documentation.lower() and isinstance(DECLARED[name], Gauge):
        assert family.name.endswith("_seconds")
    assert not re.search(r"_(ms|millis\w*|minutes|total|count|sum|bucket)$", family.name)


def test_the_page_is_read_by_prometheus_and_counters_end_in_total() -> None:
    families = {
        family.name: family for family in text_string_to_metric_families(generate_latest(metrics.REGISTRY).decode())
    }
    for metric in DECLARED.values():
        (family,) = metric.collect()
        assert families[family.name].type == family.type
        if isinstance(metric, Counter):
            assert {sample.name for sample in families[family.name].samples} <= {f"{family.name}_total"}


def test_the_openmetrics_page_is_read_too() -> None:
    page = openmetrics()
    assert page.endswith("# EOF\n")
    families = read_openmetrics(page)  # type: ignore[no-untyped-call]
    assert {family.name for family in families} >= {"dronetally_ready", "dronetally_articles"}


def test_no_series_tells_when_it_was_created() -> None:
    page = generate_latest(metrics.REGISTRY).decode() + openmetrics()
    assert "_created" not in page


def test_series_of_known_labels_exist_before_anything_happens() -> None:
    page = generate_latest(metrics.REGISTRY).decode()
    for reason in REASONS:
        assert f'dronetally_dead_letters_total{{reason="{reason}"}}' in page
    for outcome in ("relevant", "irrelevant", "unchanged", "withdrawn", "dead"):
        assert f'dronetally_articles_total{{outcome="{outcome}"}}' in page
    for size in get_args(WindowSize):
        assert f'dronetally_tallies_published_total{{window="{size}"}}' in page


def test_there_are_at_most_twelve_reasons_to_refuse_a_message() -> None:
    assert len(REASONS) == len(set(REASONS)) <= 12
