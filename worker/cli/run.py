"""`worker`: the stream worker itself."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING

import click

from worker.cli.faults import Fault, examples
from worker.cli.terminal import coloured
from worker.exits import EXIT_CONFIGURATION

if TYPE_CHECKING:
    from worker.settings import Settings

_MOST_PROCESSES = 64
_LAST_PORT = 65_535


@click.command(
    short_help="Run the stream worker.",
    epilog=examples(
        "drone-tally worker",
        "DRONETALLY_BOOTSTRAP_SERVERS=kafka-1:9092,kafka-2:9092 drone-tally worker",
        "DRONETALLY_LOG_FORMAT=json DRONETALLY_HTTP_PORT=9465 drone-tally worker",
        "drone-tally worker --processes 4             pages on ports 9464 to 9467",
    ),
)
@click.option(
    "--processes",
    type=click.IntRange(1, _MOST_PROCESSES),
    default=1,
    show_default=True,
    help="Run so many, each on a core and a port of its own; what ends is started again.",
)
@click.pass_context
def worker(ctx: click.Context, processes: int) -> None:
    """Run the stream worker until SIGTERM or Ctrl-C.

    Reads articles, publishes claims, tallies, conflicts and dead letters. Logs go to stderr; /metrics, /livez,
    /readyz and /startupz listen on DRONETALLY_HTTP_HOST and DRONETALLY_HTTP_PORT. All state is in Kafka: any number
    of workers share the work, and one that was killed comes back with nothing lost.

    Each process reads partitions of its own, so more processes than partitions are of no use.
    """
    # Until the event loop takes them over, while there is nothing to finish yet.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end_at_once)

    from worker import logs
    from worker.cli.languages import load_languages
    from worker.settings import load

    settings = load()
    logs.configure(settings.log_format, settings.log_level, colours=coloured(sys.stderr))
    if processes > 1:
        ctx.exit(_supervise(settings, processes))
    load_languages()

    from worker.stream.runtime import run  # after logging is set up: faust logs while it is imported

    ctx.exit(run(settings))


def _supervise(settings: Settings, processes: int) -> int:
    from worker.cli.supervisor import Supervisor

    port = settings.http_port
    if port and port + processes - 1 > _LAST_PORT:
        raise Fault(f"no {processes} ports from {port} on; set DRONETALLY_HTTP_PORT", EXIT_CONFIGURATION)
    environments = []
    for number in range(processes):
        environment = {**os.environ, "DRONETALLY_HTTP_PORT": str(port + number if port else 0)}
        if settings.group_instance_id:
            environment["DRONETALLY_GROUP_INSTANCE_ID"] = f"{settings.group_instance_id}-{number}"
        environments.append(environment)
    # -P, or a folder named like this package in the working directory would be run instead.
    command = (sys.executable, "-P", "-m", "worker", "worker")
    return Supervisor(command, environments, settings.shutdown_timeout).run()


def _end_at_once(_: int, __: FrameType | None) -> None:
    sys.exit(0)
