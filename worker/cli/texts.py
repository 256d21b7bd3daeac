"""`extract` and `explain`: what texts claim, for programs and for people."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from worker.cli.faults import Fault, examples
from worker.cli.lines import INPUT, Complaints, lines, whole_text
from worker.cli.times import TIME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from worker.extract import Limit
    from worker.model import Article, ArticleClaims
    from worker.pipeline.arrivals import Arrival


def _input_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add what both commands read: articles as JSON lines, or one text."""
    for add in reversed(
        [
            click.argument("source", metavar="[FILE|-]", default="-"),
            click.option(
                "--text", "as_text", is_flag=True, help="Read one plain text: of a file, of -, or the words themselves."
            ),
            click.option("--published-at", type=TIME, help="When that text was published; it dates 'last night'."),
            click.option("--language", metavar="CODE", help="Its language, such as uk [default: detected]."),
            click.option("--source", "outlet", metavar="OUTLET", help="Who printed it, such as example.org."),
        ]
    ):
        command = add(command)
    return command


@click.command(
    short_help="Articles to claims, without a broker.",
    epilog=examples(
        "drone-tally extract articles.jsonl",
        "drone-tally extract --text report.txt --published-at 2025-05-21T10:00:00Z --source example.org",
        'drone-tally extract --text --published-at 2025-05-21T10:00:00Z "Over Kursk, 3 drones were shot down."',
    ),
)
@_input_options
@click.pass_context
def extract(
    ctx: click.Context,
    source: str,
    as_text: bool,
    published_at: datetime | None,
    language: str | None,
    outlet: str | None,
) -> None:
    """Turn articles (JSON lines) into their claims (JSON lines, one for each article), without a broker.

    A line {"id": "…", "withdrawn": true} gives an empty list of claims. A line that can't be read is reported on
    stderr and left out; the exit code is then 1. A text too long to be read to its end is reported there too.
    """
    import msgspec

    from worker.cli.data import harmless
    from worker.codec import MessageError
    from worker.logs import printable
    from worker.pipeline.arrivals import understand

    output = click.get_binary_stream("stdout")
    complaints = Complaints()
    for number, arrival in _arrivals(source, as_text, published_at, language, outlet, complaints):
        try:
            cut: set[Limit] = set()
            claims = understand(arrival, cut)
        except Exception as error:  # one text that breaks extraction must not keep the others from being read
            complaints.add(number, MessageError("internal_error", f"extraction failed: {type(error).__name__}"))
        else:
            output.write(harmless(msgspec.json.encode(_as_contracted(claims))) + b"\n")
            for limit in sorted(cut):
                name = printable(arrival.article_id)
                click.echo(f"line {number}: {name} is not read to its end: too many {limit}", err=True)
    output.flush()
    ctx.exit(1 if complaints.count else 0)


def _as_contracted(claims: ArticleClaims) -> dict[str, Any]:
    """Leave out what only the stream needs."""
    shown: dict[str, Any] = {
        "article_id": claims.article_id,
        "version": claims.version,
        "language": claims.language,
        "published_at": claims.published_at,
    }
    if claims.updated_at is not None:
        shown["updated_at"] = claims.updated_at
    return shown | {"source": claims.source, "relevant": claims.relevant, "claims": claims.claims}


def _arrivals(
    source: str,
    as_text: bool,
    published_at: datetime | None,
    language: str | None,
    outlet: str | None,
    complaints: Complaints,
) -> Iterator[tuple[int, Arrival]]:
    """Read what the options name, with line numbers; a date in the future is no fault where nothing is counted."""
    from datetime import UTC, timedelta

    from worker import codec
    from worker.cli.languages import load_languages
    from worker.codec import MessageError
    from worker.pipeline.arrivals import Arrival, read
    from worker.pipeline.written import message_of

    load_languages()
    now = datetime.now(UTC)
    if as_text:
        article = _article(source, published_at, language, outlet)
        edition = codec.edition_of(article, article.body.encode())
        yield 1, Arrival(article_id=article.id, edition=edition, article=article, received_at=now)
        return
    if published_at or language or outlet:
        raise click.UsageError("--published-at, --language and --source belong to --text; JSON lines carry their own")
    INPUT.convert(source, None, click.get_current_context())  # no such file: wrong usage
    for number, line in lines(source, codec.MAX_BYTES):
        try:
            message = message_of(line)
            yield number, read(message.key, message.value, message.headers, now, timedelta.max)
        except MessageError as error:
            complaints.add(number, error)


def _article(source: str, published_at: datetime | None, language: str | None, outlet: str | None) -> Article:
    from worker.model import Article

    text = _text(source)
    if not text.strip():
        raise Fault("the text is empty")
    return Article(id="text", body=text, published_at=published_at, language=language, source=outlet)


def _text(source: str) -> str:
    """Read the text; an argument that names no file and has blanks in it is the text."""
    if source == "-":
        return whole_text(source)
    try:
        is_file = Path(source).is_file()
    except (OSError, ValueError):  # too long for a name, or with a null byte
        is_file = False
    if is_file:
        return whole_text(source)
    if " " in source or "\n" in source:
        return source
    raise click.UsageError(f"no such file: {source!r}")


@click.command(
    short_help="The same for a person: marked words, and why.",
    epilog=examples(
        "drone-tally explain articles.jsonl | less",
        "drone-tally explain --text report.txt --published-at 2025-05-21T10:00:00Z",
    ),
)
@_input_options
@click.pass_context
def explain(
    ctx: click.Context,
    source: str,
    as_text: bool,
    published_at: datetime | None,
    language: str | None,
    outlet: str | None,
) -> None:
    """Show a person what each article claims and why: its text with the words marked, and the reasons.

    Colours only on a terminal and without NO_COLOR; else the words stand in brackets.
    """
    from worker.cli.explained import print_explanation

    complaints = Complaints()
    for _, arrival in _arrivals(source, as_text, published_at, language, outlet, complaints):
        print_explanation(arrival)
    ctx.exit(1 if complaints.count else 0)
