"""The judge is judged: each particular is right only where it is."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.extract.texts import WEDNESDAY
from worker.extract import extract
from worker.extract.evaluation.particulars import Labelled, Share, particulars, span_holds
from worker.model import Article, Span

BODY = "Overnight 30 Ukrainian drones were shot down over Russia, 12 of them over the Kursk region."
ARTICLE = Article(id="a", body=BODY, language="en", published_at=WEDNESDAY)
NIGHT = {"start": "2025-06-17T17:00:00Z", "end": "2025-06-18T05:00:00Z"}


def _label(number: int, **fields: Any) -> dict[str, Any]:
    quantity = {"low": number, "high": number, "qualifier": "exact"}
    return {"measure": "intercepted", "quantity": quantity, "status": "current", "part_of": None, **fields}


def _shares(*labels: dict[str, Any], relevant: bool = True, zone: str = "Europe/Kyiv") -> dict[str, Share]:
    raw = {"relevant": relevant, "claims": labels}
    found = particulars([Labelled(article=ARTICLE, language="en", found=extract(ARTICLE), raw=raw)], zone)
    return {particular: share for (particular, group), share in found.items() if group == "en"}


def test_days_wholes_spans_and_relevance_that_are_right() -> None:
    shares = _shares(_label(30, period=NIGHT), _label(12, regions=["RU-KRS"], period=NIGHT, part_of=0))
    assert shares == {
        "day": Share(right=2, of=2),
        "link": Share(right=1, of=1),
        "span": Share(right=2, of=2),
        "relevance": Share(right=1, of=1),
    }


def test_a_missing_or_needless_whole_is_wrong() -> None:
    assert _shares(_label(30), _label(12))["link"] == Share(right=0, of=1)
    assert _shares(_label(12), _label(30, part_of=0))["link"] == Share(right=0, of=2)


@pytest.mark.parametrize(
    ("period", "zone", "right"),
    [
        ({"end": "2025-06-17T21:00:00Z"}, "Europe/Kyiv", 0),  # midnight there is the end of the day before
        ({"end": "2025-06-17T21:01:00Z"}, "Europe/Kyiv", 1),
        ({"end": "2025-06-17T21:01:00Z"}, "UTC", 0),
    ],
)
def test_days_are_those_of_the_zone(period: dict[str, str], zone: str, right: int) -> None:
    assert _shares(_label(30, period=period), zone=zone)["day"] == Share(right=right, of=1)


def test_a_local_end_is_that_of_who_reports() -> None:
    assert _shares(_label(30, end="2025-06-18T08", source="RU-MOD"))["day"] == Share(right=1, of=1)
    assert _shares(_label(30, end="2025-06-17T24", source="UA-AF"))["day"] == Share(right=0, of=1)


def test_relevance_is_wrong_where_an_irrelevant_text_claims() -> None:
    assert _shares(relevant=False)["relevance"] == Share(right=0, of=1)


def test_a_span_without_its_number_or_with_other_words_is_a_defect() -> None:
    claim = next(claim for claim in extract(ARTICLE).claims if claim.quantity and claim.quantity.low == 12)
    assert span_holds(claim, ARTICLE, "en")
    for start, end in ((0, 9), (38, 50)):
        beside = Span(field="body", start=start, end=end, text=BODY[start:end])
        assert not span_holds(replace(claim, span=beside), ARTICLE, "en")
    assert claim.span is not None
    assert not span_holds(replace(claim, span=replace(claim.span, text="12 of those")), ARTICLE, "en")


def test_people_told_of_by_their_ages_alone_are_as_many_as_the_ages() -> None:
    body = "Дрон влучив у зупинку в Сумах. Дістали поранень 31-річна та 58-річна жительки"
    article = replace(ARTICLE, body=body, language="uk")
    claim = next(claim for claim in extract(article).claims if claim.measure == "injured")
    assert claim.span is not None
    assert claim.quantity is not None
    assert claim.quantity.low == 2
    assert span_holds(claim, article, "uk")
    one = replace(claim.span, end=body.index(" та "), text=body[claim.span.start : body.index(" та ")])
    assert not span_holds(replace(claim, span=one), article, "uk")


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Sobyanin reported the 34th drone of the day shot down on approach to Moscow."),
        ("en", "Air defences shot down the ninth drone heading for Moscow, the mayor said."),
        ("ru", "Собянин: сбит девятый украинский беспилотник, летевший на Москву."),
        ("de", "Über Moskau schoss die Flugabwehr eine fünfte Drohne ab."),
    ],
)
def test_which_one_of_a_row_a_drone_is_belongs_to_its_span(language: str, body: str) -> None:
    article = replace(ARTICLE, body=body, language=language)
    (claim,) = extract(article).claims
    assert claim.span is not None
    assert span_holds(claim, article, language)
    start = body.index("drone") if language == "en" else body.index("спилотник" if language == "ru" else "Drohne")
    beside = Span(field="body", start=start, end=claim.span.end, text=body[start : claim.span.end])
    assert not span_holds(replace(claim, span=beside), article, language)
