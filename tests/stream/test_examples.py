"""The programs of the pages, run as a reader would run them."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer

from tests import tools
from tests.brokers import missing, new_topic
from tests.contract.catalogue import SCHEMAS
from tests.stream.workers import World, repository
from tests.tools import program
from worker.broker import Broker, BrokerUnavailableError
from worker.broker.jars import cache_folder, cached_jars, pinned_jars
from worker.broker.java import find_java
from worker.broker.resolvers import resolvers
from worker.settings import load

pytestmark = pytest.mark.broker

EXAMPLES = repository() / "examples"
JARS = (  # those that the page names, and no other
    *("kafka-clients", "jackson-databind", "jackson-core", "jackson-annotations", "slf4j-api"),
    *("lz4-java", "zstd-jni", "snappy-java"),
)
TALLY = SCHEMAS / "drone.tally" / "examples" / "valid" / "contested-between-two-claimants.json"


async def printed(command: Sequence[str], *beginnings: str) -> list[str]:
    """Run a consumer until it has printed lines that begin so, in this order, and return the lines."""
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, start_new_session=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    found: list[str] = []
    try:
        async with asyncio.timeout(90):
            while len(found) < len(beginnings):
                line = (await process.stdout.readline()).decode()
                assert line, f"ended: {(await process.stderr.read()).decode()[-2000:]}"
                if line.startswith(beginnings[len(found)]):
                    found.append(line.strip())
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # the children of a shell too; the group is this command's own
        await process.communicate()
    return found


async def test_an_article_of_the_example_becomes_a_tally_in_the_example(world: World) -> None:
    settings = world.settings
    await world.start().ready()
    producing = [sys.executable, str(EXAMPLES / "produce.py"), world.bootstrap, settings.input_topic]
    sent = await asyncio.to_thread(subprocess.run, producing, capture_output=True, timeout=60, check=False)
    assert sent.returncode == 0, sent.stderr
    command = [sys.executable, str(EXAMPLES / "consume.py"), world.bootstrap, settings.day_topic]
    (line,) = await printed(command, "UA|RU>UA|2025-06-18 ")
    assert "'launched': (52, 52, 52)" in line
    assert "'intercepted': (41, 41, 41)" in line


async def tallies(kafka: Broker) -> tuple[str, str]:
    """A topic with one tally that is gone in the end, compressed as the worker does; and the tally's key."""
    topic = await new_topic({"bootstrap_servers": kafka.bootstrap})
    key = json.loads(TALLY.read_bytes())["key"]
    options = {"bootstrap_servers": kafka.bootstrap, "acks": "all", "compression_type": load({}).compression}
    async with AIOKafkaProducer(**options) as producer:
        for value in (TALLY.read_bytes(), None):
            await producer.send_and_wait(topic, value, key=key.encode())
    return topic, key


async def test_kcat_and_jq_read_tallies(kafka: Broker) -> None:
    for name in ("kcat", "jq"):
        program(name, f"apt-get install {name}")
    topic, key = await tallies(kafka)
    there, gone = await printed(["sh", str(EXAMPLES / "consume.sh"), kafka.bootstrap, topic], *[f'["{key}"'] * 2)
    measures = json.loads(TALLY.read_bytes())["measures"]
    figures = {name: [cell[bound] for bound in ("low", "best", "high")] for name, cell in measures.items()}
    assert json.loads(there) == [key, figures]
    assert json.loads(gone) == [key, {}]


@pytest.fixture(scope="module")
def java() -> list[str]:
    """What runs a Java file, with the jars that a consumer needs."""
    try:
        runtime = str(find_java().program)
        jars = cached_jars(pinned_jars(), cache_folder(), resolvers())
    except BrokerUnavailableError as reason:
        missing(str(reason))
    modules = subprocess.run([runtime, "--list-modules"], capture_output=True, text=True, check=True).stdout
    if "jdk.compiler" not in modules:
        tools.missing("a Java compiler", f"{runtime} runs programs and compiles none; use that of a JDK")
    return [runtime, "-cp", os.pathsep.join(str(jar) for jar in jars if Path(jar).name.startswith(JARS))]


async def test_java_reads_tallies(kafka: Broker, java: list[str]) -> None:
    topic, key = await tallies(kafka)
    command = [*java, str(EXAMPLES / "Consume.java"), kafka.bootstrap, topic]
    for _ in range(2):  # a second run begins at the beginning too: nothing is kept of the first
        there, gone = await printed(command, key, key)
        assert json.loads(there.removeprefix(key)) == json.loads(TALLY.read_bytes())["measures"]
        assert gone == key
