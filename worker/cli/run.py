"""`worker`: the stream worker itself."""

from __future__ import annotations

import signal
import sys
from types import FrameType

import click

from worker.cli.faults import examples


@click.command(
    short_help="Run the stream worker.",
    epilog=examples(
        "drone-tally worker",
        "DRONETALLY_BOOTSTRAP_SERVERS=kafka-1:9092,kafka-2:9092 drone-tally worker",
        "DRONETALLY_LOG_FORMAT=json DRONETALLY_HTTP_PORT=9465 drone-tally worker",
    ),
)
@click.pass_context
def worker(ctx: click.Context) -> None:
    """Run the stream worker until SIGTERM or Ctrl-C.

    Reads articles, publishes claims, tallies, conflicts and dead letters. Logs go to stderr; /metrics, /livez,
    /readyz and /startupz listen on DRONETALLY_HTTP_HOST and DRONETALLY_HTTP_PORT. All state is in Kafka: any number
    of workers share the work, and one that was killed comes back with nothing lost.
    """
    # Until the event loop takes them over, while there is nothing to finish yet.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end_at_once)

    from worker import logs
    from worker.cli.languages import load_languages
    from worker.settings import load

    settings = load()
    logs.configure(settings.log_format, settings.log_level)
    load_languages()

    from worker.stream.runtime import run  # after logging is set up: faust logs while it is imported

    ctx.exit(run(settings))


def _end_at_once(_: int, __: FrameType | None) -> None:
    sys.exit(0)
