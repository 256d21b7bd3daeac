"""Record what the worker leaves on Kafka now."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from tests.brokers import kafka_with
from tests.faults.states import PARTITIONS, record, told
from tests.stream.pages import all_read
from tests.stream.workers import World


async def main(name: str) -> None:
    """Let a worker read the articles one by one, end it, and write what there is to a file of this name."""
    with kafka_with() as broker:
        world = World(broker.bootstrap, partitions=PARTITIONS)
        await world.make_topics()
        folder = os.environ.get("WORKER")
        worker = world.start(**({"PYTHONPATH": folder, "PYTHONSAFEPATH": "1"} if folder else {}))
        await worker.ready()
        for number, message in enumerate(told()):
            await world.send([message])
            await all_read(worker, 20, number + 1)
        code, errors = worker.end(signal.SIGTERM)
        assert code == 0, errors
        await record(world, name)


asyncio.run(main(*sys.argv[1:]))
