"""Printing what a text claims and why, for a person."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from worker.cli.marking import bracketed, segments
from worker.cli.terminal import coloured
from worker.cli.wording import claim_in_words, many
from worker.extract import explain
from worker.logs import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.extract import Explanation
    from worker.model import Article, Claim
    from worker.pipeline.arrivals import Arrival


def print_explanation(arrival: Arrival) -> None:
    """Print one article: its text with the words of each claim marked, then each claim with its reasons."""
    article = arrival.article
    if article is None:
        click.echo(f"{printable(arrival.article_id)}: withdrawn\n")
        return
    explanation = explain(article)
    found = [reasons.claim for reasons in explanation.claims]
    click.echo(f"{printable(arrival.article_id)}: {explanation.language}, {_verdict(explanation)}")
    if coloured(sys.stdout):
        _print_coloured(article, found)
    else:
        for name in ("title", "body"):
            if text := getattr(article, name):
                click.echo(bracketed(segments(name, text, found), printable))
    numbers = {claim.claim_id: number for number, claim in enumerate(found, 1)}
    for number, reasons in enumerate(explanation.claims, 1):
        claim = reasons.claim
        click.echo(f"  {number:>3}  {claim_in_words(claim, numbers.get(claim.part_of or ''))}")
        decided = [f"rule: {reasons.rule}", *(f"{what}: {by}" for what, by in reasons.decided_by.items() if by)]
        click.echo(f"       {printable('; '.join(decided))}")
    for refused in (number for sentence in explanation.sentences for number in sentence.refused):
        click.echo(f"    -  {printable(refused.text)!r} is no count here: {printable(refused.reason)}")
    for limit in explanation.cut:
        click.echo(f"    !  not read to the end: too many {limit}")
    click.echo()


def _verdict(explanation: Explanation) -> str:
    if explanation.claims:
        return many(len(explanation.claims), "claim")
    return "names drones, but claims nothing" if explanation.names_drones else "not about drones"


def _print_coloured(article: Article, claims: Sequence[Claim]) -> None:
    from rich.console import Console
    from rich.text import Text

    shown = Text()
    for name in ("title", "body"):
        before: tuple[int, ...] = ()
        for piece in segments(name, getattr(article, name), claims):
            for number in piece.claims:
                if number not in before:
                    shown.append(f"{number}:", style="bold cyan")
            shown.append(printable(piece.text), style="bold yellow underline" if piece.claims else "")
            before = piece.claims
        if getattr(article, name):
            shown.append("\n")
    Console().print(shown, soft_wrap=True, end="")
