"""How much of each attack: a short form that fits beside the other tests, and the long form of `make security`."""

from __future__ import annotations

import os

LONG = os.environ.get("DRONETALLY_TEST_SECURITY", "short") == "long"
"""Whether the long form was asked for."""
