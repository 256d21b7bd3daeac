"""`demo`: a broker, a worker and sample articles in one process tree, without any set-up."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import click

from worker.cli.faults import Fault, examples, say
from worker.exits import EXIT_UNAVAILABLE

if TYPE_CHECKING:
    from worker.broker import Kind

_KINDS = ("auto", "kafka", "tansu", "external")


@click.command(
    short_help="See it work, without any set-up.",
    epilog=examples(
        "drone-tally demo",
        "drone-tally demo --seconds 120",
        "drone-tally demo --plain --seconds 5 | tail",
        "DRONETALLY_BOOTSTRAP_SERVERS=localhost:9092 drone-tally demo --broker external",
    ),
)
@click.option(
    "--seconds", type=click.FloatRange(min=0), default=45.0, show_default=True, help="How long the articles are played."
)
@click.option("--plain", is_flag=True, help="Plain lines instead of a table [default where there is no terminal].")
@click.option(
    "--wait/--no-wait",
    default=None,
    help="Keep everything running after the last article until Ctrl-C [default: on a terminal].",
)
@click.option(
    "--broker",
    "kind",
    type=click.Choice(_KINDS),
    default="auto",
    show_default=True,
    help="Apache Kafka on this machine, Tansu where that can't be had, or your own brokers.",
)
def demo(seconds: float, plain: bool, wait: bool | None, kind: Kind) -> None:
    """Start a local broker and a worker, play four days of invented articles, and watch the tallies change.

    Bulletins of both sides, reprints, corrections, a withdrawal and a broken message, in four languages. Every number
    stands beside the words it rests on; the last line is the address of the same in the browser. In a terminal
    everything keeps running afterwards, to be looked into, until Ctrl-C; Ctrl-C ends every process that was started.

    With --broker external the settings of your environment say how to reach the brokers. The topics then bear names
    of their own and are deleted in the end.
    """
    from worker.broker import BrokerError
    from worker.connection import quiet_aiokafka
    from worker.demo.show import show
    from worker.demo.views import LiveView, PlainView

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)  # ends as Ctrl-C does: in good order
    on_terminal = sys.stdout.isatty()
    drawable = on_terminal and os.environ.get("TERM") != "dumb"
    view = LiveView() if drawable and not plain else PlainView()
    try:
        with quiet_aiokafka():
            show(kind, seconds, view, say, stay=on_terminal if wait is None else wait)
    except BrokerError as error:
        raise Fault(str(error), EXIT_UNAVAILABLE) from None
