"""What `kubectl kustomize` makes of the overlays."""

from __future__ import annotations

import functools
from typing import Any

import yaml

from tests.docs.pages import ROOT
from tests.tools import checker, run

OVERLAYS = ("dev", "production")
Manifest = dict[str, Any]


@functools.cache
def rendered(overlay: str) -> str:
    """Render an overlay."""
    done = run(checker("kubectl"), "kustomize", ROOT / "deploy/kustomize/overlays" / overlay)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "kustomize warns"
    return done.stdout


def manifests(overlay: str, kind: str | None = None) -> list[Manifest]:
    """List the manifests of an overlay, or those of one kind."""
    return [each for each in yaml.safe_load_all(rendered(overlay)) if kind in (None, each["kind"])]


def the(overlay: str, kind: str, name: str = "drone-tally") -> Manifest:
    """Return the one manifest of that kind and name."""
    (found,) = [each for each in manifests(overlay, kind) if each["metadata"]["name"] == name]
    return found


def pods(overlay: str) -> list[Manifest]:
    """List the specifications of all pods."""
    return [each["spec"]["template"]["spec"] for each in manifests(overlay) if each["kind"] in ("StatefulSet", "Job")]


def settings_of(overlay: str) -> dict[str, str]:
    """The worker's settings, as its environment has them."""
    (found,) = [
        each["data"]
        for each in manifests(overlay, "ConfigMap")
        if any(name.startswith("DRONETALLY_") for name in each["data"])
    ]
    return dict(found)
