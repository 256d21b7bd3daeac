"""A released version never changes: whoever validated against it yesterday can do so tomorrow."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

from tests.contract.catalogue import SCHEMAS, VERSIONS

LIST = "released.sha256"


def changed(folder: Path) -> list[str]:
    """List the released files that are not what they were."""
    found = []
    for line in (folder / LIST).read_text(encoding="ascii").splitlines():
        digest, version = line.split("  ")
        path = folder / version
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            found.append(version)
    return found


def test_released_versions_are_unchanged() -> None:
    assert changed(SCHEMAS) == []


def test_the_list_names_schemas_once_each() -> None:
    lines = (SCHEMAS / LIST).read_text(encoding="ascii").splitlines()
    assert all(re.fullmatch(r"[0-9a-f]{64}  \S+\.json", line) for line in lines)
    named = [line.split("  ")[1] for line in lines]
    assert len(set(named)) == len(named)
    assert set(named) <= set(VERSIONS)


def test_a_comma_more_and_a_file_less_are_seen(tmp_path: Path) -> None:
    copy = tmp_path / "schemas"
    shutil.copytree(SCHEMAS, copy)
    first, second = (line.split("  ")[1] for line in (copy / LIST).read_text(encoding="ascii").splitlines()[:2])
    (copy / first).write_bytes((copy / first).read_bytes() + b"\n")
    (copy / second).unlink()
    assert changed(copy) == [first, second]
