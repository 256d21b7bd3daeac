"""`dead-letters`: look at what could not be read, and send it again when the cause is gone."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from worker.cli.faults import Fault, examples, say
from worker.cli.places import PLACE, written_place
from worker.cli.wording import many
from worker.exits import EXIT_FAILURE

if TYPE_CHECKING:
    from collections.abc import Callable

    from worker.clients.letters import Letter
    from worker.settings import Settings


@click.group(
    "dead-letters",
    short_help="List, show and replay unreadable messages.",
    epilog=examples(
        "drone-tally dead-letters list",
        "drone-tally dead-letters show 2:17",
        "drone-tally dead-letters replay --reason internal_error",
    ),
)
def dead_letters() -> None:
    """Look at messages that could not be read, and send them again."""


@dead_letters.command(
    "list",
    epilog=examples(
        "drone-tally dead-letters list --limit 20",
        "drone-tally dead-letters list --reason future_date --json",
    ),
)
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help="The newest ones only.")
@click.option("--reason", metavar="REASON", help="Those of one reason only, such as not_json.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of a table.")
def list_letters(limit: int, reason: str | None, as_json: bool) -> None:
    """List dead letters, oldest first: where they are, why, where they came from."""
    from collections import deque

    from worker.cli.columns import columns
    from worker.cli.data import harmless
    from worker.codec import to_json

    found: deque[Letter] = deque(maxlen=limit)
    _each(lambda letter: found.append(letter.without_value()) if reason in (None, letter.reason) else None)
    rows = sorted(found, key=lambda letter: (letter.time, letter.partition, letter.offset))
    if as_json:
        for letter in rows:
            click.echo(harmless(to_json(letter.described())))
        return
    header = ("PLACE", "REASON", "SOURCE", "SIZE", "TIME", "DETAIL")
    table = [
        (written_place(x.place), x.reason, x.source, x.size, f"{x.time:%Y-%m-%dT%H:%M:%SZ}", x.detail) for x in rows
    ]
    for line in columns(header, table):
        click.echo(line)


@dead_letters.command(
    epilog=examples(
        "drone-tally dead-letters show 2:17",
        "drone-tally dead-letters show 2:17 --value-only > broken.json",
    )
)
@click.argument("place", metavar="PARTITION:OFFSET", type=PLACE)
@click.option("--value-only", is_flag=True, help="The original bytes as they are, for a file or a pipe.")
def show(place: tuple[int, int], value_only: bool) -> None:
    """Show one dead letter: its headers and original bytes, escaped so that they can't harm a terminal."""
    import asyncio

    from worker.clients.letters import escaped, letter_at
    from worker.settings import load

    if value_only and sys.stdout.isatty():
        raise click.UsageError("original bytes could rewrite the terminal; send them into a file or a pipe")
    letter = asyncio.run(letter_at(load(), *place))
    if value_only:
        click.get_binary_stream("stdout").write(letter.value or b"")
        return
    click.echo(f"key: {escaped(letter.key)}")
    for name, value in letter.headers:
        click.echo(f"header {escaped(name.encode())}: {escaped(value)}")
    click.echo(f"time: {letter.time:%Y-%m-%dT%H:%M:%S.%fZ}")
    click.echo(f"value: {'null' if letter.value is None else f'{letter.size} bytes'}")
    if letter.value is not None:
        click.echo(escaped(letter.value))


@dead_letters.command(
    epilog=examples(
        "drone-tally dead-letters replay 2:17 2:18",
        "drone-tally dead-letters replay --reason internal_error",
        "drone-tally dead-letters replay --all --yes",
    )
)
@click.argument("places", metavar="[PARTITION:OFFSET]...", nargs=-1, type=PLACE)
@click.option("--reason", metavar="REASON", help="All of one reason.")
@click.option("--all", "everything", is_flag=True, help="All there are.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def replay(
    ctx: click.Context, places: tuple[tuple[int, int], ...], reason: str | None, everything: bool, yes: bool
) -> None:
    """Send dead letters again to the topic they came from: original bytes, key, headers and time.

    What the worker still can't read comes back as a new dead letter; what it has read before changes nothing. A
    letter of which only the beginning was kept is not sent: the whole stands where its headers say. (A message
    refused as future_date gets the time of now, since its date may have come.)
    """
    import asyncio

    from worker.clients.letters import replay_letters
    from worker.settings import load

    wanted = _selection(places, reason, everything)
    settings = load()
    chosen: list[Letter] = []
    _each(lambda letter: chosen.append(letter.without_value()) if wanted(letter) else None)
    if not chosen:
        raise Fault("no dead letter fits")
    skipped = [(letter, why) for letter in chosen if (why := letter.not_replayable_because(settings)) is not None]
    for letter, why in skipped:
        say(f"{written_place(letter.place)} is not sent: {why}")
    keep = {letter.place for letter in chosen} - {letter.place for letter, _ in skipped}
    if keep and not yes and not _confirmed(len(keep)):
        raise Fault("nothing was sent")
    sent = asyncio.run(replay_letters(settings, keep)) if keep else 0
    say(f"{sent} sent again, {len(chosen) - sent} not")
    ctx.exit(EXIT_FAILURE if sent < len(chosen) else 0)


def _confirmed(count: int) -> bool:
    try:
        return click.confirm(f"Send {many(count, 'message')} again?", err=True)
    except click.Abort:
        raise Fault("nobody to ask; add --yes") from None


def _selection(places: tuple[tuple[int, int], ...], reason: str | None, everything: bool) -> Callable[[Letter], bool]:
    if (bool(places) + (reason is not None) + everything) != 1:
        raise click.UsageError("say which: PARTITION:OFFSET ..., --reason REASON or --all")
    if everything:
        return lambda _: True
    if reason is not None:
        return lambda letter: letter.reason == reason
    return lambda letter: letter.place in places


def _each(visit: Callable[[Letter], object]) -> Settings:
    """Visit every dead letter, one in memory at a time."""
    import asyncio

    from worker.clients.letters import letters
    from worker.settings import load

    settings = load()

    async def visit_all() -> None:
        async for letter in letters(settings):
            visit(letter)

    asyncio.run(visit_all())
    return settings
