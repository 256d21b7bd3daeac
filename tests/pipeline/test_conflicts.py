"""Contradictions as people get them: both sides with their words, and nothing of what agrees."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.acceptance.histories import Message
from tests.pipeline.streams import reconciler, said, tell
from worker.model import ArticleClaims, ConflictReport, Span
from worker.pipeline.conflicts import conflict_report, key_of
from worker.pipeline.editions import ArticleRecord, split_by_front
from worker.pipeline.reconciler import Reconciler

CASES = Path(__file__).parents[1] / "acceptance" / "cases"
CONTRADICTING = sorted(
    path for path in CASES.glob("*.json") if json.loads(path.read_text(encoding="utf-8")).get("expect_conflicts")
)


class Reader:
    """Takes in messages and reports their contradictions."""

    def __init__(self, zone: str = "Europe/Kyiv") -> None:
        self.book: Reconciler = reconciler(zone)
        self.records: dict[str, ArticleRecord] = {}
        self.entries: dict[tuple[str, str], ArticleClaims] = {}

    def read(self, message: Message) -> None:
        if tell(self.book, self.records, message):
            claims = said(message)
            for entry in split_by_front(claims, self.records[claims.article_id].fronts):
                self.entries[entry.front or "", entry.article_id] = entry

    def report(self, front: str, day: date) -> ConflictReport:
        return conflict_report(front, day, self.book.day(front, day), lambda a: self.entries.get((front, a)))


def message(article_id: str, claimant: str, number: int, hour: int = 8, **fields: Any) -> Message:
    claim = {
        "claim_id": f"{article_id}.1",
        "measure": "intercepted",
        "weapon": "drone",
        "quantity": {"low": number, "high": number, "qualifier": "exact"},
        "attacker": "UA",
        "defender": "RU",
        "regions": ["RU-BRY"],
        "scope": "total",
        "period": {
            "start": "2025-05-20T18:00:00Z",
            "end": "2025-05-21T04:00:00Z",
            "basis": "explicit",
            "precision": "hour",
        },
        "status": "current",
        "part_of": None,
        "source": claimant,
        "span": {"field": "body", "start": 3, "end": 9, "text": f"{number} said by {claimant}"},
    }
    return {
        "article_id": article_id,
        "version": 1,
        "published_at": f"2025-05-21T{hour:02}:00:00Z",
        "language": "en",
        "source": f"{article_id}.example",
        "claims": [claim],
        **fields,
    }


FRONT, DAY = "UA>RU", date(2025, 5, 21)


def test_a_contradiction_shows_both_sides_with_their_words() -> None:
    reader = Reader()
    reader.read(message("first", "RU-MOD", 12))
    reader.read(message("second", "UA-GS", 30, hour=10))
    report = reader.report(FRONT, DAY)
    assert (report.key, report.front, report.date, report.revision) == ("UA>RU|2025-05-21", FRONT, DAY, 0)
    assert report.as_of == datetime(2025, 5, 21, 10, tzinfo=UTC)
    (conflict,) = report.conflicts
    assert [side.claimant for side in (conflict.claim, *conflict.against)] == ["UA-GS", "RU-MOD"]
    for side, article, number, hour in (
        (conflict.claim, "second", 30, 10),
        (conflict.against[0], "first", 12, 8),
    ):
        assert (side.claim_id, side.article_id, side.outlet) == (f"{article}.1", article, f"{article}.example")
        assert (side.measure, side.regions) == ("intercepted", ("RU-BRY",))
        assert side.quantity is not None
        assert side.quantity.low == side.quantity.high == number
        assert side.period is not None
        assert side.published_at == datetime(2025, 5, 21, hour, tzinfo=UTC)
        assert side.quote == f"{number} said by {side.claimant}"


def test_statements_that_agree_are_no_contradiction() -> None:
    reader = Reader()
    reader.read(message("first", "RU-MOD", 12))
    reader.read(message("second", "UA-GS", 12))
    report = reader.report(FRONT, DAY)
    assert (report.conflicts, report.as_of) == ((), None)


def test_a_withdrawn_side_settles_the_contradiction() -> None:
    reader = Reader()
    reader.read(message("first", "RU-MOD", 12))
    reader.read(message("second", "UA-GS", 30))
    assert reader.report(FRONT, DAY).conflicts
    reader.read({"article_id": "second", "withdrawn": True})
    assert reader.report(FRONT, DAY).conflicts == ()


def test_a_claim_without_a_span_is_quoted_with_nothing() -> None:
    reader = Reader()
    bare = message("second", "UA-GS", 30)
    del bare["claims"][0]["span"]
    reader.read(message("first", "RU-MOD", 12))
    reader.read(bare)
    (conflict,) = reader.report(FRONT, DAY).conflicts
    assert conflict.claim.quote == ""


def test_an_edit_dates_its_side() -> None:
    reader = Reader()
    reader.read(message("first", "RU-MOD", 12))
    reader.read(message("second", "UA-GS", 30))
    front_entry = reader.entries[FRONT, "second"]
    edited = datetime(2025, 5, 22, 9, tzinfo=UTC)
    reader.entries[FRONT, "second"] = msgspec.structs.replace(front_entry, updated_at=edited)
    report = reader.report(FRONT, DAY)
    assert report.as_of == report.conflicts[0].claim.published_at == edited


def test_a_claim_that_counts_without_its_article_is_an_error() -> None:
    reader = Reader()
    reader.read(message("first", "RU-MOD", 12))
    reader.read(message("second", "UA-GS", 30))
    del reader.entries[FRONT, "first"]
    with pytest.raises(LookupError, match=r"first\.1"):
        reader.report(FRONT, DAY)


def test_the_key_names_front_and_day() -> None:
    assert key_of("RU>PL", date(2025, 9, 10)) == "RU>PL|2025-09-10"


@pytest.mark.parametrize("path", CONTRADICTING, ids=lambda path: path.stem)
def test_every_contradiction_of_the_acceptance_cases_can_be_shown(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    reader = Reader(case["zone"])
    for each in case["messages"]:
        reader.read(each)
    days = {(want["front"], date.fromisoformat(want["date"])) for want in case["expect_conflicts"]}
    shown = {
        (front, str(day), conflict.claim.claim_id)
        for front, day in days
        for conflict in reader.report(front, day).conflicts
    }
    assert shown == {(want["front"], want["date"], want["claim_id"]) for want in case["expect_conflicts"]}
    assert all(c.against for front, day in days for c in reader.report(front, day).conflicts)


def test_the_span_is_a_part_of_the_entry() -> None:
    span = said(message("first", "RU-MOD", 12)).claims[0].span
    assert span == Span(field="body", start=3, end=9, text="12 said by RU-MOD")


def test_a_slip_shows_both_quotes_once_and_is_settled_by_a_later_article() -> None:
    reader = Reader()
    reader.read(message("first", "RU-MOD", 840))
    reader.read(message("second", "RU-MOD", 804, hour=9))
    report = reader.report(FRONT, DAY)
    assert report.conflicts == ()
    (slip,) = report.slips
    assert (slip.kind, slip.claim.quote) == ("transposed", "804 said by RU-MOD")
    assert [side.quote for side in slip.against] == ["840 said by RU-MOD"]
    assert report.as_of == datetime(2025, 5, 21, 9, tzinfo=UTC)
    reader.read(message("third", "RU-MOD", 840, hour=12, source="second.example"))
    settled = reader.report(FRONT, DAY)
    assert (settled.conflicts, settled.slips, settled.as_of) == ((), (), None)
