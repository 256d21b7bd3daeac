"""Numbers beside drones that are no news of an attack, and the news beside them that still counts."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims
from worker.extract import extract
from worker.model import Article


def told(text: str, language: str) -> list[tuple[str, int]]:
    """List (measure, least number) of what a text claims to have happened."""
    found = claims(text, language)
    return [
        (c.measure, c.quantity.low) for c in found if c.quantity is not None and c.status not in ("planned", "negated")
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("On average Russia launched 160 drones at Ukraine in March.", "en"),
        ("Russia launches 160 drones a day at Ukraine.", "en"),
        ("Im Schnitt startete Russland 160 Drohnen gegen die Ukraine.", "de"),
        ("Россия запускает по Украине 160 «Гераней» в сутки.", "ru"),
        ("Росія запускає по Україні 160 «шахедів» на добу.", "uk"),
        ("A court in Kyiv jailed an officer whose 11 drones struck Kherson; three people died.", "en"),
        ("Заочно к 20 годам приговорён командир, чьи 11 беспилотников атаковали Курск.", "ru"),
        ("На навчаннях у Рівненській області збили 9 умовних «шахедів».", "uk"),
        ("Wenn Russland 2.000 Drohnen in einer Nacht schickt, reicht die Abwehr nicht.", "de"),
        ("Якщо Росія запустить 1000 «шахедів» за ніч, ППО не впорається.", "uk"),
        ("Ukraine shoots down nine of ten drones, he said.", "en"),
        ("They bring down two of every five Shaheds.", "en"),
        ("Kuwait said it shot down 14 Iranian drones and that two workers were injured.", "en"),
        ("Катар сбил 11 иранских беспилотников, ранены 16 человек.", "ru"),
        ("Der Generalstab zählte 177 Gefechte, 62 Luftschläge und 905 Kamikazedrohnen.", "de"),
        ("Пилоты за ночь поразили 1840 целей, среди них 412 дронов «Баба-яга».", "ru"),
    ],
)
def test_what_is_no_news_of_an_attack_counts_nothing(text: str, language: str) -> None:
    assert told(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Russia launched 5,100 drones in December, an average of 165 a day.", "en", [("launched", 5100)]),
        ("A day after the talks, Russia launched 120 drones at Ukraine overnight.", "en", [("launched", 120)]),
        ("A drone hit a court in Kherson, two people were injured.", "en", [("hit", 1), ("injured", 2)]),
        (
            "Am Tag nach der Rede schoss die Ukraine 40 von 52 Drohnen ab.",
            "de",
            [("intercepted", 40), ("launched", 52)],
        ),
        (
            "Из 40 украинских беспилотников 12 сбиты над Курской областью.",
            "ru",
            [("launched", 40), ("intercepted", 12)],
        ),
    ],
)
def test_news_beside_such_words_still_counts(text: str, language: str, expected: list[tuple[str, int]]) -> None:
    assert sorted(told(text, language)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A blast at a plant in Kopeysk killed 12 workers. There had been no drone attack, the governor said.", "en"),
        ("Bei einem Unfall in Woronesch starben zwei Menschen. Eine Drohne schlossen die Behörden aus.", "de"),
        ("В Твери взорвался газ, погибли трое. Беспилотников в небе не было.", "ru"),
        ("У Полтаві вибухнув газ, загинуло двоє. Дрони тут ні до чого, їх не було.", "uk"),
        ("A bus crashed near Lviv and 14 people were injured. Police filmed the scene with a drone.", "en"),
    ],
)
def test_victims_are_not_those_of_drones_that_are_denied_or_only_film(text: str, language: str) -> None:
    assert told(text, language) == []


def test_a_sentence_that_calls_the_one_before_it_wrong_takes_its_numbers_back() -> None:
    text = "In der Nacht habe Russland 900 Drohnen gestartet. Das ist falsch. Die Luftwaffe meldete 203 Drohnen."
    assert told(text, "de") == [("launched", 203)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("За ночь ПВО уничтожила58 украинских БПЛА", [58]),
        ("За ночь ПВО уничтожила 58БПЛА", [58]),
        ("За ночь уничтожены БПЛА:\n19-над Брянской областью\n12-над Курской областью", [12, 19]),
    ],
)
def test_numbers_written_together_with_a_word_are_read(text: str, expected: list[int]) -> None:
    assert sorted(number for _, number in told(text, "ru")) == expected


def test_the_bar_of_a_table_joins_a_number_to_its_name_and_a_line_about_missiles_counts_no_drones() -> None:
    body = "Shahed drones over Ukraine\nShahed drones shot down | 104\nIskander-M: launched 2, downed 1"
    article = Article(id="table", body=body, language="en")
    assert [c.quantity.low for c in extract(article).claims if c.quantity is not None] == [104]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Russia launched 88 drones. Almost all of them, officials said, were shot down.", "en", [("launched", 88)]),
        ("Russia launched 30 drones. All of them, officials said, were shot down.", "en", [("intercepted", 30)]),
        ("Russia launched 30 drones. All of them allegedly hit targets.", "en", [("launched", 30)]),
        (
            "Russia launched 30 drones. All, the army says, hit their targets or were shot down.",
            "en",
            [("launched", 30)],
        ),
        ("Россия запустила 88 дронов. Практически все, сообщили военные, были сбиты.", "ru", [("launched", 88)]),
        (
            "Rusia lanzó 88 drones contra Kiev. Todos ellos, salvo unos pocos, fueron derribados.",
            "es",
            [("launched", 88)],
        ),
        ("Росія запустила 88 дронів. Усі вони, окрім трьох, були збиті.", "uk", [("intercepted", 85)]),
        (
            "Russland startete 88 Drohnen. Alle, bis auf einige über Charkiw, wurden abgeschossen.",
            "de",
            [("launched", 88)],
        ),
    ],
)
def test_all_of_them_is_believed_without_a_hedge_or_an_exception(
    text: str, language: str, expected: list[tuple[str, int]]
) -> None:
    found = told(text, language)
    assert [one for one in found if one[0] == expected[0][0]] == expected
    assert {measure for measure, _ in found} <= {"launched", "attack", expected[0][0]}


@pytest.mark.parametrize(
    ("text", "language", "hurt"),
    [
        ("Дрон атаковал Белгород, рассказал мужчина. Он сообщил, что пострадавших госпитализировали.", "ru", 0),
        ("Дрон влучив у клініку в Харкові, розповіла лікарка. Вона лікує поранених.", "uk", 0),
        ("Дрон влучив у дім у Харкові, там була жінка. Вона сказала, що постраждав її будинок.", "uk", 0),
        ("Дрон атаковал машину в Белгороде, в ней был мужчина. От госпитализации он отказался.", "ru", 0),
        ("Російський дрон атакував чоловіка в Херсоні. Його госпіталізували.", "uk", 1),
        ("Дрон атаковал Белгород, ранен мужчина с сыном. Сын не пострадал.", "ru", 1),
        ("Дрон атаковал Белгород, ранены бабушка с внуком.", "ru", 2),
        ("Дрон атакував Херсон. Чи є постраждалий, уточнюється.", "uk", 0),
        ("Дрон атакував Херсон. Є постраждалий від вибуху автомобіль.", "uk", 0),
        ("Дрон атакував Херсон. Є постраждалий.", "uk", 1),
        ("Над Белгородом сбиты восемь дронов, над Курском шесть и в Шебекино два человека ранены.", "ru", 2),
    ],
)
def test_who_tells_of_the_injured_or_goes_with_them_is_not_one_of_them(text: str, language: str, hurt: int) -> None:
    assert [number for measure, number in told(text, language) if measure == "injured"] == ([hurt] if hurt else [])


@pytest.mark.parametrize(
    ("text", "language", "denied"),
    [
        ("Niemand wurde verletzt. Eine Drohne traf ein Haus in Odessa.", "de", True),
        ("In Kiew stürzte ein Kran um, verletzt wurde niemand. Eine Drohne traf Odessa.", "de", False),
        ("У Києві вибухнув газ. Обійшлося без постраждалих. Уночі дрони атакували Одесу.", "uk", False),
        ("В Курской области не было пострадавших от обстрелов. Дроны атаковали Белгород.", "ru", False),
    ],
)
def test_nobody_hurt_by_something_else_is_no_zero_of_drones(text: str, language: str, denied: bool) -> None:
    assert (("injured", 0) in told(text, language)) is denied


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "Eine Drohne traf in der Nacht Charkiw. Nach Angaben von Rettern gab es keine Verletzten.",
            "de",
            [("hit", 1), ("injured", 0)],
        ),
        ("Eine Drohne traf in der Nacht Charkiw. Es gibt keine Berichte von Verletzten.", "de", [("hit", 1)]),
        ("Bei einem Drohnenangriff auf Charkiw wurden drei ukrainische Soldaten getötet.", "de", [("killed", 3)]),
        (
            "Bei einem Drohnenangriff auf Odessa, einer Stadt, die schon durch Raketen litt, starben zwei Menschen und "
            "neun wurden verletzt.",
            "de",
            [("killed", 2), ("injured", 9)],
        ),
        ("Трое ранены в Судже при атаке дрона, трое раненых доставлены в Курск.", "ru", [("injured", 3)]),
        (
            "Over Taganrog two drones were shot down, and two were destroyed over Azov.",
            "en",
            [("intercepted", 2), ("intercepted", 2)],
        ),
    ],
)
def test_what_stands_nearby_takes_no_number_away(text: str, language: str, expected: list[tuple[str, int]]) -> None:
    assert told(text, language) == expected
