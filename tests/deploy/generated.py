"""Files of deploy/ that are written from the code: `make docs` writes them, a test keeps them in step."""

from __future__ import annotations

import json
from collections.abc import Callable

import yaml

from tests.deploy.dashboard import dashboard
from tests.docs.pages import ROOT
from worker import topics
from worker.settings import load

CLUSTER = "main"
PARTITIONS = 8
REPLICAS = 3


def write_dashboard() -> str:
    """The Grafana dashboard."""
    return json.dumps(dashboard(), indent=2, ensure_ascii=False) + "\n"


def write_topics() -> str:
    """Strimzi's topics: those of the worker; the input topic belongs to its producers."""
    documents = [
        {
            "apiVersion": "kafka.strimzi.io/v1",
            "kind": "KafkaTopic",
            "metadata": {"name": spec.name, "labels": {"strimzi.io/cluster": CLUSTER}},
            "spec": {
                "partitions": PARTITIONS,
                "replicas": REPLICAS,
                "config": {"cleanup.policy": spec.cleanup, "min.insync.replicas": "2", **spec.config},
            },
        }
        for spec in topics.specs(load({}))
        if spec.owner != "upstream"
    ]
    comment = (
        "# Written from worker/topics.py by `make docs`. All must have as many partitions as the input topic,\n"
        "# which belongs to its producers; partitions of a topic in use must not be changed.\n"
    )
    return comment + yaml.safe_dump_all(documents, sort_keys=False)


def write_prometheus_rule() -> str:
    """The rules for the Prometheus operator."""
    rules = yaml.safe_load((ROOT / "deploy/monitoring/rules.yml").read_text(encoding="utf-8"))
    document = {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PrometheusRule",
        "metadata": {"name": "drone-tally"},
        "spec": rules,
    }
    comment = "# Written from deploy/monitoring/rules.yml by `make docs`.\n"
    return comment + yaml.safe_dump(document, sort_keys=False, width=110)


FILES: dict[str, Callable[[], str]] = {
    "deploy/monitoring/grafana/drone-tally.json": write_dashboard,
    "deploy/kustomize/overlays/production/topics.yaml": write_topics,
    "deploy/kustomize/components/prometheus-operator/rules.yaml": write_prometheus_rule,
}


if __name__ == "__main__":
    for name, wanted in FILES.items():
        (ROOT / name).write_text(wanted(), encoding="utf-8")
