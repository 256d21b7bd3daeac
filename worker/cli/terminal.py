"""What the terminal of a person can show, and what its user wishes."""

from __future__ import annotations

import os
from typing import IO, Any


def coloured(stream: IO[Any]) -> bool:
    """Tell whether colours may be written: to terminals alone, and not where `NO_COLOR` is set (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR")
