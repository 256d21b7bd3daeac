"""The acceptance cases: small histories of articles and the tallies that must come out, in any order."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.histories import Outcome, outcome, play, printed
from worker.model import Cell, JointCell

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))
ORDERS = 8

Case = dict[str, Any]


def cells(final: Outcome) -> dict[tuple[str, str, str, str, str], Cell]:
    return {
        (tally.region, tally.front, tally.window.date.isoformat(), tally.window.size, measure): cell
        for tally in final.tallies.values()
        for measure, cell in tally.measures.items()
    }


def joints(final: Outcome) -> dict[tuple[frozenset[str], str, str, str, str], JointCell]:
    return {
        (frozenset(joint.regions), tally.front, tally.window.date.isoformat(), tally.window.size, joint.measure): joint
        for tally in final.tallies.values()
        for joint in tally.joint
    }


def compared(want: Case, got: Cell | JointCell | None, what: str) -> list[str]:
    if got is None:
        return [f"{what}: missing"]
    return [
        f"{what} {name}: want {want[name]}, got {getattr(got, name)}"
        for name in ("low", "best", "high", "contested", "floating")
        if name in want and want[name] != getattr(got, name)
    ]


def differences(case: Case, final: Outcome) -> list[str]:
    have, grouped = cells(final), joints(final)
    wrong: list[str] = []
    for want in case.get("expect", []):
        key = (want["region"], want["front"], want["date"], want["window"], want["measure"])
        wrong += compared(want, have.get(key), " ".join(key))
        if "start" in want:
            window = final.tallies[f"{want['window']}|{want['region']}|{want['front']}|{want['date']}"].window
            got = tuple(t.isoformat().replace("+00:00", "Z") for t in (window.start, window.end))
            wrong += [] if got == (want["start"], want["end"]) else [f"window {want['date']}: {got}"]
    for want in case.get("expect_joint", []):
        group = (frozenset(want["regions"]), want["front"], want["date"], want["window"], want["measure"])
        wrong += compared(want, grouped.get(group), f"joint {want['regions']} {want['measure']}")
    for want in case.get("expect_absent", []):
        names = ("region", "front", "date", "window", "measure")
        hit = [key for key in have if all(key[i] == want[n] for i, n in enumerate(names) if n in want)]
        wrong += [f"must be absent: {hit}"] if hit else []
    if "expect_conflicts" in case:
        listed = {(c["front"], c["date"], c["claim_id"]) for c in case["expect_conflicts"]}
        found = {(front, day, c.claim_id) for (front, day), result in final.days.items() for c in result.conflicts}
        wrong += [] if listed == found else [f"conflicts: want {sorted(listed)}, got {sorted(found)}"]
    counts = case.get("expect_counts", [])
    for want in counts if isinstance(counts, list) else [counts]:
        tally = final.tallies[f"{want['window']}|{want['region']}|{want['front']}|{want['date']}"]
        seen = (tally.articles, tally.outlets, len(tally.claimants))
        wrong += [] if seen == (want["articles"], want["outlets"], want["claimants"]) else [f"{want}: got {seen}"]
    return wrong


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case_holds_in_any_order_with_duplicates(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    first = outcome(play(case["messages"], case["zone"]))
    assert differences(case, first) == []
    shuffle = random.Random(path.stem)
    for _ in range(ORDERS):
        messages = case["messages"] + shuffle.choices(case["messages"], k=len(case["messages"]))
        shuffle.shuffle(messages)
        assert printed(outcome(play(messages, case["zone"]))) == printed(first)


def test_all_cases_are_there() -> None:
    assert len(CASES) == 44
