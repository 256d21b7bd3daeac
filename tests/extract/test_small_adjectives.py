"""Adjectives of places without a capital are places beside their head word or in a list, never alone."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims


@pytest.mark.parametrize(
    ("where", "regions"),
    [
        ("nad obwodem kurskim", ("RU-KRS",)),
        ("nad obwodami kurskim, biełgorodzkim i briańskim", ("RU-BEL", "RU-BRY", "RU-KRS")),
        ("nad kurskim", ("RU-KRS",)),
    ],
)
def test_a_small_adjective_is_a_place_with_support(where: str, regions: tuple[str, ...]) -> None:
    (claim,) = claims(f"W nocy rosyjskie ministerstwo obrony zniszczyło {where} 12 ukraińskich dronów.", "pl")
    assert claim.regions == regions


def test_a_small_adjective_alone_is_no_place() -> None:
    (claim,) = claims("Rosja zestrzeliła w nocy 12 dronów, kurskie władze milczą.", "pl")
    assert claim.regions == ()
