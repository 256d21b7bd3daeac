"""`schemas`: what a schema registry has to know before values are published in its framing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from worker.cli.faults import examples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.registry import Subject


@click.group(
    epilog=examples(
        "DRONETALLY_SCHEMA_REGISTRY_URL=https://registry.example drone-tally schemas plan",
        "drone-tally schemas register && DRONETALLY_WIRE_FORMAT=confluent drone-tally worker",
    ),
)
def schemas() -> None:
    """Show and register the schemas in a Confluent schema registry.

    Only workers with DRONETALLY_WIRE_FORMAT=confluent need one. The subject of a topic is its name and `-value`.
    """


@schemas.command(epilog=examples("drone-tally schemas plan"))
def plan() -> None:
    """Show each subject and whether the registry knows its schema. Changes nothing."""
    from worker.registry import subjects
    from worker.settings import load

    _print(subjects(load()))


@schemas.command(epilog=examples("drone-tally schemas register"))
def register() -> None:
    """Register the schemas that are missing; run it as a user who may write to the registry."""
    from worker.registry import register as register_all
    from worker.settings import load

    _print(register_all(load()))


def _print(subjects: Sequence[Subject]) -> None:
    from worker.cli.columns import columns

    rows = [
        (each.name, each.version, each.schema_id, "missing" if each.schema_id is None else "there") for each in subjects
    ]
    for line in columns(("SUBJECT", "VERSION", "ID", "SCHEMA"), rows):
        click.echo(line)
