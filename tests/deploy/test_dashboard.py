"""The dashboard: a unit and a description on every panel, expressions that Prometheus reads, of metrics there are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.dashboard import ROWS
from tests.deploy.queries import DASHBOARD, dashboard_queries, metrics_in, panels
from tests.deploy.test_rules import exposed, promtool
from tests.tools import run


def test_rows_are_the_five_that_a_user_expects() -> None:
    rows = [panel["title"] for panel in DASHBOARD["panels"] if panel["type"] == "row"]
    assert rows == list(ROWS) == ["Overview", "Quality", "Tables", "Kafka", "Process"]


def test_it_keeps_its_address_and_asks_what_to_show() -> None:
    assert DASHBOARD["uid"] == "drone-tally"
    assert [each["name"] for each in DASHBOARD["templating"]["list"]] == ["datasource", "job", "instance"]


@pytest.mark.parametrize("panel", panels(), ids=lambda panel: panel["title"])
def test_a_panel_explains_itself(panel: dict[str, Any]) -> None:
    assert panel["description"].endswith(".")
    assert panel["fieldConfig"]["defaults"]["unit"]
    assert panel["datasource"]["uid"] == "${datasource}"
    for target in panel["targets"]:
        assert target["legendFormat"]
        assert 'job=~"$job", instance=~"$instance"' in target["expr"]
        assert "[$__rate_interval]" in target["expr"] or not (
            "rate(" in target["expr"] or "increase(" in target["expr"]
        )


def test_panels_do_not_overlap() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert place["x"] + place["w"] <= 24
        assert not taken & cells
        taken |= cells


def test_prometheus_reads_every_expression(tmp_path: Path) -> None:
    recorded = [{"record": f"panel:{n}", "expr": query} for n, query in enumerate(dashboard_queries())]
    file = tmp_path / "panels.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": recorded}]}), encoding="utf-8")
    done = run(promtool(), "check", "rules", file)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(recorded)} rules found" in done.stdout


def test_the_dashboard_asks_for_metrics_there_are_and_for_every_one_of_ours() -> None:
    asked = set().union(*(metrics_in(query) for query in dashboard_queries()))
    assert asked <= exposed()
    assert {name for name in exposed() if name.startswith("dronetally_")} <= asked
