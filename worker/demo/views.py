"""Two ways to watch: a table that changes in place on a terminal, and plain lines for everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from worker.demo.scoreboard import figure
from worker.logs import printable

if TYPE_CHECKING:
    from typing import Self

    from worker.demo.scoreboard import Row, Scoreboard

_FRESH_CHANGES = 12
_LINES_AROUND_TABLE = 9


class View(Protocol):
    """Whatever shows the play."""

    def say(self, line: str) -> None:
        """Show a line that stays."""

    def sent(self, number: int, count: int, announcement: str) -> None:
        """Tell of a message that was sent."""

    def refresh(self, board: Scoreboard) -> None:
        """Show what the board says now."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class PlainView:
    """One line for every message and every number that changes."""

    def __init__(self) -> None:
        self._shown: dict[tuple[str, ...], Row] = {}

    def say(self, line: str) -> None:
        """Print it."""
        print(printable(line), flush=True)

    def sent(self, number: int, count: int, announcement: str) -> None:
        """Print what was sent."""
        self.say(f"[{number}/{count}] {announcement}")

    def refresh(self, board: Scoreboard) -> None:
        """Print what changed since the last time, in order of change."""
        rows = {row.key: row for row in board.rows()}
        for row in sorted(rows.values(), key=lambda row: row.changed):
            before = self._shown.get(row.key)
            if before is None or before.value != row.value:
                self.say("    " + in_one_line(row))
        for key in sorted(self._shown.keys() - rows.keys()):
            row = self._shown[key]
            self.say(f"    {row.date} {row.front} {row.place}: {row.measure} is no longer claimed")
        self._shown = rows

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to put back."""


class LiveView:
    """A table in the terminal, redrawn as numbers change."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console()
        self._live = Live(console=self._console, auto_refresh=False, transient=False)
        self._latest: list[str] = []

    def say(self, line: str) -> None:
        """Print it above the table."""
        self._live.console.print(Text(printable(line)), soft_wrap=True)

    def sent(self, number: int, count: int, announcement: str) -> None:
        """Show it below the table, with the few before it."""
        self._latest = [*self._latest[-2:], f"[{number}/{count}] {announcement}"]

    def refresh(self, board: Scoreboard) -> None:
        """Draw the table anew."""
        rows = board.rows()
        fitting = rows[: _fitting(rows, max(5, self._console.height - _LINES_AROUND_TABLE))]
        table = _table(fitting, board.mark)
        left = len(rows) - len(fitting)
        more = [Text(f"… {left} older rows; green: just changed, !: contradicting sources", style="dim")]
        latest = [Text(printable(line), no_wrap=True, overflow="ellipsis", style="dim") for line in self._latest]
        self._live.update(Group(table, *more, Text(), *latest), refresh=True)

    def __enter__(self) -> Self:
        self._live.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.__exit__(None, None, None)


def in_one_line(row: Row) -> str:
    """Write a row as one line: day, front, place, measure, number, who says so, in which words."""
    contested = " (contested)" if row.contested else ""
    ground = ""
    if row.ground is not None:
        ground = f" | {row.ground.claim.source}, in {row.ground.outlet or '?'}: “{row.ground.sentence}”"
    return f"{row.date} {row.front} {row.place}: {row.measure} {figure(row.low, row.best, row.high)}{contested}{ground}"


def _fitting(rows: list[Row], height: int) -> int:
    """Count the rows that fit into so many lines together with their headings."""
    lines = 0
    before: Row | None = None
    for count, row in enumerate(rows):
        lines += 1 if before is not None and (before.date, before.front) == (row.date, row.front) else 2
        if lines > height:
            return count
        before = row
    return len(rows)


def _table(rows: list[Row], mark: int) -> Table:
    """Lay out rows under a heading for each day and front; fits 80 columns, and shows more words in more."""
    table = Table(expand=True, box=None, header_style="dim", pad_edge=False)
    table.add_column("region", no_wrap=True, max_width=26, overflow="ellipsis")
    table.add_column("measure", no_wrap=True, min_width=11)
    table.add_column("low–best–high", no_wrap=True, justify="right", min_width=13)
    table.add_column("who says so", no_wrap=True, min_width=9, max_width=22, overflow="ellipsis")
    table.add_column("in which words", no_wrap=True, min_width=20, ratio=1, overflow="ellipsis")
    before: Row | None = None
    for row in rows:
        if before is None or (before.date, before.front) != (row.date, row.front):
            table.add_row(Text(f"{row.date}  {printable(row.front)}", style="bold cyan"))
        style = "bold green" if row.changed > mark - _FRESH_CHANGES else "red" if row.contested else ""
        cells = (
            row.place.removesuffix(" Oblast"),
            row.measure,
            _bounds(row),
            ", ".join(row.claimants),
            row.ground.sentence if row.ground else "",
        )
        table.add_row(*(Text(printable(cell)) for cell in cells), style=style)
        before = row
    return table


def _bounds(row: Row) -> str:
    """Write low, best and high; one number where they are one; `!` where sources contradict each other."""
    contested = " !" if row.contested else ""
    if row.low == row.best == row.high:
        return f"{row.low}{contested}"
    best = "?" if row.best is None else row.best
    high = "∞" if row.high is None else row.high
    return f"{row.low}–{best}–{high}{contested}"
