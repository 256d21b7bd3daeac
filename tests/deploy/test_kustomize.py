"""The Kubernetes manifests: valid, hardened, and in step with the worker's settings, topics and rights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from click.testing import CliRunner

from tests.deploy.generated import PARTITIONS
from tests.deploy.manifests import OVERLAYS, manifests, pods, rendered, settings_of, the
from tests.docs.pages import ROOT, text_of
from tests.tools import checker, run
from worker import topics
from worker.cli.main import commands
from worker.settings import load

CUSTOM = json.loads(text_of(Path(__file__).parent / "custom_resources.json"))
KINDS = set(CUSTOM["properties"]["kind"]["enum"])


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_kubernetes_accepts_every_resource_of_its_own(overlay: str, tmp_path: Path) -> None:
    own = [each for each in manifests(overlay) if each["kind"] not in KINDS]
    assert own
    file = tmp_path / "own.yaml"
    file.write_text(yaml.safe_dump_all(own), encoding="utf-8")
    done = run(checker("kubernetes-validate"), "--strict", file)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARN" not in done.stdout + done.stderr
    assert (done.stdout + done.stderr).count(" passed for resource ") == len(own)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_resources_of_operators_have_only_fields_that_these_know(overlay: str) -> None:
    validator = jsonschema_rs.validator_for(CUSTOM)
    for each in manifests(overlay):
        if each["kind"] in KINDS:
            assert [error.message for error in validator.iter_errors(each)] == [], each["metadata"]["name"]


def test_a_field_that_an_operator_does_not_know_is_refused() -> None:
    scaled = the("production", "ScaledObject")
    broken: dict[str, Any] = {**scaled, "spec": {**scaled["spec"], "maxReplicas": 8}}
    assert not jsonschema_rs.validator_for(CUSTOM).is_valid(broken)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_pods_run_without_rights(overlay: str) -> None:
    assert pods(overlay)
    for pod in pods(overlay):
        context = pod["securityContext"]
        assert context["runAsNonRoot"] is True
        assert context["runAsUser"] == context["runAsGroup"] == 65532
        assert context["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
        assert pod["enableServiceLinks"] is False
        for container in pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert "memory" in container["resources"]["limits"]
            assert {"cpu", "memory"} <= set(container["resources"]["requests"])
            asked = CliRunner().invoke(commands, [*container["args"], "--help"])
            assert asked.exit_code == 0, container["args"]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_settings_are_settings(overlay: str, tmp_path: Path) -> None:
    given = settings_of(overlay)
    mounted = {
        f"{mount['mountPath']}/{item['path']}"
        for pod in pods(overlay)
        for volume in pod.get("volumes", ())
        for item in volume.get("secret", {}).get("items", ())
        for mount in pod["containers"][0]["volumeMounts"]
        if mount["name"] == volume["name"]
    }
    for name, value in given.items():
        if name.endswith("_FILE"):  # secrets are mounted where the settings look for them
            assert value in mounted
            there = tmp_path / Path(value).name
            there.write_text("content", encoding="utf-8")
            given[name] = str(there)
    settings = load(given)
    assert settings.http_host == "0.0.0.0"  # noqa: S104 (of a pod; the network policy says who comes in)
    assert settings.http_port == the(overlay, "Service")["spec"]["ports"][0]["port"]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_workers_are_static_members_that_are_given_time(overlay: str) -> None:
    spec = the(overlay, "StatefulSet")["spec"]
    assert spec["updateStrategy"] == {"type": "OnDelete"}
    (container,) = spec["template"]["spec"]["containers"]
    (name,) = container["env"]
    assert name["name"] == "DRONETALLY_GROUP_INSTANCE_ID"
    assert name["valueFrom"] == {"fieldRef": {"fieldPath": "metadata.name"}}
    assert spec["template"]["spec"]["terminationGracePeriodSeconds"] >= load({}).shutdown_timeout + 5
    paths = {container[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "liveness", "readiness")}
    assert paths == {"/startupz", "/livez", "/readyz"}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_network_is_closed_to_our_pods_alone(overlay: str) -> None:
    policy = the(overlay, "NetworkPolicy")["spec"]
    assert policy["podSelector"] == {"matchLabels": {"app.kubernetes.io/name": "drone-tally"}}
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    port = load(settings_of("dev")).bootstrap_servers.rpartition(":")[2] if overlay == "dev" else "9093"
    assert any(str(each["port"]) == port for rule in policy["egress"] for each in rule["ports"])


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_whatever_selects_workers_selects_workers(overlay: str) -> None:
    labels = the(overlay, "StatefulSet")["spec"]["template"]["metadata"]["labels"]
    selectors = [the(overlay, "StatefulSet")["spec"]["selector"]["matchLabels"]]
    selectors.append(the(overlay, "Service")["spec"]["selector"])
    selectors += [each["spec"]["selector"]["matchLabels"] for each in manifests(overlay, "PodDisruptionBudget")]
    selectors += [each["spec"]["selector"]["matchLabels"] for each in manifests(overlay, "PodMonitor")]
    for selector in selectors:
        assert selector.items() <= labels.items()
    job_labels = [each["spec"]["template"]["metadata"]["labels"] for each in manifests(overlay, "Job")]
    assert not any(selector.items() <= other.items() for selector in selectors for other in job_labels)


def test_production_keeps_a_worker_while_a_node_is_drained() -> None:
    assert the("production", "PodDisruptionBudget")["spec"]["maxUnavailable"] == 1
    assert the("production", "ScaledObject")["spec"]["minReplicaCount"] >= 2


def test_keda_alone_says_how_many_and_never_more_than_partitions() -> None:
    assert "replicas" not in the("production", "StatefulSet")["spec"]
    scaled = the("production", "ScaledObject")["spec"]
    assert scaled["scaleTargetRef"] == {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "drone-tally"}
    (trigger,) = scaled["triggers"]
    settings = load({})
    assert trigger["metadata"]["topic"] == settings.input_topic
    assert trigger["metadata"]["consumerGroup"] == settings.app_id
    assert trigger["metadata"]["allowIdleConsumers"] == "false"
    partitions = {each["spec"]["partitions"] for each in manifests("production", "KafkaTopic")}
    assert partitions == {PARTITIONS}
    assert scaled["maxReplicaCount"] <= PARTITIONS
    assert scaled["fallback"]["replicas"] <= PARTITIONS


def test_strimzi_keeps_every_topic_but_the_input() -> None:
    kept = {each["metadata"]["name"]: each["spec"] for each in manifests("production", "KafkaTopic")}
    wanted = {spec.name: spec for spec in topics.specs(load({})) if spec.owner != "upstream"}
    assert set(kept) == set(wanted)
    for name, spec in wanted.items():
        assert spec.config.items() <= kept[name]["config"].items()
        assert kept[name]["config"]["cleanup.policy"] == spec.cleanup
    assert manifests("production", "Job") == []


def test_dev_makes_its_topics_itself() -> None:
    (job,) = manifests("dev", "Job")
    (container,) = job["spec"]["template"]["spec"]["containers"]
    assert container["args"] == ["topics", "apply", "--with-input"]


def test_no_manifest_holds_a_secret() -> None:
    for overlay in OVERLAYS:
        assert manifests(overlay, "Secret") == []
        assert "PASSWORD:" not in rendered(overlay)


def test_the_image_has_the_version_of_the_code() -> None:
    from worker import __version__

    for overlay in OVERLAYS:
        images = {container["image"] for pod in pods(overlay) for container in pod["containers"]}
        assert images == {f"drone-tally:{__version__}"}
    assert f"newTag: {__version__}" in text_of(ROOT / "deploy/kustomize/base/kustomization.yaml")
