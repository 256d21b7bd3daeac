"""Which count is part of which other one, and which is only said again."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims

WHOLES = {
    "en": (
        "Russian air defences shot down 60 Ukrainian drones overnight: 40 over the Kursk region, another 15 over the "
        "Bryansk region and 5 over Crimea."
    ),
    "de": (
        "Die russische Luftabwehr schoss in der Nacht 60 ukrainische Drohnen ab, davon 40 über der Region Kursk, "
        "15 über der Region Brjansk und fünf über der Krim."
    ),
    "ru": (
        "За ночь средства ПВО уничтожили 60 украинских беспилотников: 40 над Курской областью, 15 над Брянской и ещё "
        "пять над Крымом."
    ),
}


@pytest.mark.parametrize("language", WHOLES)
def test_regions_are_parts_of_the_number_before_them(language: str) -> None:
    whole, *parts = claims(WHOLES[language], language)
    assert (whole.measure, whole.regions, whole.part_of) == ("intercepted", (), None)
    assert [(part.quantity.low, part.regions) for part in parts if part.quantity is not None] == [
        (40, ("RU-KRS",)),
        (15, ("RU-BRY",)),
        (5, ("UA-43",)),
    ]
    assert {part.part_of for part in parts} == {whole.claim_id}
    assert {(part.period, part.front) for part in parts} == {(whole.period, whole.front)}


def test_what_was_shot_down_is_no_part_of_what_was_launched() -> None:
    found = claims("Росія вночі запустила по Україні 60 дронів. Сили ППО збили 45 з них, ще 10 не досягли цілей.", "uk")
    assert {claim.measure for claim in found} == {"launched", "intercepted", "suppressed"}
    assert {claim.part_of for claim in found} == {None}


def test_a_statement_said_again_is_one_claim() -> None:
    once = "Ukraine's air force said it shot down 45 of 60 Russian drones overnight."
    again = f"{once}\n\nThe air force shot down 45 of 60 drones overnight, it said."
    assert len(claims(again, "en")) == len(claims(once, "en")) == 2


def test_a_title_gives_way_to_the_body() -> None:
    title = "45 Russian drones shot down over Ukraine"
    body = "Ukraine's air force said it shot down 45 of 60 Russian drones overnight."
    assert [claim.span.field for claim in claims(body, "en", title) if claim.span is not None] == ["body", "body"]


@pytest.mark.parametrize(
    ("language", "body", "number"),
    [
        ("de", "Abgeschossen wurden ukrainische Drohnen über Kursk (22) und Belgorod (19), insgesamt 41 Drohnen.", 41),
        ("en", "Ukrainian drones destroyed overnight:\n• Bryansk region – 41\n• Smolensk region – 9\nTotal: 50", 50),
        ("uk", "Збиття українських БпЛА: Брянщина – 32; Калузька обл. – 14. Усього 46 за ніч.", 46),
    ],
)
def test_a_list_that_adds_up_to_the_total_behind_it_is_its_parts(language: str, body: str, number: int) -> None:
    found = claims(body, language)
    whole = next(claim for claim in found if claim.quantity and claim.quantity.low == number)
    assert [claim.part_of for claim in found if claim is not whole] == [whole.claim_id] * 2


def test_a_total_that_the_list_before_does_not_add_up_to_has_no_parts() -> None:
    found = claims("Збиття українських БпЛА: Брянщина – 32; Калузька обл. – 14. Усього 47 за ніч.", "uk")
    assert all(claim.part_of is None for claim in found)


@pytest.mark.parametrize("targets", ["missiles and drones", "aerial targets"])
def test_drones_among_missiles_and_drones_are_no_part(targets: str) -> None:
    found = claims(f"Ukraine's air defences downed 244 {targets} overnight, among them 226 drones.", "en")
    assert [(claim.weapon, claim.part_of) for claim in found] == [("mixed", None), ("drone", None)]
