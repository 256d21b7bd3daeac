"""What the program really makes of articles and of the acceptance cases passes the schemas."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tests.acceptance.histories import outcome, play
from tests.contract import catalogue
from tests.contract.catalogue import current, validator
from worker import codec, gazetteer
from worker.model import ArticleClaims
from worker.pipeline.arrivals import Arrival, read, understand
from worker.pipeline.editions import remember, split_by_front
from worker.pipeline.reconciler import Reconciler

TESTS = Path(__file__).parents[1]
CASES = sorted((TESTS / "acceptance" / "cases").glob("*.json"))
TEXTS = sorted((TESTS / "corpus" / "data").glob("*.json"))
RECEIVED = datetime(2028, 1, 1, tzinfo=UTC)


def arrivals() -> list[Arrival]:
    """Every own article of the corpus as a message of the input topic."""
    texts = [json.loads(path.read_bytes()) for path in TEXTS]
    fields = ("title", "body", "published_at", "source")
    values = [
        {"id": text["name"], "language": text["language"], **{name: text.get(name) for name in fields}}
        for text in texts
    ]
    for value in values:
        validator(current("news.article")).validate(value)
    return [
        read(None, json.dumps(value, ensure_ascii=False).encode(), {}, RECEIVED, timedelta(hours=48))
        for value in values
    ]


def problems(version: str, message: msgspec.Struct) -> list[tuple[str, str, Any]]:
    """List keyword, place and value of all that is wrong with a message as written."""
    value = json.loads(codec.encode(message))
    return [
        (error.kind.name, catalogue.pointer(error.instance_path), error.instance)
        for error in validator(version).iter_errors(value)
    ]


@pytest.fixture(scope="module")
def understood() -> list[ArticleClaims]:
    found = [understand(arrival) for arrival in arrivals()]
    assert sum(len(claims.claims) for claims in found) > len(TEXTS), "the corpus speaks of drone attacks"
    return found


def test_extracted_claims_pass(understood: list[ArticleClaims]) -> None:
    assert [(claims.article_id, problems(current("drone.claims"), claims)) for claims in understood] == [
        (claims.article_id, []) for claims in understood
    ]


def test_messages_of_the_claims_topic_pass(understood: list[ArticleClaims]) -> None:
    entries = [entry for claims in understood for entry in split_by_front(claims, remember(None, claims).fronts)]
    assert entries
    for entry in entries:
        assert problems(current("drone.claims"), entry) == []
        assert codec.decode_claims(codec.encode(entry)) == entry


def test_tallies_of_extracted_claims_pass(understood: list[ArticleClaims]) -> None:
    reconciler = Reconciler(ZoneInfo("Europe/Kyiv"), gazetteer.name, timedelta(hours=72))
    for claims in understood:
        for entry in split_by_front(claims, remember(None, claims).fronts):
            reconciler.put(entry)
    tallies = [tally for window in reconciler.all_windows() for tally in reconciler.tallies(window).values()]
    assert {tally.window.size for tally in tallies} == {"P1D", "P7D"}
    assert [problem for tally in tallies for problem in problems(current("drone.tally"), tally)] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_tallies_of_acceptance_cases_pass(path: Path) -> None:
    case = json.loads(path.read_bytes())
    final = outcome(play(case["messages"], case["zone"]))
    assert [problem for tally in final.tallies.values() for problem in problems(current("drone.tally"), tally)] == []


def test_reasons_of_conflicts_are_those_the_ledger_gives() -> None:
    given = set()
    for path in CASES:
        case = json.loads(path.read_bytes())
        days = outcome(play(case["messages"], case["zone"])).days.values()
        given |= {conflict.reason for day in days for conflict in day.conflicts}
    schema = catalogue.schema(current("drone.conflicts"))
    assert given == set(schema["$defs"]["conflict"]["properties"]["reason"]["enum"])
