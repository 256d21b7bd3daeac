"""What the watch makes of lags: a bounded number of series that adds up to all of it."""

from __future__ import annotations

from worker.metrics import LAG_PARTITIONS, REST
from worker.stream.watch import add_lag


def test_each_of_few_partitions_has_a_series_of_its_own() -> None:
    lags: dict[tuple[str, str], int] = {}
    for topic in ("a", "b"):
        for partition in range(LAG_PARTITIONS):
            add_lag(lags, topic, partition + 7, 2)
    assert lags == {(topic, str(n + 7)): 2 for topic in ("a", "b") for n in range(LAG_PARTITIONS)}


def test_the_rest_of_many_is_added_up() -> None:
    lags: dict[tuple[str, str], int] = {}
    for partition in range(LAG_PARTITIONS + 10):
        add_lag(lags, "a", partition, partition)
    assert len(lags) == LAG_PARTITIONS + 1
    assert lags["a", REST] == sum(range(LAG_PARTITIONS, LAG_PARTITIONS + 10))
