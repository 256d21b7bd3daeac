"""A real Prometheus with the shipped configuration, rules and dashboard, on a real worker."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from tests.deploy.queries import RULES, dashboard_queries, rules
from tests.docs.pages import text_of
from tests.stream.conftest import world
from tests.stream.workers import Message, Worker, World, article
from tests.tools import program
from worker.broker.ports import free_ports
from worker.connection import admin

__all__ = ["world"]

pytestmark = pytest.mark.broker

_NIGHT = "Russia launched 52 drones overnight, the air force said."


class Prometheus:
    """One Prometheus process and its API."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self._address = f"http://127.0.0.1:{port}"

    def ask(self, path: str, **arguments: str) -> Any:
        """Ask the API; its errors are exceptions."""
        query = urllib.parse.urlencode(arguments)
        with urllib.request.urlopen(f"{self._address}{path}?{query}", timeout=10) as answer:  # noqa: S310 (http by construction)
            return json.load(answer)["data"]

    def answers(self) -> bool:
        """Whether it is up."""
        try:
            with urllib.request.urlopen(f"{self._address}/-/ready", timeout=2):  # noqa: S310 (as above)
                return True
        except OSError:
            return False

    def value(self, query: str) -> list[float]:
        """Evaluate an expression now."""
        return [float(each["value"][1]) for each in self.ask("/api/v1/query", query=query)["result"]]

    def targets(self) -> dict[str, str]:
        """The health of each target."""
        found = self.ask("/api/v1/targets", state="active")["activeTargets"]
        return {each["labels"]["instance"]: each["health"] for each in found}

    def rules(self) -> list[dict[str, Any]]:
        """The rules it has loaded."""
        return [rule for group in self.ask("/api/v1/rules")["groups"] for rule in group["rules"]]

    def firing(self) -> set[str]:
        """The alerts that fire."""
        return {
            each["labels"]["alertname"] for each in self.ask("/api/v1/alerts")["alerts"] if each["state"] == "firing"
        }


async def until(holds: Callable[[], bool], seconds: float = 40) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "not in time"
        await asyncio.sleep(0.3)


@pytest_asyncio.fixture
async def watched(world: World, tmp_path: Path) -> AsyncIterator[tuple[Worker, Prometheus]]:
    """A worker and the Prometheus that scrapes it: as shipped, but for address and pace."""
    command = program("prometheus", "apt-get install prometheus")
    worker = world.start()
    config = yaml.safe_load(text_of(RULES.parent / "prometheus.yml"))
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["scrape_configs"][0]["static_configs"] = [{"targets": [f"127.0.0.1:{worker.port}"]}]
    (tmp_path / "prometheus.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    quick = yaml.safe_load(text_of(RULES))
    for rule in (rule for group in quick["groups"] for rule in group["rules"] if "for" in rule):
        rule["for"] = "2s"
    (tmp_path / "rules.yml").write_text(yaml.safe_dump(quick), encoding="utf-8")
    (port,) = free_ports(1)
    process = subprocess.Popen(  # noqa: ASYNC220 (it returns at once)
        [
            command,
            f"--config.file={tmp_path / 'prometheus.yml'}",
            f"--storage.tsdb.path={tmp_path / 'data'}",
            f"--web.listen-address=127.0.0.1:{port}",
        ],
        stdout=subprocess.DEVNULL,
        stderr=(log := (tmp_path / "log").open("wb")),
    )
    try:
        prometheus = Prometheus(process, port)
        await until(prometheus.answers)
        await worker.ready(60)
        yield worker, prometheus
    finally:
        process.terminate()
        process.wait(20)
        log.close()


async def test_prometheus_sees_a_worker_at_work_and_says_when_it_is_gone(
    world: World, watched: tuple[Worker, Prometheus]
) -> None:
    worker, prometheus = watched
    instance = f"127.0.0.1:{worker.port}"
    await world.send(
        article(f"a{n}", _NIGHT, published_at="2025-06-18T07:30:00Z", source=f"{n}.example") for n in range(20)
    )
    await until(lambda: prometheus.value('dronetally_articles_total{outcome="relevant"}') == [20.0])
    assert prometheus.targets() == {instance: "up"}

    assert [rule["name"] for rule in prometheus.rules()] == [rule.get("alert") or rule["record"] for rule in rules()]
    await until(lambda: {rule["health"] for rule in prometheus.rules()} == {"ok"})
    await until(lambda: prometheus.value("sum(instance:dronetally_consumer_lag_records:sum)") == [0.0])
    await until(lambda: prometheus.firing() == set())

    # Every panel shows something, but for that of sends that failed.
    queries = [query for query in dashboard_queries() if "publish_errors" not in query]
    await until(lambda: all(prometheus.value(query) for query in queries))
    series = prometheus.value("scrape_samples_scraped")
    assert 100 < series[0] < 500

    worker.end(signal.SIGTERM)
    await until(lambda: prometheus.targets() == {instance: "down"})
    await until(lambda: prometheus.firing() == {"DroneTallyDown"})


async def test_prometheus_hears_of_a_dead_letter_that_could_not_be_written(
    world: World, watched: tuple[Worker, Prometheus]
) -> None:
    worker, prometheus = watched
    await until(lambda: prometheus.targets() == {f"127.0.0.1:{worker.port}": "up"})
    topic = world.settings.dead_letters_topic
    async with admin(world.settings) as client:
        await client.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, {"max.message.bytes": "10"})])
    await world.send([Message(b"poison", b"no article")])
    code = await asyncio.to_thread(worker.process.wait, 60)
    assert code == 69
    # Where the worker is gone, the alert still says why; that it is down comes on top.
    await until(lambda: "DroneTallyDeadLetterWriteFailing" in prometheus.firing())
    (failures,) = prometheus.value(f'max_over_time(dronetally_publish_errors_total{{topic="{topic}"}}[15m])')
    assert failures == 1.0
