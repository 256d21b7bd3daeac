"""JSON lines for programs, harmless where a person lets a terminal show them."""

from __future__ import annotations

import unicodedata

from worker.logs import UNPRINTABLE


def harmless(line: bytes) -> bytes:
    """Write control, format and bidirectional characters of JSON as escapes: the same values for whoever reads it.

    Args:
        line: valid JSON in UTF-8, whose strings alone may hold such characters.
    """
    text = line.decode()
    if text.isprintable():
        return line
    return "".join(_escaped(c) if unicodedata.category(c) in UNPRINTABLE else c for c in text).encode()


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))
