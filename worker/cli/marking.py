"""A text cut where claims begin and end, so that their words can be shown in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from worker.model import Claim, Field


class Segment(NamedTuple):
    """A stretch of text and the numbers (from 1) of the claims whose words it belongs to."""

    text: str
    claims: tuple[int, ...]


def segments(field: Field, text: str, claims: Sequence[Claim]) -> list[Segment]:
    """Cut one field of an article at all ends of its claims' spans; together the pieces are the text."""
    spans = [
        (number, claim.span.start, claim.span.end)
        for number, claim in enumerate(claims, 1)
        if claim.span is not None and claim.span.field == field
    ]
    cuts = sorted({0, len(text), *(cut for _, start, end in spans for cut in (start, end))})
    return [
        Segment(text[start:end], tuple(number for number, first, last in spans if first <= start and end <= last))
        for start, end in pairwise(cuts)
    ]


def bracketed(pieces: Sequence[Segment], show: Callable[[str], str] = str) -> str:
    """Write the pieces with `[1>` where the words of claim 1 begin and `<1]` where they end.

    Args:
        pieces: what `segments` gave.
        show: makes the text of a piece fit for the reader, such as `printable`.
    """
    written: list[str] = []
    before: tuple[int, ...] = ()
    for piece in [*pieces, Segment("", ())]:
        written += [f"<{number}]" for number in reversed(before) if number not in piece.claims]
        written += [f"[{number}>" for number in piece.claims if number not in before]
        written.append(show(piece.text))
        before = piece.claims
    return "".join(written)
