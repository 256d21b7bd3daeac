"""Printing what a text claims and why, for a person."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from worker.cli.marking import bracketed, segments
from worker.cli.wording import claim_in_words
from worker.logs import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.model import Article, ArticleClaims, Claim
    from worker.pipeline.arrivals import Arrival


def print_explanation(arrival: Arrival, claims: ArticleClaims) -> None:
    """Print one article: its text with the words of each claim marked, then each claim with its reasons."""
    article = arrival.article
    if article is None:
        click.echo(f"{printable(arrival.article_id)}: withdrawn\n")
        return
    found = claims.claims
    click.echo(f"{printable(arrival.article_id)}: {claims.language}, {_verdict(claims)}")
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        _print_coloured(article, found)
    else:
        for name in ("title", "body"):
            if text := getattr(article, name):
                click.echo(bracketed(segments(name, text, found), printable))
    numbers = {claim.claim_id: number for number, claim in enumerate(found, 1)}
    for number, claim in enumerate(found, 1):
        click.echo(f"  {number:>3}  {claim_in_words(claim, numbers.get(claim.part_of or ''))}")
        if claim.rule:
            click.echo(f"       rule: {printable(claim.rule)}")
    click.echo()


def _verdict(claims: ArticleClaims) -> str:
    if claims.claims:
        return f"{len(claims.claims)} claims"
    return "of drone attacks, but nothing to count" if claims.relevant else "not about drone attacks"


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
        shown.append("\n")
    Console().print(shown, soft_wrap=True, end="")
