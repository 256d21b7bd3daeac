"""What bulletins in Russian and Ukrainian leave out or say in words, and what other languages share of it."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.extract.texts import claims, numbers


def told(body: str, language: str) -> list[tuple[str, int | None, list[str], str]]:
    return [
        (claim.measure, claim.quantity.low if claim.quantity else None, list(claim.regions), str(claim.status))
        for claim in claims(body, language)
    ]


def ends(body: str, language: str) -> list[datetime | None]:
    return [claim.period.end if claim.period else None for claim in claims(body, language)]


@pytest.mark.parametrize(
    ("language", "body", "day"),
    [
        ("ru", "Восьмого июня над Тульской областью сбили 72 дрона.", 8),
        ("ru", "В ночь на восьмое июня над Тульской областью сбили 72 дрона.", 8),
        ("ru", "В ночь на восьмое над Тульской областью сбили 72 дрона.", 8),
        ("ru", "В ночь на 8-е над Тульской областью сбили 72 дрона.", 8),
        ("ru", "Двенадцатого июня 2025 года над Тульской областью сбили 72 дрона.", 12),
        ("uk", "У ніч на сьоме над Сумщиною збили 72 дрони.", 7),
        ("uk", "Двадцять п'ятого травня над Сумщиною збили 72 дрони.", 25),
        ("uk", "8-го червня над Сумщиною збили 72 дрони.", 8),
        ("pl", "Dwudziestego pierwszego maja nad obwodem sumskim zestrzelono 72 drony.", 21),
    ],
)
def test_a_day_in_words_is_a_day(language: str, body: str, day: int) -> None:
    assert [end.day if end else None for end in ends(body, language)] == [day]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("ru", "С первого по седьмое июня над Тульской областью сбили 72 дрона."),
        ("ru", "С 1-го по 7-е июня над Тульской областью сбили 72 дрона."),
    ],
)
def test_two_days_in_words_are_a_stretch(language: str, body: str) -> None:
    assert [status for *_, status in told(body, language)] == ["cumulative"]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("ru", "В дом попал второй дрон, июньская ночь была тяжелой, сбиты 72 дрона."),
        ("ru", "В ночь на первое наступление сбили 72 дрона."),
    ],
)
def test_an_ordinal_without_a_month_is_no_day(language: str, body: str) -> None:
    assert [end.day if end else None for end in ends(body, language)][-1] == 18


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("ru", "Ночью над Курском сбиты 20 дронов. В начале мая губернатор сообщал о 35 сбитых за день дронах."),
        ("ru", "Ночью над Курской областью сбиты 20 дронов. В апреле за одну ночь над ней сбили 35 БПЛА."),
        ("ru", "Ночью над Курской областью сбиты 20 дронов. Это меньше, чем накануне, когда уничтожили 35."),
        ("uk", "Уночі над Сумщиною збили 20 дронів. Це менше, ніж напередодні, коли знищили 35."),
        ("uk", "За ніч збито 20 дронів. Від початку місяця найбільше – в ніч на сьоме, коли їх збили 35."),
        (
            "en",
            "Overnight 20 Ukrainian drones were shot down over Tula region, fewer than the day before, when 35 were.",
        ),
    ],
)  # fmt: skip
def test_one_night_of_a_time_that_is_over_is_a_memory(language: str, body: str) -> None:
    found = {low: status for _, low, _, status in told(body, language)}
    assert found[20] == "current"
    assert found.get(35, "historic") == "historic"


def test_what_was_hurt_then_is_of_the_day_told_before_the_semicolon() -> None:
    body = (
        "Ночью ПВО сбила 12 БПЛА над Воронежской областью. "
        "Днем ранее, во вторник, в Лисках обломки дрона повредили дома; тогда погиб один человек."
    )
    assert ("killed", 1, ["RU-VOR"], "historic") in told(body, "ru")


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("ru", "Дрон ударил по автобусу в Белгороде. Сначала говорили о двух раненых, к вечеру их стало пятеро."),
        ("ru", "Дрон ударил по автобусу в Белгороде. Первоначально писали о двух раненых, к полудню их стало пятеро."),
        ("ru", "Дрон ударил по автобусу в Белгороде. Пострадали двое. Теперь их пятеро, сообщил мэр."),
        ("uk", "Дрон ударив по автобусу в Сумах. Спершу мер казав про двох поранених, до обіду їх стало п'ятеро."),
    ],
)
def test_how_many_they_have_become_is_the_number_of_now(language: str, body: str) -> None:
    assert [status for measure, low, _, status in told(body, language) if low == 5 and measure == "injured"] == [
        "current"
    ]


@pytest.mark.parametrize(
    ("language", "body", "regions"),
    [
        ("ru", "Восемь беспилотников военные насчитали над Брянской областью.", ["RU-BRY"]),
        ("ru", "Отдельно ведомство упомянуло Азовское море, где сбиты восемь дронов.", ["SEA-AZOV"]),
        ("uk", "Під Києвом збито вісім «шахедів».", ["UA-32"]),
        ("ru", "Под Москвой сбиты восемь беспилотников.", ["RU-MOS"]),
        ("ru", "Под Москвой сбиты восемь беспилотников, сообщил Собянин.", ["RU-MOW"]),
        ("uk", "Над Києвом збито вісім «шахедів».", ["UA-30"]),
        ("ru", "Под Белгородом сбиты восемь беспилотников.", ["RU-BEL"]),
    ],
)
def test_where_eight_were(language: str, body: str, regions: list[str]) -> None:
    assert [regions for _, low, regions, _ in told(body, language) if low == 8] == [regions]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("ru", "Пять БПЛА сбиты над Воронежской областью, еще три подавлены средствами РЭБ."),
        ("uk", "Над Воронезькою областю збили п'ять БпЛА, ще три подавили РЕБ."),
        ("en", "Five drones were shot down over Voronezh region, three more were jammed."),
    ],
)
def test_others_that_fared_otherwise_were_there_too(language: str, body: str) -> None:
    assert [found[1:3] for found in told(body, language)] == [(5, ["RU-VOR"]), (3, ["RU-VOR"])]


def test_others_of_another_time_are_not_of_that_place() -> None:
    body = "За ночь сбиты 30 дронов. Пять БПЛА сбиты над Воронежской областью, еще три уничтожены утром."
    assert ("intercepted", 3, [], "current") in told(body, "ru")


def test_an_entry_of_a_live_page_ends_with_the_next_one() -> None:
    body = (
        "Дрони атакували.\n\n16:40. Суми. Збито 19 БпЛА.\n\n"
        "09:30. За ніч знищено 59 дронів, повідомили Повітряні сили.\n\n08:00. Харків. Поранено двох."
    )
    assert [found[1:3] for found in told(body, "uk")] == [(19, ["UA-59"]), (59, []), (2, ["UA-63"])]


def test_a_heading_lasts_over_the_entries_below_it() -> None:
    body = "Курская область\n\n16:40. Сбиты 19 БПЛА.\n\n09:30. Дрон ранил двоих."
    assert [regions for _, low, regions, _ in told(body, "ru") if low in (19, 2)] == [["RU-KRS"], ["RU-KRS"]]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("ru", "За ночь сбиты 40 украинских дронов: девять – над Брянской областью, столько же – над Крымом."),
        ("uk", "За ніч збито 40 українських дронів: дев'ять – над Брянською областю, стільки ж – над Кримом."),
        ("pl", "W nocy zestrzelono 40 ukraińskich dronów, dziewięć nad obwodem briańskim i tyle samo nad Krymem."),
        ("de", "Nachts wurden 40 ukrainische Drohnen abgeschossen, neun über Brjansk, ebenso viele über der Krim."),
        ("en", "Overnight 40 Ukrainian drones were downed, nine over Bryansk region and the same number over Crimea."),
        ("es", "Por la noche fueron derribados 40 drones ucranianos, nueve sobre Briansk y otros tantos sobre Crimea."),
    ],
)  # fmt: skip
def test_as_many_over_another_place_are_counted_there(language: str, body: str) -> None:
    assert [found[1:3] for found in told(body, language)] == [(40, []), (9, ["RU-BRY"]), (9, ["UA-43"])]


def test_as_many_over_several_places_are_so_many_over_each() -> None:
    body = "Над Калужской областью сбиты четыре дрона, столько же – над Тульской и Орловской."
    assert [(claim.regions, claim.scope) for claim in claims(body, "ru")][1:] == [(("RU-ORL", "RU-TUL"), "each")]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("ru", "Ночью сбиты 40 дронов, столько же, сколько накануне над Брянской областью."),
        ("uk", "За ніч збито 40 дронів, стільки ж дронів було над Сумщиною торік."),
        ("ru", "Дроны повредили в Белгороде 40 домов, столько же – в Шебекино."),
    ],
)
def test_as_many_as_before_or_of_other_things_is_no_number(language: str, body: str) -> None:
    assert len([low for _, low in numbers(body, language) if low == 40]) <= 1


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("ru", "Дроны атаковали порт в Севастополе. В ходе атаки никто не пострадал."),
        ("ru", "Дроны атаковали порт в Севастополе. При отражении атаки никто не пострадал, сообщил губернатор."),
    ],
)
def test_nobody_hurt_in_an_attack_is_a_zero(language: str, body: str) -> None:
    assert ("injured", 0) in numbers(body, language)


def test_a_house_that_was_not_hurt_is_no_zero() -> None:
    assert ("injured", 0) not in numbers("Дроны атаковали Севастополь. Дома не пострадали.", "ru")


@pytest.mark.parametrize(
    ("language", "body", "measure", "number"),
    [
        ("ru", "Дрон атаковал мужчину в Шебекино, у него осколочные ранения ног.", "injured", 1),
        ("ru", "Дрон атаковал водителя в Шебекино, его госпитализировали.", "injured", 1),
        ("ru", "Под удар дрона в Шебекино попали двое рабочих, оба госпитализированы.", "injured", 2),
        ("uk", "Під атаку дрона в Херсоні потрапили двоє перехожих, вони в лікарні.", "injured", 2),
        ("uk", "У Херсоні дрон скинув вибухівку на жінку, у неї контузія.", "injured", 1),
        ("uk", "Дрони вдарили по Харкову. Уламками вбило чоловіка з чотирирічним сином.", "killed", 2),
        ("uk", "Дрони вдарили по Харкову, поранені бабуся з онуком.", "injured", 2),
        ("ru", "Дрон ударил по селу в Курской области. Не стало 40-летнего мужчины.", "killed", 1),
        ("uk", "Унаслідок атаки дрона на Суми не стало двох жінок.", "killed", 2),
        ("ru", "Дрон атаковал троих рабочих в Шебекино, двое из них ранены.", "injured", 2),
        ("uk", "Дрон атакував трьох рибалок у Херсоні, двоє з них загинули.", "killed", 2),
        ("en", "A drone attacked three workers in Shebekino, two of them were wounded.", "injured", 2),
        ("de", "Eine Drohne griff in Cherson drei Arbeiter an, zwei von ihnen starben.", "killed", 2),
    ],
)
def test_how_those_fared_whom_a_drone_met(language: str, body: str, measure: str, number: int) -> None:
    hurt = [found for found in numbers(body, language) if found[0] in ("killed", "injured")]
    assert hurt == [(measure, number)]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("ru", "Дрон атаковал водителя в Шебекино, его машина пострадала."),
        ("ru", "Дроны атаковали Белгород, губернатор рассказал об атаке, он посетил больницу."),
        ("uk", "Дрони атакували Суми, лікар розповів, що він рятував поранених."),
        ("ru", "После атаки дронов на Орел не стало света в трех домах."),
        ("ru", "Не стало исключением и село Головчино: его атаковали дроны."),
    ],
)
def test_nobody_is_told_to_be_hurt(language: str, body: str) -> None:
    assert [found for found in numbers(body, language) if found[0] in ("killed", "injured") and found[1]] == []


def test_seven_of_whom_two_are_children_are_seven() -> None:
    assert ("injured", 7) in numbers("Семь человек, двое из них дети, пострадали при ударе дрона по Курску.", "ru")


def test_another_official_reports_of_so_many() -> None:
    body = "Губернатор Клычков: за ночь сбиты пять БПЛА. Его смоленский коллега Анохин отчитался о восьми."
    assert ("intercepted", 8, ["RU-SMO"], "current") in told(body, "ru")


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("uk", "Учора над Сумщиною збили два дрони. Цієї ночі – 19."),
        ("de", "Am Montag wurden 40 ukrainische Drohnen abgeschossen. In der Nacht zum Dienstag: 19."),
    ],
)
def test_a_time_and_a_number_go_on_with_the_drones(language: str, body: str) -> None:
    assert ("intercepted", 19) in numbers(body, language)


def test_a_time_and_a_date_are_no_number() -> None:
    assert numbers("Вчера над Сумами сбили два дрона. Сегодня – 5 июня.", "ru") == [("intercepted", 2)]


def test_those_that_made_it_to_their_targets_hit() -> None:
    assert ("hit", 6) in numbers("Из 88 запущенных по Украине дронов до целей добрались лишь шесть.", "ru")
