"""Every PromQL expression of rules and dashboard, ready for Prometheus."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from tests.docs.pages import ROOT, text_of

RULES = ROOT / "deploy/monitoring/rules.yml"
DASHBOARD: dict[str, Any] = json.loads(text_of(ROOT / "deploy/monitoring/grafana/drone-tally.json"))
_NAME = re.compile(r"\b(?:dronetally_\w+|process_\w+)")
_RECORDED = re.compile(r"\b\w+:\w+:\w+")
_SUFFIX = re.compile(r"_(?:bucket|sum|count)$")


def rules() -> Iterator[dict[str, Any]]:
    """Yield every rule, recorded ones first."""
    for group in yaml.safe_load(text_of(RULES))["groups"]:
        yield from group["rules"]


def alerts() -> list[dict[str, Any]]:
    """List the alerts."""
    return [rule for rule in rules() if "alert" in rule]


def panels() -> list[dict[str, Any]]:
    """List the dashboard's panels without its rows."""
    return [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]


def dashboard_queries() -> list[str]:
    """List the expressions of all panels, with Grafana's variables as a user would choose them."""
    chosen = {"$__rate_interval": "1m", "$job": "drone-tally", "$instance": ".*"}
    found = [target["expr"] for panel in panels() for target in panel["targets"]]
    for variable, value in chosen.items():
        found = [query.replace(variable, value) for query in found]
    return found


def metrics_in(query: str) -> set[str]:
    """List the metrics of a worker that an expression asks for, histograms without their suffix."""
    return {_SUFFIX.sub("", name) for name in _NAME.findall(_RECORDED.sub("", query))}


def recorded_in(query: str) -> set[str]:
    """List the recorded series that an expression asks for."""
    return set(_RECORDED.findall(query))
