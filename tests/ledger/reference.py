"""The slow exact model that the project keeps beside it, if it is there."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

PATH = Path(__file__).parents[2].parent / "shared" / "acceptance" / "reference.py"


def reference() -> ModuleType:
    """The reference model as a module; skips the test where it is missing."""
    if not PATH.exists():
        pytest.skip("the reference model is not beside this checkout")
    spec = importlib.util.spec_from_file_location("reference_model", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
