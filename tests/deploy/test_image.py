"""The image's recipe: linted, built from what is copied, and with a health check that tells the truth."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

from tests.docs.pages import ROOT, text_of
from tests.tools import checker, run
from worker.health import Health, Pages

RECIPE = text_of(ROOT / "deploy/Dockerfile")
STEPS = re.sub(r"\\\n\s*", "", RECIPE).splitlines()
FINAL = STEPS[max(n for n, line in enumerate(STEPS) if line.startswith("FROM ")) :]


def arguments(instruction: str, steps: list[str] = FINAL) -> list[str]:
    return [line.removeprefix(instruction + " ") for line in steps if line.startswith(instruction + " ")]


def test_hadolint_finds_nothing() -> None:
    done = run(checker("hadolint"), "--failure-threshold", "info", "deploy/Dockerfile")
    assert (done.returncode, done.stdout) == (0, "")


def test_both_stages_have_the_same_python() -> None:
    (build, final) = [line.split()[1] for line in STEPS if line.startswith("FROM ")]
    assert build == final
    assert re.fullmatch(r"python:3\.\d+-slim-\w+(@sha256:[0-9a-f]{64})?", final)


def test_every_install_is_pinned_by_hashes_or_needs_no_index() -> None:
    for line in arguments("RUN", STEPS):
        for command in re.findall(r"pip (?:--python \S+ )?install[^&]*", line):
            assert "--require-hashes" in command or "--no-deps --no-index" in command, command


def copied() -> list[str]:
    return [
        source for line in arguments("COPY", STEPS) if not line.startswith("--from") for source in line.split()[:-1]
    ]


def test_what_is_copied_is_not_ignored() -> None:
    let_in = [line[1:] for line in text_of(ROOT / "deploy/Dockerfile.dockerignore").splitlines() if line[:1] == "!"]
    assert sorted(copied()) == sorted(let_in)


def test_the_wheel_can_be_built_from_what_is_copied_and_is_whole(tmp_path: Path) -> None:
    context, here = tmp_path / "context", tmp_path / "dist"
    for source in copied():
        (context / source).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, context / source, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, context / source)
    hatchling = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d"]
    wheels = []
    for folder, target in ((context, here), (ROOT, tmp_path / "whole")):
        built = subprocess.run([*hatchling, target], cwd=folder, capture_output=True, text=True, check=False)
        assert built.returncode == 0, built.stderr
        (wheel,) = target.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            wheels.append({name: archive.getinfo(name).CRC for name in archive.namelist() if "RECORD" not in name})
    assert wheels[0] == wheels[1]


def test_it_runs_as_a_number_that_is_not_root() -> None:
    assert arguments("USER") == ["65532:65532"]


def test_no_shell_is_needed_at_run_time() -> None:
    assert not arguments("RUN")
    for instruction in ("ENTRYPOINT", "CMD"):
        (value,) = arguments(instruction)
        assert isinstance(json.loads(value), list)
    (check,) = arguments("HEALTHCHECK")
    assert json.loads(check.partition("CMD ")[2])[0].endswith("/python")


def test_it_tells_where_it_comes_from() -> None:
    labels = " ".join(arguments("LABEL"))
    for name in ("title", "description", "licenses", "version", "revision"):
        assert f"org.opencontainers.image.{name}=" in labels
    assert "DRONETALLY_REVISION=${REVISION}" in " ".join(arguments("ENV"))


def test_the_health_check_says_what_livez_says() -> None:
    (check,) = arguments("HEALTHCHECK")
    _python, *rest = json.loads(check.partition("CMD ")[2])
    health = Health()
    pages = Pages(health, "127.0.0.1", 0)
    pages.start()

    def exit_code() -> int:
        settings = {**os.environ, "DRONETALLY_HTTP_PORT": str(pages.port)}
        return subprocess.run([sys.executable, *rest], env=settings, capture_output=True, timeout=20).returncode

    try:
        assert exit_code() == 0
        health.loop_beat = time.monotonic() - 3600
        assert exit_code() == 1
    finally:
        pages.stop()
    assert exit_code() == 1


def test_with_extras_the_image_has_the_same_packages_and_some_more() -> None:
    def pins(name: str) -> set[str]:
        text = text_of(ROOT / "deploy/requirements" / name)
        return set(re.findall(r"^([\w.-]+==\S+)", text, re.MULTILINE))

    assert pins("worker.txt") < pins("worker-extras.txt") < pins("dev.txt")
