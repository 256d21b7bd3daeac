"""`topics`: what the worker needs on the brokers, what is there, and how to create the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from worker.cli.faults import examples, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.settings import Settings
    from worker.topics import TopicState


@click.group(
    epilog=examples(
        "drone-tally topics plan",
        "drone-tally topics apply",
        "DRONETALLY_PARTITIONS=8 drone-tally topics apply --with-input --replication 3",
    )
)
def topics() -> None:
    """Show and create the topics.

    The input topic belongs to whoever produces the articles, and all other topics get as many partitions as it has.
    On a cluster without producers yet, `topics apply --with-input` creates it too, with DRONETALLY_PARTITIONS.
    """


_WITH_INPUT = click.option(
    "--with-input", is_flag=True, help="The input topic too, which otherwise its producers create."
)


@topics.command(
    epilog=examples(
        "drone-tally topics plan",
        "drone-tally topics plan --with-input",
    )
)
@_WITH_INPUT
def plan(with_input: bool) -> None:
    """Show each topic: partitions wanted and found, and what `topics apply` would do. Changes nothing."""
    import asyncio

    from worker.cli.columns import columns
    from worker.settings import load

    settings = load()
    states = asyncio.run(_examine(settings))
    rows = [
        (
            state.spec.name,
            state.spec.role,
            state.spec.owner,
            state.spec.cleanup,
            state.wanted_partitions,
            state.partitions,
            action_for(state, with_input),
        )
        for state in states
    ]
    for line in columns(("TOPIC", "ROLE", "OWNER", "CLEANUP", "WANTED", "FOUND", "APPLY WOULD"), rows):
        click.echo(line)


@topics.command(
    epilog=examples(
        "drone-tally topics apply",
        "drone-tally topics apply --with-input --replication 3",
    )
)
@click.option(
    "--replication", type=click.IntRange(1, 9), help="Replication factor of new topics [default: the setting's]."
)
@_WITH_INPUT
def apply(replication: int | None, with_input: bool) -> None:
    """Create the topics that are missing; those that are there stay as they are. Safe to repeat.

    Needs the right to create topics, which the worker itself does not.
    """
    import asyncio

    from worker.clients.setup import apply_topics
    from worker.settings import load

    settings = load()
    created = asyncio.run(apply_topics(settings, replication or settings.replication, with_input))
    for name in created:
        click.echo(f"created {name}")
    if not created:
        say("nothing to do: all topics are there")


def action_for(state: TopicState, with_input: bool) -> str:
    """Say what `topics apply` would do about a topic."""
    if state.partitions is None:
        if state.spec.owner == "upstream" and not with_input:
            return "refuse: owned upstream, not created without --with-input"
        return "create"
    if state.problem is not None:
        return f"refuse: {state.problem}; delete it first"
    return "leave as it is"


async def _examine(settings: Settings) -> Sequence[TopicState]:
    from worker.connection import admin
    from worker.topics import examine

    async with admin(settings) as client:
        return await examine(client, settings)
