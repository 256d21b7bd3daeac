"""Bytes read as a row of choices: the same input means the same to every fuzzer, and a shorter one less."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Choices:
    """Takes choices from the front of some bytes; when they are used up, each is the first."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 0

    @property
    def left(self) -> bool:
        """Whether any bytes are left."""
        return self._at < len(self._raw)

    def number(self, most: int) -> int:
        """Choose a number from 0 to `most`."""
        width = (most.bit_length() + 7) // 8
        return int.from_bytes(self.taken(width), "big") % (most + 1)

    def one_of(self, values: Sequence[T]) -> T:
        """Choose one of these."""
        return values[self.number(len(values) - 1)]

    def flag(self) -> bool:
        """Choose yes or no."""
        return bool(self.number(1))

    def taken(self, count: int) -> bytes:
        """Take bytes as they are."""
        found = self._raw[self._at : self._at + count]
        self._at += count
        return found

    def rest(self) -> bytes:
        """Take all that is left."""
        return self.taken(len(self._raw))

    def text(self, count: int) -> str:
        """Take so many characters of any alphabet, of two bytes each; lone surrogates, which JSON can't carry, go."""
        return self.taken(2 * count).decode("utf-16-be", "ignore")


_JUNK: tuple[bytes, ...] = (
    b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"null", b"true", b"-1", b"1e999", b"NaN", b"Infinity",
    b"9223372036854775808", b"\\ud800", b"\\u0000", b"\xff", b"\xef\xbb\xbf", b"0001-01-01T00:00:00Z",
    b"9999-12-31T23:59:59Z", b"", b"{" * 40, b"[" * 40,
)  # fmt: skip
_MOST_EDITS = 6
_LONGEST_CUT = 12


def spoilt(choices: Choices, good: Sequence[bytes]) -> bytes:
    """Take one of some good messages, or bytes as they come, and change it in a few places."""
    if choices.number(7) == 0:
        return choices.rest()
    value = bytearray(choices.one_of(good))
    for _ in range(choices.number(_MOST_EDITS)):
        at = choices.number(len(value))
        junk = choices.one_of(_JUNK) if choices.flag() else choices.taken(4)
        value[at : at + choices.number(_LONGEST_CUT)] = junk
    return bytes(value)
