"""The board: the newest tallies, and the words they rest on."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from worker import gazetteer
from worker.codec import edition_of
from worker.demo.scoreboard import Scoreboard, figure
from worker.demo.views import LiveView, PlainView, in_one_line
from worker.model import Article, ArticleClaims, Tally
from worker.pipeline.arrivals import Arrival, understand
from worker.pipeline.editions import split_by_front
from worker.pipeline.reconciler import Reconciler

TEXT = "Russia's Defence Ministry said 31 Ukrainian drones were destroyed over the Bryansk region overnight."


def claims_of(article_id: str, body: str) -> ArticleClaims:
    article = Article(
        id=article_id,
        body=body,
        published_at=datetime(2025, 9, 19, 8, tzinfo=UTC),
        source="wire.example",
        language="en",
    )
    arrival = Arrival(
        article_id=article_id,
        edition=edition_of(article, body.encode()),
        article=article,
        received_at=datetime(2025, 9, 19, 9, tzinfo=UTC),
    )
    (entry,) = split_by_front(understand(arrival), ("UA>RU",))
    return entry


def day_tallies(*entries: ArticleClaims) -> dict[str, Tally]:
    reconciler = Reconciler(ZoneInfo("Europe/Kyiv"), gazetteer.name, timedelta(hours=72))
    for entry in entries:
        reconciler.put(entry)
    return {
        key: tally
        for window in reconciler.all_windows()
        if window.size == "P1D"
        for key, tally in reconciler.tallies(window).items()
    }


def board_of(*bodies: str) -> Scoreboard:
    board = Scoreboard({(str(number), 0): {"body": body} for number, body in enumerate(bodies)})
    entries = [claims_of(str(number), body) for number, body in enumerate(bodies)]
    for entry in entries:
        board.take_claims(entry)
    for key, tally in day_tallies(*entries).items():
        board.take_tally(key, tally)
    return board


def test_a_number_stands_beside_its_words() -> None:
    rows = {(row.place, row.measure): row for row in board_of(TEXT).rows()}
    row = rows["Bryansk Oblast", "intercepted"]
    assert (row.low, row.best, row.high, row.claimants) == (31, 31, 31, ("RU-MOD",))
    assert row.ground is not None
    assert "31 Ukrainian drones were destroyed" in row.ground.sentence
    assert in_one_line(row).startswith("2025-09-19 UA>RU Bryansk Oblast: intercepted 31 | RU-MOD, in wire.example: “")


def test_numbers_that_nobody_stated_are_left_out() -> None:
    measures = {row.measure for row in board_of(TEXT).rows()}
    assert measures == {"intercepted"}, "neutralised and launched follow from it and need no row"


def test_a_joint_total_is_one_row_for_its_group() -> None:
    joint = (
        "The Defence Ministry in Moscow said 127 Ukrainian drones were shot down over the Bryansk and Kursk regions."
    )
    rows = [row for row in board_of(joint).rows() if row.joint]
    assert [(row.place, row.low, row.high) for row in rows] == [("BRY + KRS together", 127, 127)]


def test_a_tally_without_its_claims_waits_for_them() -> None:
    entry = claims_of("0", TEXT)
    board = Scoreboard({})
    for key, tally in day_tallies(entry).items():
        board.take_tally(key, tally)
    assert board.rows() == []
    board.take_claims(entry)
    assert {row.place for row in board.rows()} == {"Russia", "Bryansk Oblast"}


def test_plain_lines_tell_changes_once_and_what_is_gone(capsys: pytest.CaptureFixture[str]) -> None:
    view, board = PlainView(), board_of(TEXT)
    view.refresh(board)
    first = capsys.readouterr().out.splitlines()
    assert len(first) == 2
    view.refresh(board)
    assert capsys.readouterr().out == ""
    board.take_tally("RU-BRY|UA>RU|2025-09-19", None)
    view.refresh(board)
    assert capsys.readouterr().out.strip() == "2025-09-19 UA>RU Bryansk Oblast: intercepted is no longer claimed"


@pytest.mark.parametrize(
    ("bounds", "written"),
    [((26, 26, 26), "26"), ((1, None, 157), "1–157"), ((20, 26, 30), "26 (20–30)"), ((24, None, None), "24 or more")],
)
def test_figures_are_short(bounds: tuple[int, int | None, int | None], written: str) -> None:
    assert figure(*bounds) == written


def screen(board: Scoreboard, width: int, height: int) -> list[str]:
    console = Console(file=StringIO(), width=width, height=height, force_terminal=True, color_system=None)
    with LiveView(console) as view:
        view.sent(1, 9, "\x1b[2Jhostile \u202etitle")
        view.refresh(board)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue().splitlines()


def test_the_live_table_fits_a_small_terminal() -> None:
    lines = [re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", line) for line in screen(board_of(TEXT, TEXT), 80, 24)]
    assert any(re.match(r"Bryansk +intercepted +31 +RU-MOD +…", line) for line in lines)
    assert max(map(len, lines)) <= 80


def test_the_live_table_lets_no_text_rewrite_the_terminal() -> None:
    shown = "\n".join(screen(board_of(TEXT.replace("31", "\u202e31")), 100, 30))
    assert "\u202e" not in shown
    assert "\x1b[2J" not in shown
    assert "\\u202etitle" in shown


def test_what_does_not_fit_is_counted() -> None:
    regions = ("Bryansk", "Kursk", "Belgorod", "Oryol", "Tula", "Kaluga", "Smolensk", "Rostov")
    board = board_of(*(TEXT.replace("Bryansk", region) for region in regions))
    lines = screen(board, 100, 14)
    left = next(int(found[1]) for line in lines if (found := re.search(r"(\d+) older rows", line)))
    shown = {line for line in lines if "intercepted" in line}  # a set, for the end draws everything once more
    assert left == len(board.rows()) - len(shown)
    assert 0 < len(shown) < 14
