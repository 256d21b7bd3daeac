"""`produce`: articles from files onto the input topic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from worker.cli.faults import EXIT_FAILURE, Fault, examples, say
from worker.cli.lines import Complaints, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worker.settings import Settings


@click.command(
    short_help="Send articles to the input topic.",
    epilog=examples(
        "drone-tally produce articles.jsonl",
        "drone-tally produce --rate 5 archive/",
        "echo 'not an article' | drone-tally produce --raw -",
    ),
)
@click.argument("source", metavar="[FILE|FOLDER|-]", type=click.Path(exists=True, allow_dash=True), default="-")
@click.option("--rate", type=click.FloatRange(min=0, min_open=True), help="Messages a second [default: all at once].")
@click.option("--raw", is_flag=True, help="Send each line as it is, readable or not, to see what the worker does.")
@click.pass_context
def produce(ctx: click.Context, source: str, rate: float | None, raw: bool) -> None:
    """Send articles (JSON lines; of a folder all *.jsonl in order of their names) to the input topic.

    The key is the article's id. A line {"id": "…", "withdrawn": true} is sent as a null value, with its "version",
    if any, as a header. A line that the worker could not read is reported and not sent; the exit code is then 1.
    Everything is confirmed by the brokers before this ends. With --raw every line goes as it is, with the id as its
    key where one can be read.
    """
    import asyncio

    from worker.settings import load

    asyncio.run(_produce(ctx, load(), _files(source), rate, raw))


async def _produce(ctx: click.Context, settings: Settings, files: list[str], rate: float | None, raw: bool) -> None:
    import asyncio
    import time

    from worker.clients.sending import MAX_MESSAGE_BYTES, sender
    from worker.codec import MAX_BYTES
    from worker.logs import printable

    refused = withdrawals = sent = 0
    started = time.monotonic()
    async with sender(settings, [settings.input_topic]) as out:
        for file in files:
            complaints = Complaints(file if len(files) > 1 else None)
            for number, line in lines(file, MAX_MESSAGE_BYTES if raw else MAX_BYTES):
                message = _message(settings, complaints, number, line, raw)
                if message is None:
                    continue
                key, value, headers = message
                if rate is not None:
                    await asyncio.sleep(max(0.0, started + sent / rate - time.monotonic()))
                await out.send(f"line {number}", settings.input_topic, key, value, list(headers.items()))
                sent += 1
                withdrawals += value is None
            refused += complaints.count
    for label in out.refused:
        say(printable(label))
    refused += len(out.refused)
    say(
        f"{out.confirmed} messages in {settings.input_topic}, {withdrawals} of them withdrawals; {refused} refused;"
        f" {time.monotonic() - started:.1f} s"
    )
    ctx.exit(EXIT_FAILURE if refused else 0)


def _message(
    settings: Settings, complaints: Complaints, number: int, line: bytes, raw: bool
) -> tuple[bytes | None, bytes | None, dict[str, bytes]] | None:
    """Make key, value and headers of a line, or report why it can't be sent."""
    from datetime import UTC, datetime

    from worker.codec import MessageError
    from worker.pipeline.arrivals import read
    from worker.pipeline.written import message_of

    try:
        message = message_of(line)
        arrival = read(message.key, message.value, message.headers, datetime.now(UTC), settings.future_tolerance)
    except MessageError as error:
        if raw:
            return None, line, {}
        complaints.add(number, error)
        return None
    if raw:
        return arrival.article_id.encode(), line, {}
    return arrival.article_id.encode(), message.value, message.headers


def _files(source: str) -> list[str]:
    if source == "-" or not Path(source).is_dir():
        return [source]
    found: Iterator[Path] = Path(source).glob("*.jsonl")
    files = sorted(str(path) for path in found)
    if not files:
        raise Fault(f"no *.jsonl files in {source}")
    return files
