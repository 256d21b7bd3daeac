"""`check`: everything the worker needs before it can start, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from worker.cli.faults import examples
from worker.cli.wording import many
from worker.exits import EXIT_CONFIGURATION, EXIT_OK, EXIT_UNAVAILABLE

if TYPE_CHECKING:
    from aiokafka.admin import AIOKafkaAdminClient

    from worker.settings import Settings

_COORDINATOR_TRIES = 10


class Findings:
    """Results of checks, printed as they come; the first fault decides the exit code."""

    def __init__(self) -> None:
        self.exit_code = EXIT_OK

    def good(self, name: str, detail: str) -> None:
        """Report what is as it should be."""
        self._print("ok", name, detail)

    def unknown(self, name: str, detail: str) -> None:
        """Report what could not be checked; that is no fault."""
        self._print("?", name, detail)

    def bad(self, name: str, detail: str, exit_code: int) -> None:
        """Report a fault."""
        self._print("FAULT", name, detail)
        self.exit_code = self.exit_code or exit_code

    @staticmethod
    def _print(verdict: str, name: str, detail: str) -> None:
        from worker.logs import printable

        click.echo(f"{verdict:<5}  {name:<10}  {printable(' '.join(detail.split()))}")


@click.command(
    short_help="Check everything the worker needs.",
    epilog=examples(
        "drone-tally check",
        "drone-tally check && drone-tally worker",
    ),
)
@click.pass_context
def check(ctx: click.Context) -> None:
    """Check everything the worker needs, without changing anything.

    Settings, the dictionaries, the brokers, the topics, the rights on topics and group: one line each. Exit code 0:
    the worker can start; 69: brokers do not answer; 78: something has to be set right first.
    """
    import asyncio

    from worker.settings import SettingsError, load

    findings = Findings()
    try:
        settings = load()
    except SettingsError as error:
        findings.bad("settings", str(error), EXIT_CONFIGURATION)
        ctx.exit(findings.exit_code)
    findings.good("settings", "valid; `drone-tally config show` lists them")
    findings.good("zone", f"{settings.zone}, {_midnight(settings)}")
    _check_languages(findings)
    asyncio.run(_check_brokers(settings, findings))
    ctx.exit(findings.exit_code)


def _midnight(settings: Settings) -> str:
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    now = datetime.now(UTC).astimezone(ZoneInfo(settings.zone))
    return f"where it is {now:%Y-%m-%d %H:%M} now"


def _check_languages(findings: Findings) -> None:
    import time

    from worker.cli.faults import Fault
    from worker.cli.languages import load_languages

    started = time.perf_counter()
    try:
        found = load_languages()
    except Fault as fault:
        findings.bad("languages", fault.message, fault.exit_code)
    else:
        findings.good("languages", f"{', '.join(found)}; loaded in {time.perf_counter() - started:.2f} s")


async def _check_brokers(settings: Settings, findings: Findings) -> None:
    import asyncio

    from worker.connection import StartError, admin
    from worker.registry import frames
    from worker.topics import examine, require_fit

    part = "brokers"
    try:
        async with admin(settings) as client:
            cluster = await client.describe_cluster()
            count = len(cluster["brokers"])
            findings.good(part, f"{settings.bootstrap_servers} answer, {settings.security_protocol}, {count} in all")
            part = "topics"
            states = await examine(client, settings)
            require_fit(states)
            findings.good(part, f"{len(states)} there, with {many(states[0].wanted_partitions, 'partition')} each")
            if settings.wire_format != "json":
                part = "registry"
                known = await asyncio.to_thread(frames, settings)
                findings.good(part, f"knows the schemas of {', '.join(known)}")
            part = "rights"
            await _check_rights(client, settings, findings)
            part = "group"
            await _check_group(client, settings, findings)
    except StartError as error:
        findings.bad(part, str(error), error.exit_code)
    except Exception as error:
        from aiokafka.errors import KafkaError

        if not isinstance(error, (KafkaError, OSError, TimeoutError)):
            raise
        findings.bad(part, f"no answer ({type(error).__name__}: {error}); is the cluster up?", EXIT_UNAVAILABLE)


async def _check_rights(client: AIOKafkaAdminClient, settings: Settings, findings: Findings) -> None:
    from worker.rights import require_rights

    if await require_rights(client, settings):
        findings.good("rights", "Read on articles, Write on what is published, both on claims and the worker's own")
    else:
        findings.unknown("rights", "these brokers do not tell what a user may do")


async def _check_group(client: AIOKafkaAdminClient, settings: Settings, findings: Findings) -> None:
    from aiokafka.errors import GroupAuthorizationFailedError, GroupCoordinatorNotAvailableError

    refused = f"no right to Read group {settings.app_id}; grant it"
    try:
        (answer,) = await _describe_group(client, settings.app_id)
    except GroupAuthorizationFailedError:
        findings.bad("group", refused, EXIT_CONFIGURATION)
        return
    except GroupCoordinatorNotAvailableError:
        findings.unknown("group", f"no coordinator for {settings.app_id} yet; a new cluster may need a moment")
        return
    for error_code, _group, _state, _kind, _protocol, members, *_ in answer.groups:
        if error_code == GroupAuthorizationFailedError.errno:
            findings.bad("group", refused, EXIT_CONFIGURATION)
        else:
            findings.good("group", f"{settings.app_id}: {many(len(members), 'worker')} in it now")


async def _describe_group(client: AIOKafkaAdminClient, group: str) -> list[Any]:
    """Ask for a group; a new cluster makes the coordinators' topic when first asked, which takes seconds."""
    import asyncio

    from aiokafka.errors import GroupCoordinatorNotAvailableError

    for _ in range(_COORDINATOR_TRIES - 1):
        try:
            return list(await client.describe_consumer_groups([group]))
        except GroupCoordinatorNotAvailableError:
            await asyncio.sleep(0.5)
    return list(await client.describe_consumer_groups([group]))
