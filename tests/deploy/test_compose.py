"""compose.yaml: valid by Compose's own schema, whole in its references, safe by default, right for the worker."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from tests.deploy.vendored import faults
from tests.docs.pages import ROOT, text_of
from worker.broker.jars import kafka_version, pinned_jars
from worker.cli.main import commands
from worker.settings import load

PATH = ROOT / "deploy/compose.yaml"
COMPOSE: dict[str, Any] = yaml.safe_load(text_of(PATH))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"].startswith("drone-tally")]
WORKERS = [name for name in OURS if name != "topics"]


def test_it_is_valid() -> None:
    assert faults("compose-spec", COMPOSE) == []
    assert faults("compose-spec", {**COMPOSE, "services": {"kafka": {"imagine": "apache/kafka"}}}) != []


def test_there_are_a_broker_topics_two_workers_and_monitoring() -> None:
    assert set(SERVICES) == {"kafka", "topics", "worker-1", "worker-2", "prometheus", "grafana"}


@pytest.mark.parametrize("name", SERVICES)
def test_references_lead_somewhere(name: str) -> None:
    service = SERVICES[name]
    for other, wait in service.get("depends_on", {}).items():
        if wait["condition"] == "service_healthy":
            assert "test" in SERVICES[other]["healthcheck"]
        else:
            assert SERVICES[other]["restart"] == "no"
    for volume in service.get("volumes", ()):
        source, _, options = volume.partition(":")
        if source.startswith("."):
            assert (PATH.parent / source).is_file()
            assert options.endswith(":ro")
        else:
            assert source in COMPOSE["volumes"]
    if "build" in service:
        context = (PATH.parent / service["build"]["context"]).resolve()
        assert context == ROOT
        assert (context / service["build"]["dockerfile"]).is_file()


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_listens_beyond_loopback_and_no_right_is_kept(name: str) -> None:
    service = SERVICES[name]
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert ":" in service["image"]
    assert not service["image"].endswith(":latest")


@pytest.mark.parametrize("name", OURS)
def test_ours_need_nothing_to_write_on(name: str) -> None:
    assert SERVICES[name]["read_only"] is True
    assert SERVICES[name]["tmpfs"][0].startswith("/tmp:")  # noqa: S108 (the container's)


@pytest.mark.parametrize("name", OURS)
def test_the_settings_are_settings(name: str) -> None:
    settings = load(SERVICES[name]["environment"])
    assert settings.bootstrap_servers == "kafka:9092"
    assert settings.bootstrap_servers in SERVICES["kafka"]["environment"]["KAFKA_ADVERTISED_LISTENERS"]


def test_workers_are_members_of_their_own_and_are_given_time_to_stop() -> None:
    names = [load(SERVICES[name]["environment"]).group_instance_id for name in WORKERS]
    assert names == WORKERS
    for name in WORKERS:
        longest = load(SERVICES[name]["environment"]).shutdown_timeout
        assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) >= longest + 5


def test_the_topics_job_is_a_command() -> None:
    asked = CliRunner().invoke(commands, [*SERVICES["topics"]["command"], "--help"])
    assert asked.exit_code == 0
    assert "--with-input" in SERVICES["topics"]["command"]  # nobody upstream makes the input topic here


def test_prometheus_scrapes_exactly_the_workers() -> None:
    (scrape,) = yaml.safe_load(text_of(ROOT / "deploy/monitoring/prometheus.yml"))["scrape_configs"]
    (targets,) = scrape["static_configs"]
    assert targets["targets"] == [f"{name}:{load({}).http_port}" for name in WORKERS]


def test_grafana_finds_its_data_source_and_the_dashboard() -> None:
    (source,) = yaml.safe_load(text_of(ROOT / "deploy/monitoring/grafana/datasources.yml"))["datasources"]
    assert source["url"] == "http://prometheus:9090"
    mounted = {volume.split(":")[1] for volume in SERVICES["grafana"]["volumes"]}
    (provider,) = yaml.safe_load(text_of(ROOT / "deploy/monitoring/grafana/dashboards.yml"))["providers"]
    home = SERVICES["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert home in mounted
    assert home.startswith(provider["options"]["path"] + "/")


def test_the_broker_is_the_one_that_the_tests_run_on() -> None:
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{kafka_version(pinned_jars())}"
