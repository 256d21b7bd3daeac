"""`tally`: the whole pipeline over a file."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from worker.cli.faults import examples
from worker.cli.lines import INPUT, Complaints
from worker.cli.times import TIME
from worker.cli.zones import ZONE

if TYPE_CHECKING:
    from worker.model import WindowSize

_SIZES: dict[str, tuple[WindowSize, ...]] = {"day": ("P1D",), "week": ("P7D",), "both": ("P1D", "P7D")}


@click.command(
    short_help="Articles to final tallies, without a broker.",
    epilog=examples(
        "drone-tally tally articles.jsonl",
        "drone-tally tally --window day --zone Europe/Moscow articles.jsonl",
        "cat monday.jsonl tuesday.jsonl | drone-tally tally - | jq -r 'select(.region == \"RU\") | .key'",
    ),
)
@click.argument("file", type=INPUT, default="-")
@click.option("--zone", type=ZONE, help="IANA time zone whose midnights cut the days [default: DRONETALLY_ZONE].")
@click.option("--window", type=click.Choice(list(_SIZES)), default="both", show_default=True, help="Which windows.")
@click.option(
    "--retention-days",
    type=click.IntRange(min=1),
    help="Leave out windows older than this before the newest article of their front.",
)
@click.option("--now", type=TIME, help="Time of arrival of all articles; later dates are refused [default: now].")
@click.pass_context
def tally(
    ctx: click.Context, file: str, zone: str | None, window: str, retention_days: int | None, now: datetime | None
) -> None:
    """Turn articles (JSON lines) into their final tallies (JSON lines), all in memory.

    Prints what the worker has published in the end after the same articles, in whatever order they come: days, then
    weeks, each sorted by key. `revision` is 0 in every line: a file has no history of publications. A line that
    can't be read is reported on stderr and left out; the exit code is then 1.
    """
    from zoneinfo import ZoneInfo

    from worker import codec, gazetteer
    from worker.cli.articles import take_in
    from worker.pipeline.reconciler import Reconciler
    from worker.settings import load

    settings = load(zone=zone, retention_days=retention_days)
    reconciler = Reconciler(ZoneInfo(settings.zone), gazetteer.name, settings.final_after, settings.retention)
    complaints = Complaints()
    whole = take_in(file, reconciler, settings, now, complaints)
    output = click.get_binary_stream("stdout")
    for found in whole.tallies(_SIZES[window]):
        output.write(codec.encode(found) + b"\n")
    output.flush()
    ctx.exit(1 if complaints.count else 0)
