"""What the pages on operation tell people to type and to look for is there."""

from __future__ import annotations

import re
import shlex

from tests.deploy.manifests import manifests, the
from tests.deploy.queries import alerts
from tests.docs.pages import ROOT, blocks, text_of
from worker import topics
from worker.settings import load

PAGES = ROOT / "docs/operate"


def lines(page: str) -> list[str]:
    return [line for _, block in blocks(text_of(PAGES / page)) for line in block.splitlines()]


def test_a_replay_beside_the_worker_shares_only_the_articles_with_it() -> None:
    exported = [word for line in lines("backup.md") if line.startswith("export ") for word in shlex.split(line)[1:]]
    beside = load(dict(word.split("=", 1) for word in exported))
    shared = {spec.name for spec in topics.specs(beside)} & {spec.name for spec in topics.specs(load({}))}
    assert shared == {load({}).input_topic}
    assert beside.app_id != load({}).app_id


def test_every_alert_has_a_section_and_every_section_an_alert() -> None:
    sections = re.findall(r"^## (DroneTally\w+)$", text_of(PAGES / "runbook.md"), re.MULTILINE)
    assert sections == [alert["alert"] for alert in alerts()]


def test_the_runbook_knows_every_reason_not_to_be_ready() -> None:
    source = text_of(ROOT / "worker/health.py")
    reasons = re.findall(r'return f?"([a-z ]+)', source.partition("def not_ready_because")[2].partition("\nclass")[0])
    assert len(reasons) >= 6
    told = text_of(PAGES / "runbook.md")
    assert [reason for reason in reasons if f"| `{reason}" not in told and reason != "stopping"] == []


def test_kubectl_is_told_names_there_are() -> None:
    for line in (each for each in lines("upgrades.md") + lines("deploy.md") if each.startswith("kubectl ")):
        words = shlex.split(line, comments=True)
        if "-k" in words:
            assert (ROOT / words[words.index("-k") + 1] / "kustomization.yaml").is_file()
        if "-n" in words:
            assert words[words.index("-n") + 1] == the("production", "StatefulSet")["metadata"]["namespace"]
        if "scaledobject" in words:
            the("production", "ScaledObject", words[words.index("scaledobject") + 1])
        if "-l" in words:
            wanted = dict(pair.split("=") for pair in words[words.index("-l") + 1].split(","))
            (stateful,) = manifests("production", "StatefulSet")
            assert wanted.items() <= stateful["spec"]["template"]["metadata"]["labels"].items()
