from __future__ import annotations

import pytest

from worker.extract import extract
from worker.lexicon.outlets import claimant_behind
from worker.model import Article


@pytest.mark.parametrize(
    ("source", "url", "claimant"),
    [
        ("t.me/mod_russia", None, "RU-MOD"),
        ("https://t.me/mod_russia/4711", None, "RU-MOD"),
        (None, "https://t.me/kpszsu/123", "UA-AF"),
        ("wire.example", "https://www.mod.gov.ua/news/1", "UA-MOD"),
        ("t.me/somebody", "https://t.me/somebody/1", None),
        ("notmil.ru", None, None),
        ("", "", None),
        ("http://[", None, None),
    ],
)
def test_an_outlet_may_be_the_voice_of_a_claimant(source: str | None, url: str | None, claimant: str | None) -> None:
    assert claimant_behind(source, url) == claimant


def test_a_bulletin_without_signature_is_its_publishers() -> None:
    text = "За ночь дежурными средствами ПВО уничтожены 12 украинских БПЛА над территорией Курской области."
    (claim,) = extract(Article(id="1", body=text, source="t.me/mod_russia")).claims
    assert claim.source == "RU-MOD"
