"""`why`: what a published number rests on, and what was set aside for which reason."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from worker.cli.faults import Fault, examples
from worker.cli.lines import INPUT, Complaints
from worker.cli.times import TIME
from worker.cli.wording import claim_in_words, many
from worker.cli.zones import ZONE
from worker.exits import EXIT_FAILURE

if TYPE_CHECKING:
    from worker.model import Cell, JointCell, Tally
    from worker.pipeline.archive import Archive, Told
    from worker.settings import Settings

_FRONT = re.compile(r"[A-Z]{2}>[A-Z]{2}")
_ALIKE = 0.6
"""How much of a name must be there for it to be guessed ("Belgrod", "Курская")."""

VERDICTS = {
    "superseded": "the same claimant gave a newer figure",
    "part_of_same": "a part of a number given with the same regions and time, such as a sub-type or children",
    "floating": "undated, and no day was found for it: it only raises what is possible",
    "check": "a total over more than a day: published beside the count, never added",
    "historic": "told as the past",
    "record": "a past record",
    "planned": "not happened: planned, threatened or trained",
    "negated": "denied",
    "mixed_weapon": "drones and missiles in one number",
    "missile": "missiles",
    "remainder": "the rest of a total of which nothing else is known",
    "unquantified": "without a number",
    "crowded_out": "too many statements on this day; the weakest are left out",
    "impossible_period": "its period can't be",
    "impossible_quantity": "its number can't be",
    "impossible_sum": "can't be true together with what the same claimant says elsewhere",
    "contradicts": "can't be true together with a claimant whose word counts first",
}
"""What each named reason means, for a person."""

SLIPS = {
    "transposed": "two digits changed places",
    "one_digit": "one digit is another",
    "factor_ten": "a nought too many or too few",
}


@click.command(
    short_help="What a count rests on, and what was set aside and why.",
    epilog=examples(
        "drone-tally why RU-KRS 'UA>RU' 2025-05-21 articles.jsonl",
        "drone-tally why UA 'RU>UA' 2025-05-21 --from-topic",
        "drone-tally why UA-30 'RU>UA' 2025-05-21 articles.jsonl --json | jq .statements",
    ),
)
@click.argument("region")
@click.argument("front")
@click.argument("day", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("file", metavar="[FILE|-]", type=INPUT, required=False)
@click.option("--from-topic", is_flag=True, help="What the worker on the brokers knows, instead of a file.")
@click.option("--zone", type=ZONE, help="IANA time zone whose midnights cut the days [default: DRONETALLY_ZONE].")
@click.option("--now", type=TIME, help="Time of arrival of a file's articles; later dates are refused [default: now].")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.pass_context
def why(
    ctx: click.Context,
    region: str,
    front: str,
    day: datetime,
    file: str | None,
    from_topic: bool,
    zone: str | None,
    now: datetime | None,
    as_json: bool,
) -> None:
    """Say why the counts of one region, front and day are what they are.

    REGION is a code such as RU-KRS, UA-30 or SEA-BLACK, or the defender's country (RU, UA) for the whole front; FRONT
    is attacker>defender, such as 'UA>RU'; DATE is the local day. Shows the cells, each statement that counts with its
    words, its claimant and how many articles carry it, and each that was set aside with the reason. Reads articles
    (JSON lines) from FILE or standard input, or with --from-topic what the running worker keeps on the brokers.
    """
    from worker.settings import load

    region, front = region.upper(), front.upper()
    _require_known(region, front)
    if from_topic and (file or now):
        raise click.UsageError("--from-topic reads no file and no articles that arrive now")
    settings = load(zone=zone)
    complaints = Complaints()
    archive = _from_topic(settings, front) if from_topic else _from_file(settings, file or "-", now, complaints)
    tally, told = _asked(archive, region, front, day.date())
    if as_json:
        click.echo(_described(region, front, day.date(), tally, told))
    else:
        _print(region, front, day.date(), settings.zone, tally, told)
    ctx.exit(EXIT_FAILURE if complaints.count else 0)


def _require_known(region: str, front: str) -> None:
    from difflib import get_close_matches

    from worker import gazetteer

    if not _FRONT.fullmatch(front) or front[:2] == front[-2:]:
        raise click.UsageError(f"{front!r} is not a front; say attacker>defender in quotes, such as 'UA>RU'")
    known = gazetteer.regions()
    if region not in known:
        spoken = {code: {code, *(name.upper() for name in found.names.values())} for code, found in known.items()}
        every = sorted(set().union(*spoken.values()))
        meant = [region] if region in every else get_close_matches(region, every, cutoff=_ALIKE)
        named = [code for code, names in spoken.items() if names & set(meant)]
        hint = f"; did you mean {', '.join(named)}?" if named else ""
        raise click.UsageError(f"{region!r} is no region's code{hint}")


def _from_file(settings: Settings, file: str, now: datetime | None, complaints: Complaints) -> Archive:
    from worker.cli.articles import take_in

    archive = _archive(settings)
    take_in(file, archive, settings, now, complaints)
    return archive


def _from_topic(settings: Settings, front: str) -> Archive:
    """Read the ledger of a front as a worker that starts reads it."""
    import asyncio

    from worker.clients.ledger import entries
    from worker.codec import MessageError, decode_entry

    archive = _archive(settings)
    for value in asyncio.run(entries(settings, front)):
        try:
            archive.put(decode_entry(value))
        except MessageError as error:
            raise Fault(f"an entry of the ledger can't be read ({error.detail}); is it of another version?") from None
    return archive


def _archive(settings: Settings) -> Archive:
    from zoneinfo import ZoneInfo

    from worker import gazetteer
    from worker.pipeline.archive import Archive

    return Archive(ZoneInfo(settings.zone), gazetteer.name, settings.final_after, settings.retention)


def _asked(archive: Archive, region: str, front: str, day: date) -> tuple[Tally | None, list[Told]]:
    from worker.pipeline.reconciler import WindowKey
    from worker.tally import key_of

    if front not in archive.fronts():
        return None, []
    tallies = archive.tallies(WindowKey(front=front, size="P1D", day=day))
    return tallies.get(key_of(region, front, day)), archive.told(region, front, day)


def _described(region: str, front: str, day: date, tally: Tally | None, told: list[Told]) -> bytes:
    import msgspec

    from worker.cli.data import harmless

    described = msgspec.json.encode(
        {
            "region": region,
            "front": front,
            "date": day,
            "tally": tally,
            "statements": [
                {
                    "verdict": one.account.verdict,
                    "slip": one.account.slip or None,
                    "claim": one.claim,
                    "article_id": one.entry.article_id,
                    "outlet": one.entry.source,
                    "stated_at": one.entry.stated_at,
                    "articles": one.account.articles,
                    "outlets": one.account.outlets,
                    "against": [
                        {"article_id": entry.article_id, "claim_id": claim.claim_id} for entry, claim in one.against
                    ],
                }
                for one in told
            ],
        }
    )
    return harmless(described)


def _print(region: str, front: str, day: date, zone: str, tally: Tally | None, told: list[Told]) -> None:
    from worker import gazetteer
    from worker.cli.columns import columns

    click.echo(f"{region} {gazetteer.name(region)}, {front}, {day} ({zone})")
    if tally is None:
        click.echo("  nothing counts here")
    else:
        rows = [(measure, *_figures(cell)) for measure, cell in tally.measures.items()]
        rows += [(f"{joint.measure} in {'+'.join(joint.regions)}", *_figures(joint)) for joint in tally.joint]
        for line in columns(("MEASURE", "LOW", "BEST", "HIGH", "NOTE"), rows):
            click.echo(f"  {line}")
        counted = f"{many(tally.articles, 'article')} of {many(tally.outlets, 'outlet')}"
        as_of = f"; as of {tally.as_of:%Y-%m-%d %H:%M} UTC" if tally.as_of else ""
        click.echo(f"  {counted}; claimants: {', '.join(tally.claimants) or '-'}{as_of}")
    for heading, wanted in (("Counted", True), ("Set aside", False)):
        chosen = [one for one in told if (one.account.verdict == "counted") is wanted]
        if chosen:
            click.echo(f"\n{heading}")
        for one in chosen:
            _print_one(one)


def _print_one(one: Told) -> None:
    from worker.logs import printable

    account, claim = one.account, one.claim
    click.echo(f"  {claim_in_words(claim)}")
    if account.verdict != "counted":
        click.echo(f"    {account.verdict}: {VERDICTS[account.verdict]}")
    if account.slip:
        click.echo(f"    looks like a slip: {SLIPS[account.slip]}")
    for entry, other in one.against:
        click.echo(f"    against: {claim_in_words(other)}, in {printable(entry.article_id)}")
    if claim.span:
        click.echo(f"    \u201c{printable(claim.span.text)}\u201d")
    others = f", and {many(account.articles - 1, 'article')} more" if account.articles > 1 else ""
    click.echo(f"    {printable(one.entry.article_id)} ({printable(one.entry.source or 'no outlet named')}){others}")


def _figures(cell: Cell | JointCell) -> tuple[object, ...]:
    notes = ["contested"] * cell.contested + [f"{cell.floating} floating"] * bool(cell.floating)
    return (cell.low, cell.best, "open" if cell.high is None else cell.high, ", ".join(notes))
