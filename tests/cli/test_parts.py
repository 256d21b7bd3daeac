"""The small pure parts of the commands."""

from __future__ import annotations

from datetime import UTC, datetime

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.cli.columns import columns
from worker.cli.marking import bracketed, segments
from worker.cli.places import PLACE, written_place
from worker.cli.times import TIME
from worker.cli.wording import many, quantity_in_words
from worker.cli.zones import ZONE
from worker.model import Claim, Quantity, Span


def claim(text: str, start: int, end: int) -> Claim:
    return Claim(
        claim_id=f"{start}-{end}",
        measure="intercepted",
        weapon="drone",
        quantity=None,
        attacker="UA",
        defender="RU",
        regions=(),
        scope="total",
        period=None,
        status="current",
        part_of=None,
        source="media",
        span=Span(field="body", start=start, end=end, text=text[start:end]),
    )


def claims_in(text: str) -> st.SearchStrategy[list[Claim]]:
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    return st.lists(ends.map(lambda pair: claim(text, *pair)), max_size=5)


@given(st.text(max_size=40).flatmap(lambda text: st.tuples(st.just(text), claims_in(text))))
def test_segments_are_the_text_and_hold_each_claim_s_words(case: tuple[str, list[Claim]]) -> None:
    text, claims = case
    pieces = segments("body", text, claims)
    assert "".join(piece.text for piece in pieces) == text
    for number, each in enumerate(claims, 1):
        assert each.span is not None
        assert "".join(piece.text for piece in pieces if number in piece.claims) == each.span.text


def test_brackets_may_nest_and_overlap() -> None:
    text = "destroyed 14: nine there"
    pieces = segments("body", text, [claim(text, 0, 12), claim(text, 0, 18), claim(text, 10, 24)])
    assert bracketed(pieces) == "[1>[2>destroyed [3>14<1]: nine<2] there<3]"


def test_other_fields_are_left_alone() -> None:
    assert bracketed(segments("title", "14 down", [claim("14 down", 0, 2)])) == "14 down"


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (None, "no number"),
        (Quantity(low=0, high=0, qualifier="exact"), "0"),
        (Quantity(low=270, high=270, qualifier="about"), "about 270"),
        (Quantity(low=101, high=None, qualifier="more_than"), "more than 100"),
        (Quantity(low=5, high=None, qualifier="at_least"), "at least 5"),
        (Quantity(low=0, high=20, qualifier="up_to"), "up to 20"),
        (Quantity(low=24, high=None, qualifier="vague"), "24 or more (vague)"),
    ],
)
def test_quantities_read_as_people_say_them(quantity: Quantity | None, words: str) -> None:
    assert quantity_in_words(quantity) == words


def test_columns_line_up_and_stay_one_line_a_row() -> None:
    assert columns(("A", "LONG"), [("x\ny", None), ("\x1b[2J", 0)]) == [
        "A          LONG",
        "x y        -",
        "\\u001b[2J  0",
    ]


def test_times_need_a_zone() -> None:
    assert TIME.convert("2025-05-21T12:00:00+03:00", None, None) == datetime(2025, 5, 21, 9, tzinfo=UTC)
    for wrong in ("2025-05-21T12:00:00", "yesterday", "0001-01-01T00:00:00+10:00"):
        with pytest.raises(click.BadParameter):
            TIME.convert(wrong, None, None)


def test_places_are_read_as_they_are_written() -> None:
    assert PLACE.convert("2:17", None, None) == (2, 17)
    assert written_place((2, 17)) == "2:17"


@pytest.mark.parametrize("text", ["2", "2 17", "2:", ":17", "-1:0", "2:17:3", "2:1e3", "٢:17", "2:" + "9" * 30])
def test_other_places_are_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match="2:17"):
        PLACE.convert(text, None, None)


@pytest.mark.parametrize("name", ["Mars/Base", "", "..", "/etc/passwd", "Europe", "x" * 300, "\0"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(click.BadParameter, match="Europe/Kyiv"):
        ZONE.convert(name, None, None)


def test_one_is_no_plural() -> None:
    assert [many(count, "claim") for count in (0, 1, 2)] == ["0 claims", "1 claim", "2 claims"]
