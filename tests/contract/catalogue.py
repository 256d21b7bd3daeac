"""What lies in the folder of schemas: one place that knows its layout."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

SCHEMAS = Path(__file__).parents[2] / "schemas"
MESSAGES = tuple(sorted(folder.name for folder in SCHEMAS.iterdir() if folder.is_dir()))
VERSIONS = tuple(sorted(f"{path.parent.name}/{path.name}" for path in SCHEMAS.glob("*/*.json")))


@cache
def schema(version: str) -> dict[str, Any]:
    """Read a schema by its path, such as `drone.tally/1.json`."""
    found: dict[str, Any] = json.loads((SCHEMAS / version).read_bytes())
    return found


@cache
def validator(version: str) -> jsonschema_rs.Draft202012Validator:
    """Make the validator of a schema, with formats asserted: the 30th of February is no date."""
    return jsonschema_rs.Draft202012Validator(schema(version), validate_formats=True)


@cache
def topics() -> dict[str, dict[str, Any]]:
    """Read the table of topics by name."""
    return tomllib.loads((SCHEMAS / "topics.toml").read_text(encoding="utf-8"))


def current(message: str) -> str:
    """Tell the version of a message that a topic carries now.

    Raises:
        LookupError: no topic carries it, or topics carry different versions.
    """
    named: set[str] = {value for topic in topics().values() for value in (topic["value"], topic.get("headers", ""))}
    found = [version for version in named if version in VERSIONS and version.startswith(f"{message}/")]
    if len(found) != 1:
        raise LookupError(f"{message}: topics name {found}")
    return found[0]


def examples(kind: str) -> list[Path]:
    """List all examples, `valid` or `invalid`."""
    return sorted(SCHEMAS.glob(f"*/examples/{kind}/*.json"))


def case_name(path: Path) -> str:
    """Name an example in the output of a test run."""
    return f"{message_of(path)}/{path.stem}"


def message_of(path: Path) -> str:
    """Tell of which message a file is an example."""
    return path.relative_to(SCHEMAS).parts[0]


def refusals(error: jsonschema_rs.ValidationError) -> Iterator[tuple[str, str]]:
    """Yield keyword and place of an error and of those inside the branches it tried."""
    yield error.kind.name, pointer(error.instance_path)
    if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.AnyOf):
        for branch in error.kind.context:
            for inner in branch:
                yield from refusals(inner)


def pointer(path: list[str | int]) -> str:
    """Write a path as a JSON pointer; no name here holds a character that would need escaping."""
    return "".join(f"/{step}" for step in path)
