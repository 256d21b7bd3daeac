"""Schemas are schemas, describe every property, accept what they should and refuse the rest for the right reason."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.contract import catalogue
from tests.contract.catalogue import MESSAGES, SCHEMAS, VERSIONS, case_name, current, message_of, validator

DRAFT = "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("version", VERSIONS)
def test_is_a_valid_schema_named_by_its_path(version: str) -> None:
    schema = catalogue.schema(version)
    jsonschema_rs.meta.validate(schema)
    assert schema["$schema"] == DRAFT
    message, number = version.removesuffix(".json").split("/")
    assert schema["$id"] == f"urn:drone-tally:schema:{message}:{number}"


@pytest.mark.parametrize("version", VERSIONS)
def test_every_property_and_definition_is_described(version: str) -> None:
    undescribed = [place for place, node in _described(catalogue.schema(version), "") if not node.get("description")]
    assert undescribed == []


@pytest.mark.parametrize("version", VERSIONS)
def test_no_definition_is_left_over(version: str) -> None:
    schema = catalogue.schema(version)
    text = json.dumps(schema)
    assert [name for name in schema.get("$defs", {}) if f'"#/$defs/{name}"' not in text] == []


def test_the_same_words_are_defined_alike_everywhere() -> None:
    seen: dict[str, Any] = {}
    for version in (current(message) for message in MESSAGES if message != "news.article"):
        for name, definition in catalogue.schema(version).get("$defs", {}).items():
            assert seen.setdefault(name, definition) == definition, f"{version}: {name}"


@pytest.mark.parametrize("message", MESSAGES)
def test_examples_are_many_enough(message: str) -> None:
    assert len(list((SCHEMAS / message / "examples" / "valid").glob("*.json"))) >= 6
    assert len(list((SCHEMAS / message / "examples" / "invalid").glob("*.json"))) >= 8


@pytest.mark.parametrize("path", catalogue.examples("valid"), ids=case_name)
def test_valid_example_passes(path: Path) -> None:
    validator(current(message_of(path))).validate(json.loads(path.read_bytes()))


@pytest.mark.parametrize("path", catalogue.examples("invalid"), ids=case_name)
def test_invalid_example_fails_for_the_reason_in_its_name(path: Path) -> None:
    expected = tomllib.loads((path.parent / "expected.toml").read_text(encoding="utf-8"))[path.stem]
    errors = list(validator(current(message_of(path))).iter_errors(json.loads(path.read_bytes())))
    assert (expected["keyword"], expected["at"]) in {found for error in errors for found in catalogue.refusals(error)}
    # Nothing else is wrong with it: all errors are about one place.
    assert len({catalogue.pointer(error.instance_path) for error in errors}) == 1


@pytest.mark.parametrize("message", MESSAGES)
def test_every_reason_belongs_to_an_invalid_example(message: str) -> None:
    folder = SCHEMAS / message / "examples" / "invalid"
    expected = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
    assert expected.keys() == {path.stem for path in folder.glob("*.json")}


def _described(node: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what has to be described: the schema, its properties and definitions, at any depth."""
    yield place, node
    for keyword in ("properties", "$defs"):
        for name, inner in node.get(keyword, {}).items():
            yield from _described(inner, f"{place}/{keyword}/{name}")
