"""How much of each fault: a short form that fits beside the other tests, and the long form of `make faults`."""

from __future__ import annotations

import os
from typing import TypeVar

T = TypeVar("T")

LONG = os.environ.get("DRONETALLY_TEST_FAULTS", "short") == "long"
"""Whether the long form was asked for."""


def amount(short: T, long: T) -> T:
    """Return the amount of the form that was asked for."""
    return long if LONG else short
