"""`schemas/asyncapi.yaml` is valid AsyncAPI 3 and says what the table of topics says."""

from __future__ import annotations

import base64
import copy
import gzip
import hashlib
import json
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from tests.contract.catalogue import SCHEMAS, topics
from tests.tools import missing, program

HERE = Path(__file__).parent
DOCUMENT = SCHEMAS / "asyncapi.yaml"
PARSER = (
    "@asyncapi/parser@3.6.3",
    "MUC8xIUMcS2qNvqrqyx/ie0txu3d/OdIsrXs7UCzawdyR6P07gh35DpOqPz/z57s1UA3vERVpcheZYl3h8cVtw==",
)
PUBLIC = {name: topic for name, topic in topics().items() if topic["owner"] != "internal"}
DAY_MS = 24 * 60 * 60 * 1000


def read() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
    return found


def validator() -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(json.loads(gzip.decompress((HERE / "3.0.0.json.gz").read_bytes())))


def resolved(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference inside the document."""
    if not node.get("$ref", "").startswith("#/"):
        return node
    found: Any = document
    for step in node["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return resolved(document, found)


def messages(document: dict[str, Any], address: str) -> list[dict[str, Any]]:
    (channel,) = (each for each in document["channels"].values() if each["address"] == address)
    return [resolved(document, message) for message in channel["messages"].values()]


def test_it_fits_the_schema_of_asyncapi() -> None:
    validator().validate(read())


def _no_channel(document: dict[str, Any]) -> None:
    del document["operations"]["sendClaims"]["channel"]


def _other_action(document: dict[str, Any]) -> None:
    document["operations"]["readArticles"]["action"] = "publish"


def _unknown_field(document: dict[str, Any]) -> None:
    document["channels"]["claims"]["topic"] = "drone.claims.v1"


@pytest.mark.parametrize("spoil", [_no_channel, _other_action, _unknown_field])
def test_the_schema_refuses_what_is_no_asyncapi(spoil: Callable[[dict[str, Any]], None]) -> None:
    document = copy.deepcopy(read())
    spoil(document)
    assert not validator().is_valid(document)


def test_channels_are_the_public_topics() -> None:
    assert sorted(channel["address"] for channel in read()["channels"].values()) == sorted(PUBLIC)


def test_each_channel_is_read_or_written_by_the_worker_as_the_table_says() -> None:
    document = read()
    actions = {
        resolved(document, operation["channel"])["address"]: operation["action"]
        for operation in document["operations"].values()
    }
    assert actions == {name: "receive" if topic["owner"] == "upstream" else "send" for name, topic in PUBLIC.items()}


@pytest.mark.parametrize("name", PUBLIC)
def test_payloads_are_those_of_the_table(name: str) -> None:
    topic, told = PUBLIC[name], messages(read(), name)
    payloads = [message["payload"].get("$ref", message["payload"].get("type")) for message in told]
    files = [payload.removeprefix("./") for payload in payloads if payload and payload.startswith("./")]
    assert files == ([topic["value"]] if topic["value"].endswith(".json") else [])
    assert ("null" in payloads) == (not topic["null_value"].startswith(("not used", "a null value that")))


@pytest.mark.parametrize("name", PUBLIC)
def test_headers_are_those_of_the_table(name: str) -> None:
    document, topic = read(), PUBLIC[name]
    if "headers" in topic:
        assert [message["headers"]["$ref"] for message in messages(document, name)] == [f"./{topic['headers']}"]
        return
    known: set[str] = set()
    for message in messages(document, name):
        headers = resolved(document, message["headers"])
        assert headers.get("required", []) == topic["required_headers"]
        known |= headers["properties"].keys()
    assert known == {*topic["required_headers"], *topic["optional_headers"]}


@pytest.mark.parametrize("name", PUBLIC)
def test_topics_are_configured_as_in_the_table(name: str) -> None:
    topic = PUBLIC[name]
    (channel,) = (each for each in read()["channels"].values() if each["address"] == name)
    told = channel["bindings"]["kafka"]["topicConfiguration"]
    assert told["cleanup.policy"] == [topic["cleanup"]]
    assert told["max.message.bytes"] == int(topic["config"]["max.message.bytes"])
    kept = topic.get("retention")
    days = None if kept is None else -1 if kept == "for ever" else int(kept.removesuffix(" d")) * DAY_MS
    assert told.get("retention.ms") == days


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """AsyncAPI's parser, one file of its package."""
    for each in ("node", "npm"):
        program(each, "AsyncAPI's parser needs it; the JSON Schema of AsyncAPI is looked at all the same")
    folder = tmp_path_factory.mktemp("parser")
    package, digest = PARSER
    fetched = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    if fetched.returncode:
        missing(package, f"npm can't fetch it: {fetched.stderr[-300:]}")
    (packed,) = folder.glob("*.tgz")
    assert base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode() == digest
    with tarfile.open(packed) as archive:
        code = archive.extractfile("package/browser/index.js")
        assert code
        (folder / "index.js").write_bytes(code.read())
    return folder / "index.js"


def parsed(bundle: Path, document: Path) -> dict[str, Any]:
    done = subprocess.run(
        ["node", HERE / "parse.mjs", bundle, document], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-1000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_asyncapi_s_own_parser_reads_it(bundle: Path) -> None:
    found = parsed(bundle, DOCUMENT)
    assert found["complaints"] == []
    assert found["channels"].keys() == PUBLIC.keys()
    assert found["channels"]["drone.tallies.day.v1"] == ["Tally", None]  # the file beside it was read


def test_asyncapi_s_own_parser_misses_a_file(bundle: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(SCHEMAS, tmp_path / "schemas")
    (copied / "drone.tally" / "1.1.json").unlink()
    complaints = parsed(bundle, copied / "asyncapi.yaml")["complaints"]
    assert [complaint.split(":")[0] for complaint in complaints] == ["components/messages/tally/payload/$ref"]
