"""Files, folders and standard input as articles: one JSON line each, whatever they were written in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from worker.cli.faults import Fault, say
from worker.cli.lines import lines
from worker.exits import EXIT_CONFIGURATION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from worker.ingest import Kind

FORMATS = ("auto", "jsonl", "feed", "html", "text")


class Line(NamedTuple):
    """One JSON line: where it comes from, for people, and its bytes."""

    place: str
    content: bytes


class Source(NamedTuple):
    """One file: what it is opened by, the name its articles get, and what it holds."""

    path: str
    name: str
    kind: Kind


class Sources:
    """All articles of some files and folders, in the order of their names; what can't be read is told and counted."""

    def __init__(self, paths: tuple[str, ...], form: str, published_at: datetime | None, outlet: str | None) -> None:
        self._found = [source for path in paths for source in _found(path, form)]
        self._published_at = published_at
        self._outlet = outlet
        self.unreadable = 0

    def lines(self, limit: int) -> Iterator[Line]:
        """Yield one line for each article; of a longer line than `limit` bytes only so much is read."""
        for source in self._found:
            prefix = f"{source.name}: " if len(self._found) > 1 else ""
            if source.kind == "jsonl":
                for number, content in lines(source.path, limit):
                    yield Line(f"{prefix}line {number}", content)
            else:
                yield from self._converted(source)

    def _converted(self, source: Source) -> Iterator[Line]:
        from worker import codec
        from worker.ingest import UnreadableError, read

        try:
            content = _content(source)
            articles = read(source.kind, content, source.name, self._published_at, self._outlet)
            for number, article in enumerate(articles, 1):
                place = f"{source.name}: entry {number}" if source.kind == "feed" else source.name
                yield Line(place, codec.to_json(article))
        except UnreadableError as error:
            from worker.logs import printable

            self.unreadable += 1
            say(printable(f"{source.name}: {error}"))
        except ImportError as error:  # or one of its parts, where an installer left it out
            raise Fault(
                f"feeds and pages need the package {error.name or error}; install drone-tally[ingest]",
                EXIT_CONFIGURATION,
            ) from None


def _found(path: str, form: str) -> list[Source]:
    from worker.ingest import kind_of

    given: Kind | None = None if form == "auto" else form  # type: ignore[assignment]
    if path == "-":
        return [Source("-", "standard input", given or "jsonl")]
    if not Path(path).is_dir():
        return [Source(path, Path(path).name, given or kind_of(path) or "jsonl")]
    folder = Path(path)
    home = folder.resolve().name
    names = sorted(
        each.relative_to(folder).as_posix()
        for each in folder.rglob("*")
        if each.is_file() and not any(part.startswith(".") for part in each.relative_to(folder).parts)
    )
    found = [Source(str(folder / name), f"{home}/{name}", kind) for name in names if (kind := given or kind_of(name))]
    if not found:
        raise Fault(
            f"no articles in {path}: no *.jsonl, no feeds (*.xml, *.rss, *.atom), pages (*.html) or texts (*.txt)"
        )
    if others := len(names) - len(found):
        say(f"drone-tally: {others} file{'s' * (others > 1)} in {path} without articles left out")
    return found


def _content(source: Source) -> bytes:
    from worker.ingest import UnreadableError
    from worker.ingest.kinds import MAX_FILE_BYTES

    limit = MAX_FILE_BYTES[source.kind]
    try:
        if source.path == "-":
            if sys.stdin.isatty():
                say("drone-tally: reading from the terminal; end with Ctrl-D")
            content = click.get_binary_stream("stdin").read(limit + 1)
        else:
            with Path(source.path).open("rb") as file:
                content = file.read(limit + 1)
    except OSError as error:
        raise UnreadableError(f"can't be read: {error.strerror or type(error).__name__}") from None
    if len(content) > limit:
        raise UnreadableError(f"larger than {limit} bytes")
    return content
