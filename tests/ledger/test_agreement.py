"""Generated ledgers through the book and through the slow exact model: every cell, conflict and count alike.

DRONETALLY_TEST_LEDGERS sets how many are compared (default 2,000; `make laws` compares more).
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import ModuleType
from typing import Any

import pytest

from tests.acceptance.histories import Message, outcome, play
from tests.ledger.generated import Fiction
from tests.ledger.reference import reference

LEDGERS = int(os.environ.get("DRONETALLY_TEST_LEDGERS", "2000"))
BLOCK = 20
ZONE = "Europe/Kyiv"

# Both are faults of the model, not of the ledgers: it gives up at four contradictions of one claimant, and asks
# for bounds where the front's statements do not hold without those of local authorities.
REFUSED = (RuntimeError, IndexError)

Key = tuple[Any, ...]


def ours(messages: list[Message]) -> tuple[dict[Key, Any], dict[Key, Any], set[Key], dict[Key, Any]]:
    final = outcome(play(messages, ZONE))
    cells: dict[Key, Any] = {}
    joints: dict[Key, Any] = {}
    counts: dict[Key, Any] = {}
    for t in final.tallies.values():
        where = (t.front, t.window.date.isoformat(), t.window.size)
        for measure, cell in t.measures.items():
            cells[t.region, *where, measure] = plain(cell)
        for joint in t.joint:
            joints[joint.regions, *where, joint.measure] = plain(joint)
        if t.window.size == "P1D":
            numbers = {"articles": t.articles, "outlets": t.outlets, "claimants": len(t.claimants)}
            counts[t.region, *where] = numbers
    conflicts = {(front, day, c.claim_id) for (front, day), result in final.days.items() for c in result.conflicts}
    return cells, joints, conflicts, counts


def plain(cell: Any) -> dict[str, Any]:
    return {name: getattr(cell, name) for name in ("low", "best", "high", "contested", "floating")}


def said(conflicts: set[Key], messages: list[Message]) -> set[Key]:
    """What the contradicted claims say: the model lists every reprint, the book one for all."""
    claims = {c["claim_id"]: c for m in messages for c in m["claims"]}
    names = ("measure", "source", "quantity", "scope")
    return {(*key[:2], json.dumps([claims[key[2]][name] for name in names])) for key in conflicts}


@pytest.fixture(scope="module")
def model() -> ModuleType:
    return reference()


@pytest.mark.timeout(1800)
@pytest.mark.usefixtures("model")
def test_generated_ledgers_agree_with_the_model() -> None:
    blocks = (range(first, min(first + BLOCK, LEDGERS)) for first in range(0, LEDGERS, BLOCK))
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        compared = list(pool.map(agree_all, blocks))
    assert sum(compared) > 0.9 * LEDGERS


def agree_all(seeds: range) -> int:
    """How many of these the model could answer; all of them were answered alike."""
    model = reference()
    return sum(agree(model, seed) for seed in seeds)


@pytest.mark.parametrize("seed", [1001, 1409, 1660, 1904, 21094, 21131])
def test_ledgers_that_once_differed_agree(model: ModuleType, seed: int) -> None:
    agree(model, seed)


def agree(model: ModuleType, seed: int) -> bool:
    messages = Fiction(seed, articles=3, claims=5).history()
    try:
        cells, joints, conflicts, counts = model.tallies(messages, ZONE)
    except REFUSED:
        return False
    got = ours(messages)
    assert got[0] == cells, seed
    assert got[1] == joints, seed
    assert said(got[2], messages) == said(conflicts, messages), seed
    assert got[3] == {key: counts[key] for key in got[3]}, seed
    return True
