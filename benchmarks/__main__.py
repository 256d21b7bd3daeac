"""Measure, print the table, and write it to docs/performance.md.

Run: `make bench` for all rows, `make bench ROWS="plain latency"` for some; `make bench-smoke` shows in less than a
minute that the measurements work, without judging and without writing. Each row on a broker of its own, a real Apache
Kafka on this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Callable

from benchmarks import extractors
from benchmarks.ledger import rows as ledger
from benchmarks.scale import FULL, SMOKE, Scale
from benchmarks.table import Row, enter, show
from benchmarks.worker import backlog, contenders, duels, latency, traffic
from worker.broker import ApacheKafka, KafkaOptions

_LIBRARIES = ("faust-streaming", "aiokafka", "uvloop", "msgspec", "orjson")

ORDER = (
    *("plain", "quix", "faust", "processes", "latency", "backlog", "recovery"),
    *("extraction-regex", "extraction-spacy", "ledger", "bytes"),
)
_SMOKE = ("plain",)
_READY = 180.0
"""Seconds that the broker may take to start: others may use the machine."""

Measurement = Callable[[ApacheKafka, Scale], list[Row]]


def measurements(quix_python: str) -> dict[str, Measurement]:
    """Return what each name measures."""

    def peer(name: str, contender: contenders.Contender, bar: float) -> Measurement:
        return lambda broker, scale: [asyncio.run(duels.against_peer(broker.bootstrap, name, contender, bar, scale))]

    return {
        "plain": peer("plain", contenders.PLAIN, 0.6),
        "quix": peer("quix", contenders.quix(quix_python), 1.5),
        "faust": peer("faust", contenders.FAUST, 4),
        "processes": lambda broker, scale: [asyncio.run(duels.two_processes(broker.bootstrap, "processes", scale))],
        "latency": lambda broker, scale: [asyncio.run(latency.row(broker.bootstrap, "latency", scale))],
        "backlog": lambda broker, scale: [asyncio.run(backlog.row(broker.bootstrap, "backlog", scale))],
        "recovery": lambda broker, scale: [asyncio.run(ledger.recovery(broker.bootstrap, "recovery", scale))],
        "extraction": lambda _, scale: extractors.rows("extraction", scale),
        "ledger": lambda _, scale: [ledger.growth("ledger", scale)],
        "bytes": lambda broker, scale: [
            asyncio.run(traffic.row(broker.bootstrap, broker.nodes[0].storage, "bytes", scale))
        ],
    }


def main() -> None:
    """Measure the rows that the arguments name."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("rows", nargs="*", help=f"some of: {', '.join(measurements(''))}; all if none is named")
    parser.add_argument("--smoke", action="store_true", help="a short form that judges and writes nothing")
    parser.add_argument("--share", type=float, default=1.0, help="of the full amounts, for a machine in use")
    parser.add_argument("--quix-python", default="python3", help="a Python with quixstreams")
    options = parser.parse_args()
    known = measurements(options.quix_python)
    if unknown := set(options.rows) - known.keys():
        parser.error(f"no such rows: {' '.join(sorted(unknown))}")
    scale = SMOKE if options.smoke else FULL.part(options.share)
    made: list[Row] = []
    for name in options.rows or (_SMOKE if options.smoke else known):
        print(f"{name} …", flush=True)
        started = time.monotonic()
        with ApacheKafka(KafkaOptions(quick_start=options.smoke, ready_seconds=_READY)) as broker:
            rows = known[name](broker, scale)
        made += rows
        if scale.judged:
            enter(rows, _LIBRARIES, ORDER)
        print(f"  {time.monotonic() - started:.0f} s: " + "; ".join(row.measured for row in rows), flush=True)
    print(show(made))


if __name__ == "__main__":
    main()
