"""What the demo shows is what its articles say: nobody looks closer at a number than a newcomer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from worker import gazetteer
from worker.codec import MessageError
from worker.model import Tally
from worker.pipeline.arrivals import read
from worker.pipeline.reconciler import Reconciler
from worker.pipeline.whole import Whole
from worker.pipeline.written import message_of

ARTICLES = Path(__file__).parents[2] / "worker/demo/articles.jsonl"


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    whole = Whole(Reconciler(ZoneInfo("Europe/Kyiv"), gazetteer.name, timedelta(hours=72)))
    for line in ARTICLES.read_bytes().splitlines():
        try:
            message = message_of(line)
            now = datetime(2025, 9, 20, tzinfo=UTC)
            whole.take_in(read(message.key, message.value, message.headers, now, timedelta(hours=48)))
        except MessageError:
            continue  # the poison line
    return {tally.key: tally for tally in whole.tallies(["P1D"])}


@pytest.mark.parametrize(
    ("key", "measure", "best"),
    [
        ("UA|RU>UA|2025-09-16", "launched", 120),  # the late correction of 118
        ("UA|RU>UA|2025-09-16", "intercepted", 73),
        ("UA|RU>UA|2025-09-17", "launched", 152),  # revised from 148
        ("UA|RU>UA|2025-09-18", "launched", 86),
        ("UA|RU>UA|2025-09-18", "neutralised", 79),
        ("UA|RU>UA|2025-09-19", "launched", 204),  # and not the week's 900
        ("UA|RU>UA|2025-09-19", "intercepted", 148),
        ("RU|UA>RU|2025-09-16", "intercepted", None),  # 62 in the night and 5 in the morning; who counts the evening?
        ("RU|UA>RU|2025-09-17", "intercepted", 44),
        ("RU|UA>RU|2025-09-18", "intercepted", 109),
        ("RU|UA>RU|2025-09-19", "intercepted", 31),
        ("RU|UA>RU|2025-09-19", "launched", None),  # nobody says; 600 soldiers took part in an exercise
        ("RO|RU>RO|2025-09-18", "launched", 2),
    ],
)
def test_the_front_has_the_number_that_the_articles_give(
    tallies: dict[str, Tally], key: str, measure: str, best: int | None
) -> None:
    assert {name: cell.best for name, cell in tallies[key].measures.items()}[measure] == best


def test_no_day_is_invented(tallies: dict[str, Tally]) -> None:
    assert {tally.window.date.isoformat() for tally in tallies.values()} == {
        "2025-09-16", "2025-09-17", "2025-09-18", "2025-09-19",
    }  # fmt: skip
