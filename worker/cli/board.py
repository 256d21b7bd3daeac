"""`board`: the published tallies on one page in the browser."""

from __future__ import annotations

import sys

import click

from worker.cli.faults import examples
from worker.cli.terminal import coloured

PORT = 8464


@click.command(
    short_help="Show the published tallies in the browser.",
    epilog=examples(
        "drone-tally board",
        "drone-tally board --port 0",
        "DRONETALLY_BOOTSTRAP_SERVERS=kafka-1:9092 drone-tally board",
    ),
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="Port on 127.0.0.1; 0 takes a free one.",
)
def board(port: int) -> None:
    """Serve one page on loopback: a map, a table and a time line of the tallies, live, and what each rests on.

    An example of a downstream consumer: reads the topics of tallies, claims and conflicts from their beginning, and the
    newest articles for the sentences and links behind the numbers. Keeps nothing, writes nothing, commits nothing.
    Prints its address on standard output; stops on SIGTERM or Ctrl-C.
    """
    import asyncio

    from worker import logs
    from worker.board.serving import serve
    from worker.connection import quiet_aiokafka
    from worker.settings import load

    settings = load()
    logs.configure(settings.log_format, settings.log_level, colours=coloured(sys.stderr))
    with quiet_aiokafka():
        asyncio.run(serve(settings, port, lambda address: click.echo(f"board: {address}")))
