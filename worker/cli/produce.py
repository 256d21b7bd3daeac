"""`produce`: articles from files onto the input topic."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from worker.cli.faults import examples, say
from worker.cli.lines import Complaints
from worker.cli.sources import FORMATS, Sources
from worker.cli.times import TIME
from worker.cli.wording import many
from worker.exits import EXIT_FAILURE

if TYPE_CHECKING:
    from worker.pipeline.written import Written
    from worker.settings import Settings


@click.command(
    short_help="Send articles to the input topic.",
    epilog=examples(
        "drone-tally produce articles.jsonl",
        "drone-tally produce --rate 5 archive/",
        "drone-tally produce --source example.org --published-at 2025-05-21T10:00:00Z report.txt",
        "curl -s https://example.org/rss | drone-tally produce --format feed -",
        "drone-tally produce --print pages/ | drone-tally tally -",
        "echo 'not an article' | drone-tally produce --raw -",
    ),
)
@click.argument(
    "sources", metavar="[FILE|FOLDER|-]...", nargs=-1, type=click.Path(exists=True, allow_dash=True), default=("-",)
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="auto",
    show_default=True,
    help="What the files hold; auto goes by their names, and takes standard input for JSON lines.",
)
@click.option("--published-at", type=TIME, help="Dates texts and pages that have no date of their own.")
@click.option("--source", "outlet", metavar="OUTLET", help="Who printed texts and pages that do not say so.")
@click.option("--rate", type=click.FloatRange(min=0, min_open=True), help="Messages a second [default: all at once].")
@click.option("--raw", is_flag=True, help="Send each line as it is, readable or not, to see what the worker does.")
@click.option("--print", "print_only", is_flag=True, help="Print the articles as JSON lines and send nothing.")
@click.pass_context
def produce(
    ctx: click.Context,
    sources: tuple[str, ...],
    form: str,
    published_at: datetime | None,
    outlet: str | None,
    rate: float | None,
    raw: bool,
    print_only: bool,
) -> None:
    """Send articles to the input topic: JSON lines, feeds, saved pages, texts, or folders of them.

    Feeds (RSS, Atom: *.xml, *.rss, *.atom) give an article for each entry. Of pages (*.html) the article alone is
    sent, with the date and address the page names. Texts (*.txt) are sent as they are, dated by a name such as
    2025-05-21T0730-kursk.txt (UTC; of a day alone, noon) or by --published-at; what has no date is dated by its
    arrival. Without an id of its own an article is named after its file, so that sending it again changes nothing.

    In JSON lines, {"id": "…", "withdrawn": true} is sent as a null value, with its "version", if any, as a header.
    The key is the article's id. What the worker could not read is reported and not sent; the exit code is then 1.
    Everything is confirmed by the brokers before this ends, and reading waits for them. With --raw every line goes as
    it is, with the id as its key where one can be read.
    """
    import asyncio

    from worker.settings import load

    if raw and print_only:
        raise click.UsageError("--raw sends what --print would leave out")
    settings = load()
    found = Sources(sources, form, published_at, outlet)
    complaints = Complaints()
    if print_only:
        _print(settings, found, complaints)
    else:
        asyncio.run(_send(settings, found, complaints, rate, raw))
    ctx.exit(EXIT_FAILURE if complaints.count + found.unreadable else 0)


def _print(settings: Settings, sources: Sources, complaints: Complaints) -> None:
    from worker.cli.data import harmless
    from worker.codec import MAX_BYTES, unframed

    output = click.get_binary_stream("stdout")
    for place, line in sources.lines(MAX_BYTES):
        if _message(settings, complaints, place, line) is not None:
            output.write((harmless(unframed(line)) if sys.stdout.isatty() else line) + b"\n")
    output.flush()


async def _send(settings: Settings, sources: Sources, complaints: Complaints, rate: float | None, raw: bool) -> None:
    import asyncio
    import time

    from worker.cli.progress import Progress
    from worker.clients.sending import MAX_MESSAGE_BYTES, sender
    from worker.codec import MAX_BYTES
    from worker.logs import printable

    withdrawals = sent = 0
    started = time.monotonic()
    with Progress() as progress:
        async with sender(settings, [settings.input_topic]) as out:
            for place, line in sources.lines(MAX_MESSAGE_BYTES if raw else MAX_BYTES):
                message = _message(settings, complaints, place, line, raw=raw)
                if message is None:
                    continue
                if rate is not None:
                    await asyncio.sleep(max(0.0, started + sent / rate - time.monotonic()))
                await out.send(place, settings.input_topic, message.key, message.value, list(message.headers.items()))
                sent += 1
                withdrawals += message.value is None
                progress.show(sent, out.confirmed, complaints.count + sources.unreadable)
    for label in out.refused:
        say(printable(label))
    complaints.count += len(out.refused)
    say(
        f"{many(out.confirmed, 'message')} in {settings.input_topic}, {many(withdrawals, 'withdrawal')} among them;"
        f" {complaints.count + sources.unreadable} refused; {time.monotonic() - started:.1f} s"
    )


def _message(
    settings: Settings, complaints: Complaints, place: str, line: bytes, *, raw: bool = False
) -> Written | None:
    """Make key, value and headers of a line, or report why it can't be sent."""
    from datetime import UTC

    import msgspec

    from worker.codec import MessageError
    from worker.pipeline.arrivals import read
    from worker.pipeline.written import Written, message_of

    try:
        message = message_of(line)
        arrival = read(message.key, message.value, message.headers, datetime.now(UTC), settings.future_tolerance)
    except MessageError as error:
        if raw:
            return Written(key=None, value=line, headers={})
        complaints.tell(place, error)
        return None
    key = arrival.article_id.encode()
    return Written(key=key, value=line, headers={}) if raw else msgspec.structs.replace(message, key=key)
