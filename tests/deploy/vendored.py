"""Schemas that check-jsonschema brings along, applied to files of ours.

Neither its command line nor the package is imported: both need a newer click than the worker is pinned to.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import jsonschema_rs

from tests.tools import DEPLOY, missing


def faults(schema: str, document: dict[str, Any]) -> list[str]:
    """List what a vendored schema, such as `compose-spec`, finds wrong."""
    package = importlib.util.find_spec("check_jsonschema")
    if package is None or package.origin is None:
        missing("check_jsonschema", DEPLOY)
    path = Path(package.origin).parent / "builtin_schemas/vendor" / f"{schema}.json"
    validator = jsonschema_rs.validator_for(json.loads(path.read_text(encoding="utf-8")))
    return [error.message for error in validator.iter_errors(document)]
