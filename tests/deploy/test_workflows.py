"""GitHub's workflows: valid, safe by zizmor, pinned, and made of targets that there are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.vendored import faults
from tests.docs.pages import ROOT, text_of
from tests.tools import checker, run

PATHS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def read(path: Path) -> dict[str, Any]:
    loaded: dict[Any, Any] = yaml.safe_load(text_of(path))
    return {"on" if key is True else key: value for key, value in loaded.items()}  # YAML 1.1 takes `on` for true


def steps() -> list[dict[str, Any]]:
    return [step for path in PATHS for job in read(path)["jobs"].values() for step in job["steps"]]


def test_there_is_one_for_each_occasion() -> None:
    assert {path.stem for path in PATHS} == {"check", "test", "faults", "release"}
    assert "schedule" in read(ROOT / ".github/workflows/faults.yml")["on"]
    assert read(ROOT / ".github/workflows/release.yml")["on"] == {"push": {"tags": ["v*"]}}


def test_zizmor_finds_nothing() -> None:
    done = run(checker("zizmor"), "--offline", "--persona", "pedantic", "--no-progress", ".github")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_workflow_is_valid(path: Path) -> None:
    assert faults("github-workflows", read(path)) == []
    for job in read(path)["jobs"].values():
        assert job["timeout-minutes"] <= 360


def test_dependabot_is_valid() -> None:
    assert faults("dependabot", yaml.safe_load(text_of(ROOT / ".github/dependabot.yml"))) == []


def test_actions_are_pinned_to_commits() -> None:
    used = [step["uses"] for step in steps() if "uses" in step]
    assert used
    assert [name for name in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name)] == []


def test_what_they_make_can_be_made() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    asked = {found for step in steps() for found in re.findall(r"\bmake ([a-z-]+)", step.get("run", ""))}
    assert {"check", "audit", "faults", "release"} <= asked <= targets
