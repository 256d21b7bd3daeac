"""A district that bears the name of a region elsewhere is not that region."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims


@pytest.mark.parametrize(
    ("language", "text", "region"),
    [
        ("uk", "У Київському районі Харкова через атаку дрона поранено двох людей.", "UA-63"),
        ("uk", "Приморський район Одеси атакували дрони, поранено двох людей.", "UA-51"),
        ("uk", "У Київській області через атаку дрона поранено двох людей.", "UA-32"),
        ("ru", "В Киевском районе Харькова при атаке дрона ранены два человека.", "UA-63"),
        ("ru", "В Киевской области при атаке дрона ранены два человека.", "UA-32"),
        ("ru", "В Рыльском районе при атаке дрона ранены два человека.", "RU-KRS"),
        ("en", "Two people were injured by a drone in the Kyivskyi district of Kharkiv.", "UA-63"),
    ],
)
def test_a_district_is_not_the_region_of_its_name(language: str, text: str, region: str) -> None:
    found = [claim for claim in claims(text, language) if claim.measure == "injured"]
    assert [claim.regions for claim in found] == [(region,)]
    assert all(claim.regions == (region,) for claim in claims(text, language))


def test_the_krymsk_district_lies_on_the_kuban() -> None:
    (claim,) = claims("Обломки беспилотника упали в Крымском районе, ранен один человек.", "ru")
    assert claim.regions == ("RU-KDA",)
