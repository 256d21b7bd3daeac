"""The article this project began with, in our words and four languages: from its text to the published numbers."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from worker import codec, gazetteer
from worker.extract import extract
from worker.model import Cell, Tally
from worker.pipeline.arrivals import read
from worker.pipeline.reconciler import Reconciler
from worker.pipeline.whole import Whole

TEXTS = Path(__file__).parents[1] / "corpus/data"
ORIGINAL = Path(__file__).parents[3] / "shared/corpus/first_article_de.txt"
PUBLISHED = "2025-05-21T10:00:00Z"
MOSCOW_AND_TWO = ("RU-BRY", "RU-KRS", "RU-MOS", "RU-MOW")


def _message(language: str) -> bytes:
    if language == "original":
        if not ORIGINAL.exists():
            pytest.skip(f"the original text is not here: {ORIGINAL.name}")
        return codec.to_json({"id": "first", "body": ORIGINAL.read_text(encoding="utf-8"), "published_at": PUBLISHED})
    story = json.loads((TEXTS / f"{language}-first-article.json").read_text(encoding="utf-8"))
    return codec.to_json({"id": "first", **{name: story[name] for name in ("title", "body", "published_at", "source")}})


@pytest.fixture(params=["de", "en", "uk", "ru", "original"])
def message(request: pytest.FixtureRequest) -> bytes:
    return _message(request.param)


@pytest.fixture
def tallies(message: bytes) -> dict[str, Tally]:
    whole = Whole(Reconciler(ZoneInfo("Europe/Kyiv"), gazetteer.name, timedelta(hours=72)))
    whole.take_in(read(b"first", message, {}, datetime(2025, 5, 21, 11, tzinfo=UTC), timedelta(hours=48)))
    return {tally.key: tally for tally in whole.tallies(["P1D"])}


def test_attacks_on_russia_are_counted_exactly_and_jointly(tallies: dict[str, Tally]) -> None:
    front = tallies["RU|UA>RU|2025-05-21"]
    assert front.measures["intercepted"] == Cell(low=159, best=159, high=159)
    (joint,) = (group for group in front.joint if group.regions == MOSCOW_AND_TWO)
    assert (joint.measure, joint.low, joint.best, joint.high) == ("intercepted", 127, None, 159)
    for region in ("RU-BRY", "RU-KRS"):
        cell = tallies[f"{region}|UA>RU|2025-05-21"].measures["intercepted"]
        assert (cell.low, cell.best, cell.high) == (1, None, 157)


def test_undated_attacks_on_ukraine_float(tallies: dict[str, Tally]) -> None:
    front = tallies["UA|RU>UA|2025-05-21"].measures
    assert front["launched"] == Cell(low=0, best=None, high=273, floating=1)
    assert front["intercepted"] == Cell(low=0, best=None, high=88, floating=1)
    assert front["suppressed"] == Cell(low=0, best=None, high=128, floating=1)
    kyiv = tallies["UA-30|RU>UA|2025-05-21"].measures
    assert kyiv["killed"] == Cell(low=0, best=None, high=1, floating=1)
    assert kyiv["injured"] == Cell(low=0, best=None, high=3, floating=1)


def test_every_claim_points_to_its_characters_and_nothing_else_is_counted(message: bytes) -> None:
    article = codec.decode_article(message)
    claims = extract(article).claims
    numbers = sorted((claim.quantity.low, claim.status) for claim in claims if claim.quantity is not None)
    assert numbers == [
        (1, "current"), (3, "current"), (32, "current"), (88, "current"), (127, "current"), (128, "current"),
        (159, "current"), (267, "record"), (273, "current"),
    ]  # fmt: skip
    for claim in claims:
        assert claim.span is not None
        field = article.title if claim.span.field == "title" else article.body
        assert field[claim.span.start : claim.span.end] == claim.span.text
