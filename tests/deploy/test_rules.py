"""Recording and alert rules: right by promtool, about metrics there are, each with a page that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from prometheus_client import generate_latest

from tests.deploy.queries import RULES, alerts, metrics_in, recorded_in, rules
from tests.docs.pages import ROOT, anchors, text_of
from tests.tools import program, run
from worker import metrics

FOLDER = RULES.parent
TESTS = sorted(FOLDER.glob("rules*_test.yml"))
# What whoever operates a worker has to be told of; there may be more.
ASKED = (
    "Down NotReady LagGrowing NoProgress DeadLetterRatio DeadLetterWriteFailing RebalanceStorm RecoverySlow"
    " WatermarkStalled SeriesCapHit ConflictSurge"
)


def promtool() -> str:
    return program("promtool", "apt-get install prometheus")


def exposed() -> set[str]:
    return {family.name + ("_total" if family.type == "counter" else "") for family in metrics.REGISTRY.collect()}


def test_promtool_accepts_rules_and_configuration() -> None:
    for command in (("rules", RULES), ("config", FOLDER / "prometheus.yml")):
        done = run(promtool(), "check", *command)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_alerts_fire_where_they_should_and_nowhere_else(path: Path) -> None:
    done = run(promtool(), "test", "rules", path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_that_was_asked_for_is_there() -> None:
    assert {f"DroneTally{name}" for name in ASKED.split()} <= {alert["alert"] for alert in alerts()}


def test_every_rule_has_a_test_in_which_it_speaks() -> None:
    spoken: set[str] = set()
    for path in TESTS:
        for test in yaml.safe_load(text_of(path))["tests"]:
            spoken |= {each["alertname"] for each in test.get("alert_rule_test", ()) if each["exp_alerts"]}
            spoken |= {name for each in test.get("promql_expr_test", ()) for name in recorded_in(each["expr"])}
    used = {name for alert in alerts() for name in recorded_in(alert["expr"])}
    assert {rule.get("alert") or rule["record"] for rule in rules()} - spoken - used == set()


@pytest.mark.parametrize("alert", alerts(), ids=lambda alert: alert["alert"])
def test_an_alert_says_what_is_wrong_and_leads_to_a_page(alert: dict[str, dict[str, str]]) -> None:
    assert alert["labels"]["severity"] in ("warning", "critical")
    notes = alert["annotations"]
    assert notes["summary"]
    assert notes["description"].endswith(".")
    path, _, anchor = notes["runbook_url"].partition("#")
    assert anchor in anchors(text_of(ROOT / path))


def test_rules_ask_for_series_there_are() -> None:
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    for rule in rules():
        assert recorded_in(rule["expr"]) <= recorded
        assert metrics_in(rule["expr"]) <= exposed(), rule


def test_promtool_finds_nothing_wrong_with_the_metrics(tmp_path: Path) -> None:
    page = tmp_path / "metrics"
    page.write_bytes(generate_latest(metrics.REGISTRY))
    done = run("sh", "-c", f"{promtool()} check metrics < {page}")
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
