"""`deploy/pin-images` writes digests behind all tags, once and for all. Docker is played: tests reach no registry."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, text_of

FILES = ("Dockerfile", "compose.yaml")
_NAMED = re.compile(r"^(?:FROM| +image:) (\S+)", re.MULTILINE)
_DOCKER = """#!/bin/sh
[ "$1 $2 $3" = "buildx imagetools inspect" ] || exit 9
printf 'sha256:%s\\n' "$(printf '%s' "$4" | sha256sum | cut -d ' ' -f 1)"
"""


def images(folder: Path) -> list[str]:
    found = [name for file in FILES for name in _NAMED.findall(text_of(folder / file))]
    return [name for name in found if not name.endswith(":local")]


def pinned(folder: Path, docker: str) -> subprocess.CompletedProcess[str]:
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    (programs / "docker").write_text(docker, encoding="utf-8")
    (programs / "docker").chmod(0o755)
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
    return subprocess.run([folder / "pin-images"], env=environment, capture_output=True, text=True, timeout=60)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (*FILES, "pin-images"):
        shutil.copy(ROOT / "deploy" / name, tmp_path / name)
    return tmp_path


def test_every_image_gets_its_digest_and_a_second_run_changes_nothing(folder: Path) -> None:
    tags = [name.partition("@")[0] for name in images(folder)]
    assert len(set(tags)) == 4
    wanted = [f"{tag}@sha256:{hashlib.sha256(tag.encode()).hexdigest()}" for tag in tags]
    assert pinned(folder, _DOCKER).returncode == 0
    assert images(folder) == wanted
    after = [text_of(folder / name) for name in FILES]
    assert pinned(folder, _DOCKER).returncode == 0
    assert [text_of(folder / name) for name in FILES] == after


def test_later_digests_take_the_place_of_earlier_ones(folder: Path) -> None:
    pinned(folder, _DOCKER)
    assert pinned(folder, f"#!/bin/sh\necho sha256:{'0' * 64}\n").returncode == 0
    assert {name.partition("@")[2] for name in images(folder)} == {f"sha256:{'0' * 64}"}


@pytest.mark.parametrize("docker", ["#!/bin/sh\nexit 1\n", "#!/bin/sh\necho not found\n"])
def test_what_is_no_digest_is_not_written(folder: Path, docker: str) -> None:
    before = [text_of(folder / name) for name in FILES]
    assert pinned(folder, docker).returncode != 0
    assert [text_of(folder / name) for name in FILES] == before
