"""The page for newcomers tells the truth: each worked example is drawn and counted as it says."""

from __future__ import annotations

import re

import pytest

from tests.ledger.examples import PAGE, ZONE, Example, day_of, drawn, read
from worker.cli.why import VERDICTS, _print
from worker.pipeline.reconciler import WindowKey
from worker.tally import key_of

EXAMPLES = read(PAGE.read_text(encoding="utf-8"))
OPEN = {"open": None, "–": None}


def test_there_are_enough_and_each_has_cells() -> None:
    assert len(EXAMPLES) >= 8
    assert all(example.rows and example.cells for example in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_the_picture_shows_the_claims(example: Example) -> None:
    assert example.picture == drawn(example)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_the_cells_are_what_the_ledger_makes_of_the_claims(example: Example) -> None:
    book = example.archive()
    for where, *figures, note in example.cells:
        day = day_of(where)
        named = re.findall(r"[A-Z]{2,3}-[A-Z0-9]+", where)
        measure = re.findall(r"[a-z_]{3,}", where.replace("May", ""))[0]
        result = book.day(example.front, day)
        cell = (
            result.joints.get((tuple(sorted(named)), measure))
            if len(named) > 1
            else result.cells.get((named[0] if named else example.front.split(">")[1], measure))
        )
        if note == "absent":
            assert cell is None, where
            continue
        assert cell is not None, where
        assert [cell.low, cell.best, cell.high] == [OPEN.get(f, f) if f in OPEN else int(f) for f in figures], where
        assert ("contested" in note) == cell.contested
        assert (f"{cell.floating} floating" in note) == bool(cell.floating)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_why_says_what_became_of_each_claim(example: Example, capsys: pytest.CaptureFixture[str]) -> None:
    book = example.archive()
    region = example.front.split(">")[1]
    days = sorted({key.day for key in book.all_windows() if key.size == "P1D"})
    verdicts: dict[str, str] = {}
    for day in days:
        told = book.told(region, example.front, day)
        verdicts |= {one.claim.claim_id: one.account.slip or one.account.verdict for one in told}
        tally = book.tallies(WindowKey(front=example.front, size="P1D", day=day))[key_of(region, example.front, day)]
        _print(region, example.front, day, str(ZONE), tally, told)
    assert {name: verdict for name, verdict in verdicts.items() if verdict != "counted"} == example.aside
    printed = capsys.readouterr().out
    for verdict in example.aside.values():
        assert VERDICTS.get(verdict, "looks like a slip") in printed
