"""What users install: the wheel, alone in a folder of its own, without the repository."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.programs import NIGHT, environment, written
from tests.registry import registry

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, *arguments: str, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "worker", *arguments]
    return subprocess.run(
        command,
        input=given,
        cwd=installed.parent,
        env=environment(settings) | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_holds_every_file_of_the_program_and_no_other(installed: Path) -> None:
    def files(folder: Path) -> set[str]:
        return {
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }

    packed = files(installed / "worker")
    assert {name for name in packed if not name.startswith("schemas/")} == files(ROOT / "worker")


def test_it_names_the_command_and_the_licence(installed: Path) -> None:
    (about,) = installed.glob("*.dist-info")
    assert "drone-tally = worker.__main__:main" in (about / "entry_points.txt").read_text()
    assert "License-Expression: Apache-2.0" in (about / "METADATA").read_text()
    assert (about / "licenses" / "LICENSE").is_file()


def test_it_tallies_and_knows_its_schemas(installed: Path) -> None:
    where = subprocess.run(
        [sys.executable, "-c", "import worker; print(worker.__file__)"],
        cwd=installed.parent,
        env=environment() | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(installed))
    tallied = run(installed, "tally", "--window", "day", "-", given=written(NIGHT))
    assert tallied.returncode == 0, tallied.stderr
    assert "RU-BRY|UA>RU|2025-09-19" in [json.loads(line)["key"] for line in tallied.stdout.splitlines()]
    with registry() as url:
        planned = run(installed, "schemas", "plan", DRONETALLY_SCHEMA_REGISTRY_URL=url)
        assert planned.returncode == 0, planned.stderr
        assert planned.stdout.count("missing") == 4
