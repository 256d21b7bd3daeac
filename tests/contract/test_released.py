"""A released version never changes, and the next one on its topic breaks nobody who reads or writes it."""

from __future__ import annotations

import copy
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.contract.catalogue import MESSAGES, SCHEMAS, VERSIONS, current, schema, topics, validator
from tests.contract.compatibility import breaks

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


def versions_of(message: str) -> list[tuple[int, ...]]:
    names = [version.split("/")[1].removesuffix(".json") for version in VERSIONS if version.startswith(f"{message}/")]
    return sorted(tuple(int(part) for part in name.split(".")) for name in names)


def path_of(message: str, version: tuple[int, ...]) -> str:
    return f"{message}/{'.'.join(str(part) for part in version)}.json"


SUCCESSIONS = [
    (path_of(message, older), path_of(message, newer))
    for message in MESSAGES
    for older, newer in pairwise(versions_of(message))
    if older[0] == newer[0]
]


def test_there_is_a_succession_to_look_at() -> None:
    assert ("drone.conflicts/1.json", "drone.conflicts/1.1.json") in SUCCESSIONS


@pytest.mark.parametrize(("older", "newer"), SUCCESSIONS)
def test_a_minor_version_breaks_nobody(older: str, newer: str) -> None:
    assert breaks(schema(older), schema(newer)) == []


@pytest.mark.parametrize(("older", "newer"), SUCCESSIONS)
def test_some_examples_need_what_is_new_and_some_do_not(older: str, newer: str) -> None:
    folder = SCHEMAS / newer.split("/")[0] / "examples" / "valid"
    fit = [validator(older).is_valid(json.loads(path.read_bytes())) for path in folder.glob("*.json")]
    assert any(fit)
    assert not all(fit)


def test_a_topic_is_named_for_the_major_version_it_carries() -> None:
    for name, topic in topics().items():
        if topic["value"] in VERSIONS:
            major = topic["value"].split("/")[1].removesuffix(".json").split(".")[0]
            assert name.endswith(f".v{major}")


def _cell(tally: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = tally["$defs"]["cell"]
    return found


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a field is gone": lambda tally: tally["properties"].pop("outlets"),
    "a field has another name": lambda tally: tally["properties"].update(papers=tally["properties"].pop("outlets")),
    "a field is required now": lambda tally: tally["required"].append("checks"),
    "a field may be missing now": lambda tally: tally["required"].remove("final"),
    "a new field is required": lambda tally: (
        tally["properties"].update(sure={"type": "boolean"}),
        tally["required"].append("sure"),
    ),
    "a value more": lambda tally: tally["$defs"]["measure"]["enum"].append("crashed"),
    "a value less": lambda tally: tally["$defs"]["measure"]["enum"].remove("hit"),
    "null where there was none": lambda tally: _cell(tally)["properties"].update(
        low={"anyOf": [{"$ref": "#/$defs/count"}, {"type": "null"}]}
    ),
    "no null where there was": lambda tally: _cell(tally)["properties"].update(best={"$ref": "#/$defs/count"}),
    "another kind": lambda tally: _cell(tally)["properties"].update(contested={"type": "string"}),
    "another pattern": lambda tally: tally["properties"]["key"].update(pattern="^.*$"),
    "a smaller bound": lambda tally: tally["$defs"]["count"].update(maximum=100),
    "any field is allowed": lambda tally: tally.update(additionalProperties=True),
    "a list may repeat": lambda tally: tally["properties"]["claims"].pop("uniqueItems"),
    "a list of other things": lambda tally: tally["properties"]["claims"].update(items={"type": "integer"}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_whatever_would_break_somebody_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    old = schema(current("drone.tally"))
    new = copy.deepcopy(old)
    change(new)
    assert len(breaks(old, new)) >= 1


def test_an_optional_field_and_other_words_are_no_break() -> None:
    old = schema(current("drone.tally"))
    new = copy.deepcopy(old)
    new["$id"], new["description"] = "urn:drone-tally:schema:drone.tally:1.1", "Said otherwise."
    _cell(new)["properties"]["trend"] = {"description": "Up or down.", "enum": ["up", "down"]}
    new["properties"]["key"]["description"] = "The key."
    assert breaks(old, new) == []
