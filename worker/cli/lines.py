"""Files of JSON lines: read one line at a time, whatever their size."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from worker.cli.faults import Fault, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from worker.codec import MessageError

INPUT = click.Path(exists=True, dir_okay=False, allow_dash=True)
_BOM = b"\xef\xbb\xbf"


def lines(path: str, limit: int) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, with their numbers from 1 and without line ends.

    Args:
        path: a file, or `-` for standard input.
        limit: of a longer line only the first `limit + 1` bytes are kept, so that no line fills the memory.

    Raises:
        Fault: the file can't be read.
    """
    try:
        with _opened(path) as file:
            for number, line in enumerate(_bounded(file, limit + 1), 1):
                content = line.removeprefix(_BOM) if number == 1 else line
                content = content.rstrip(b"\r\n")
                if content.strip():
                    yield number, content
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Fault(f"can't read {path}: {error.strerror or type(error).__name__}") from None


class Complaints:
    """Lines that were refused, told on stderr as they come and counted for the exit code."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, number: int, error: MessageError) -> None:
        """Report one line by its number and the named reason."""
        self.tell(f"line {number}", error)

    def tell(self, place: str, error: MessageError) -> None:
        """Report what stands at some place by the named reason."""
        from worker.logs import printable

        self.count += 1
        say(printable(" ".join(f"{place}: {error.reason}: {error.detail}".split())))


def whole_text(path: str) -> str:
    """Read a text as it stands, without touching its line ends, for claims point into it by offset.

    Raises:
        Fault: it can't be read or is not UTF-8.
    """
    try:
        with _opened(path) as file:
            return file.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Fault(f"{path} is not UTF-8 text (byte {error.start})") from None
    except OSError as error:
        raise Fault(f"can't read {path}: {error.strerror or type(error).__name__}") from None


def _opened(path: str) -> AbstractContextManager[BinaryIO]:
    if path != "-":
        return Path(path).open("rb")
    if sys.stdin.isatty():
        say("drone-tally: reading from the terminal; end with Ctrl-D")
    return nullcontext(click.get_binary_stream("stdin"))


def _bounded(file: BinaryIO, limit: int) -> Iterator[bytes]:
    while line := file.readline(limit):
        rest = line
        while len(rest) == limit and not rest.endswith(b"\n"):
            rest = file.readline(limit)
        yield line
