"""Whose victims and whose attacks are not the drones' that are told of before."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims, numbers


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Вночі ППО збила 60 дронів. Через обстріли Херсона загинули двоє людей, поранено сімох."),
        ("ru", "За ночь сбиты 60 дронов. При обстреле Херсона погибли два человека, семеро ранены."),
        ("de", "Die Flugabwehr schoss 60 Drohnen ab. Bei Beschuss der Stadt Cherson wurden zwei Menschen getötet."),
        ("de", "Die Flugabwehr schoss 60 Drohnen ab. Durch russische Flugkörper wurden in Kiew zwei Menschen getötet."),
        (
            "en",
            "Air defences shot down 60 drones over Ukraine overnight. "
            + "The weather stayed mild. " * 12
            + "A fire in a night club in Lviv killed 12 people.",
        ),
    ],
    ids=["shelling in Ukrainian", "shelling in Russian", "shelling in German", "missiles", "a fire much later"],
)
def test_victims_of_another_cause_are_not_those_of_drones(language: str, text: str) -> None:
    assert numbers(text, language) == [("intercepted", 60)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Вранці дрони вдарили по Нікополю. Увечері внаслідок обстрілу загинули двоє мешканців."),
        ("uk", "Дрони летіли на Херсон. За добу через обстріли загинула одна людина, сімох поранено."),
        ("ru", "В Шебекино дрон ударил по скорой. За сутки от обстрелов пострадали восемь человек."),
        ("de", "Drohnen flogen nach Nikopol. Durch Beschuss wurden binnen eines Tages acht Menschen verletzt."),
    ],
)
def test_shelling_of_a_time_of_its_own_is_not_the_attack_just_told_of(language: str, text: str) -> None:
    assert not {claim.measure for claim in claims(text, language)} & {"killed", "injured"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russian shelling killed two people in Kherson and wounded nine; a drone strike injured one more."),
        ("en", "A missile killed two people in Kharkiv and wounded 19; a drone injured one other."),
        ("de", "Durch Beschuss wurden in Cherson zwei Menschen getötet und neun verletzt, durch eine Drohne ein Mann."),
        ("ru", "От обстрелов Херсона погибли двое и ранены девять человек, еще один пострадал при ударе дрона."),
        ("ru", "Ракета убила двух человек в Харькове и ранила 19, еще один ранен дроном."),
        ("uk", "Унаслідок обстрілів Херсона загинули двоє і поранено дев'ятьох, ще один постраждав від удару дрона."),
    ],
)
def test_a_clause_that_goes_on_with_the_victims_has_the_cause_of_the_one_before(language: str, text: str) -> None:
    assert numbers(text, language) == [("injured", 1)]


def test_shelling_without_a_time_is_the_attack_just_told_of() -> None:
    assert numbers("Drohnen trafen Nikopol. Bei dem Beschuss wurden acht Menschen verletzt.", "de") == [("injured", 8)]


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "Five drone attacks repelled over the Belgorod region, its governor said.", []),
        ("en", "Ukraine repelled 18 drone attacks launched at Sumy, the governor said.", []),
        ("de", "In der Nacht habe das ukrainische Militär sechs Drohnenangriffe abgewehrt.", []),
        ("ru", "В Белгородской области 7 атак дронов отбито, сообщил губернатор.", []),
        ("uk", "На Нікопольщині 3 атаки дронів відбито.", []),
        (
            "de",
            "Die ukrainische Luftwaffe hat elf von 13 Drohnenangriffen abgewehrt.",
            [("intercepted", 11), ("launched", 13)],
        ),
    ],
)
def test_attacks_that_were_repelled_are_not_drones(
    language: str, text: str, told: list[tuple[str, int | None]]
) -> None:
    assert [one for one in numbers(text, language) if one[1] is not None] == told


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "en",
            "Russia launched 90 drones at Ukraine. Ukraine attacked Russian regions, where air defence destroyed"
            " all drones, the Russian ministry said.",
            [("launched", 90)],
        ),
        (
            "ru",
            "Россия запустила по Украине 90 дронов. Над столицей ПВО сбила все, заявил Собянин.",
            [("launched", 90)],
        ),
        ("ru", "Оператор БПЛА зафиксировал уничтожение четырёх грузовиков под Сумами.", []),
        ("ru", "Дрон атаковал Белгород. Сапёры обезвредили 3 устройства. Ещё 5 устройств уничтожено.", []),
        ("ru", "Сбито 40 украинских дронов, остальные упали над 3 областями.", [("intercepted", 40)]),
        (
            "ru",
            "Полицейские опросили мужчину, его доставили в больницу. Утром 3 дрона сбиты над Курском.",
            [("intercepted", 3)],
        ),
        (
            "en",
            "150 drones were launched at a city whose defenders shot down 120, the air force said.",
            [("launched", 150), ("intercepted", 120)],
        ),
        ("uk", "Повітряні сили: запущено 120 дронів збито 90.", [("launched", 120), ("intercepted", 90)]),
        ("de", "20 Drohnen erreichten nicht ihr Ziel, so die ukrainische Luftwaffe.", [("suppressed", 20)]),
        ("de", "Die 25 Drohnen erreichten laut ukrainischer Luftwaffe nie ihre Ziele.", [("suppressed", 25)]),
    ],
)
def test_numbers_stay_with_their_own_fate(language: str, text: str, told: list[tuple[str, int | None]]) -> None:
    assert [one for one in numbers(text, language) if one[1] is not None] == told


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "en",
            "Sea drones attacked Novorossiysk. Overnight 15 drones were shot down over Krasnodar region, Moscow said.",
            ("intercepted", 15),
        ),
        ("uk", "Морські дрони вдарили по Севастополю. Уночі над Кримом збито 12 дронів.", ("intercepted", 12)),
        ("de", "Seedrohnen griffen Sewastopol an. Über der Krim wurden 18 Drohnen abgeschossen.", ("intercepted", 18)),
        ("en", "20 naval drones and 12 drones were destroyed over Crimea, the ministry said.", ("intercepted", 12)),
        ("uk", "Над Сумщиною 8 наземних дронів та 40 безпілотників знищено.", ("intercepted", 40)),
        ("ru", "Позже украинский БПЛА сбили над Брянской областью.", ("intercepted", 1)),
        ("ru", "Дрон ударил по дому в Белгороде. Спасли двух человек, которые были ранены.", ("injured", 2)),
        (
            "en",
            "Drones injured three people in Kherson.\n\nA drone hit a car in a village. A 45-year-old man was injured.",
            ("injured", 1),
        ),
    ],
)
def test_what_stands_beside_others_is_counted(language: str, text: str, told: tuple[str, int]) -> None:
    assert told in numbers(text, language)


def test_drones_that_only_go_on_with_boats_are_boats() -> None:
    assert ("hit", 3) not in numbers("Sea drones attacked Novorossiysk. Three drones hit a pier.", "en")


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine carried out six drone attacks on Russian energy facilities, the Russian defence ministry said.",
        "The Ukrainian air force counted 15 drone attacks on the Kherson region in a week.",
    ],
)
def test_attacks_are_not_drones(text: str) -> None:
    assert not any(claim.quantity for claim in claims(text, "en"))


def test_who_is_accused_did_it() -> None:
    (told,) = claims("Ukraine accused Russia of having launched 60 drones overnight.", "en")
    assert (told.measure, told.attacker) == ("launched", "RU")


def test_two_towns_with_as_many_injured_are_two() -> None:
    text = (
        "В Шебекино при атаке дрона ранены два человека. Губернатор Вячеслав Гладков сообщил,"
        " что в Грайвороне при атаке беспилотника ранены два человека."
    )
    assert numbers(text, "ru") == [("injured", 2), ("injured", 2)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Air defences shot down 60 drones. In Kherson, shelling killed two people and injured eight others."),
        ("en", "Air defences shot down 60 drones. The death toll of the missile strike on Dnipro has risen to 18."),
        ("en", "Air defences shot down 60 drones. In Izium, one man died and five more were wounded by a missile."),
        ("es", "Fueron derribados 60 drones. En Jersón, la artillería rusa mató a dos personas e hirió a otras ocho."),
    ],
)
def test_people_hurt_by_another_weapon_do_not_go_on_with_the_drones_before(language: str, text: str) -> None:
    assert numbers(text, language) == [("intercepted", 60)]


def test_a_number_beside_the_dead_of_another_weapon_still_goes_on_with_drones_in_its_own_clause() -> None:
    told = numbers("Over Kursk 12 drones were shot down, over Oryol 8, and a missile killed two people.", "en")
    assert told == [("intercepted", 12), ("intercepted", 8)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Drones hit Odesa. In Zaporizhzhia three people were killed. At least five bombs fell on the city."),
        (
            "en",
            "Drones hit Odesa. In Zaporizhzhia three people were killed. They died when guided bombs hit their house.",
        ),
        ("de", "Drohnen trafen Odessa. In Saporischschja starben drei Menschen. Bomben trafen dort ein Wohnhaus."),
        ("ru", "Дроны ударили по Одессе. В Запорожье погибли трое. По городу ударили авиабомбами."),
        ("uk", "Дрони вдарили по Одесі. У Запоріжжі загинули троє. По місту вдарили авіабомбами."),
    ],
)
def test_victims_whose_cause_is_told_behind_them_are_not_those_of_drones(language: str, text: str) -> None:
    assert "killed" not in {claim.measure for claim in claims(text, language)}


@pytest.mark.parametrize(
    "text",
    [
        "Drones hit Odesa. Three people were killed. Bombs also fell on the city.",
        "Drones hit Odesa. In Kherson three people were killed by a drone. Bombs fell on the city, too.",
        "Drones hit Odesa. In Kherson three people were killed. Bombs fell on Izium.",
        "Drones hit Odesa. In Kherson three people were killed. The air force warns of guided bombs.",
    ],
)
def test_another_weapon_told_later_takes_no_victims_of_drones(text: str) -> None:
    assert ("killed", 3) in numbers(text, "en")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Eight drones were downed over Kherson. Russian attacks killed two people there over the past day."),
        ("uk", "Над Херсонщиною збили вісім дронів. За добу внаслідок російських атак загинули двоє людей."),
    ],
)
def test_those_killed_by_all_attacks_of_a_day_are_not_those_of_the_drones_before(language: str, text: str) -> None:
    assert numbers(text, language) == [("intercepted", 8)]


def test_those_killed_by_drones_over_a_day_count() -> None:
    assert ("killed", 2) in numbers("In Kherson, drones killed two people over the past day.", "en")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Drones were seen near Yalta. Strikes on Kherson killed two people. Bombs fell on Kherson, police said.",
        ),
        ("de", "Drohnen flogen nach Jalta. In Cherson starben zwei Menschen. Fünf Gleitbomben trafen Cherson."),
        ("ru", "Дроны летели к Ялте. В Херсоне погибли два человека. По Херсону нанесли удар авиабомбами."),
        ("uk", "Дрони летіли до Ялти. У Херсоні загинули двоє людей. По Херсону вдарили авіабомбами."),
    ],
)
def test_bombs_on_a_place_named_again_killed_its_victims(language: str, text: str) -> None:
    assert not {claim.measure for claim in claims(text, language)} & {"killed", "injured"}


def test_bombs_on_what_drones_struck_take_no_victims_from_them() -> None:
    text = "Drones hit Kherson. In Kherson, two people were killed. Bombs fell on Kherson later."
    assert ("killed", 2) in numbers(text, "en")
