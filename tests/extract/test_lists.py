"""A list under one verb, heading or sentence tells that of every line, whatever its layout."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.extract import extract
from worker.model import Article

PUBLISHED = datetime(2025, 8, 25, 9, tzinfo=UTC)
# Names as they stand behind "over" or at the head of a line; numbers of one list differ, and 1 is said otherwise.
REGIONS = {
    "en": {"RU-KRS": "Kursk", "RU-BEL": "Belgorod", "RU-BRY": "Bryansk", "RU-VOR": "Voronezh", "RU-TUL": "Tula"},
    "de": {"RU-KRS": "Kursk", "RU-BEL": "Belgorod", "RU-BRY": "Brjansk", "RU-VOR": "Woronesch", "RU-TUL": "Tula"},
    "ru": {"RU-KRS": "Курск", "RU-BEL": "Белгородск", "RU-BRY": "Брянск", "RU-VOR": "Воронежск", "RU-TUL": "Тульск"},
    "uk": {"UA-59": "Сумськ", "UA-74": "Чернігівськ", "UA-32": "Київськ", "UA-53": "Полтавськ", "UA-63": "Харківськ"},
}
LAYOUTS = {
    "en": [
        "The ministry said {t} drones were intercepted during the night, with {a} in {0}, {b} in {1}, and {c} in {2}.",
        "{0} was hit hardest, with {a} drones downed there, followed by {1} with {b} and {2} with {c}.",
        "Overnight count: {t} drones shot down. {0} Oblast: {a}. {1} Oblast: {b}. {2} Oblast: {c}.",
        "Drones shot down overnight, by region\n\n{0} region: {a}\n{1} region: {b}\n{2} region: {c}\n",
        "Air defences shot down {t} drones overnight:\n- {0} region – {a}\n- {1} region – {b}\n- {2} region – {c}",
        "Ukraine attacked Russia with {t} drones overnight, the Defence Ministry said. All were intercepted: "
        "{a} over the {0} region, {b} over the {1} region and {c} over the {2} region.",
        "The {0} region accounted for {a} of the {t} drones downed overnight, the {1} region for {b} and the {2} "
        "region for {c}.",
        "Russia said it downed {t} drones. The largest number, {a}, was over the {0} region; {b} over the {1} region; "
        "{c} over the {2} region.",
        "{t} UAVs were downed overnight: {0} ({a}), {1} ({b}), {2} ({c}).",
    ],
    "de": [
        "Nach Angaben aus Moskau attackierte die Ukraine Russland mit {t} Drohnen. Über {0} seien {a} abgeschossen "
        "worden, über {1} {b}, über {2} {c}.",
        "Abgeschossene Drohnen der vergangenen Nacht:\n• Gebiet {0}: {a}\n• Gebiet {1}: {b}\n• Gebiet {2}: {c}",
        "In der Nacht wurden {t} ukrainische Drohnen abgeschossen. Über dem Gebiet {0} waren es {a}, über {1} {b} und "
        "über {2} {c}.",
        "Russland meldet {t} abgefangene Drohnen. {a} davon entfielen auf die Region {0}, {b} auf {1} und {c} auf {2}.",
        "Die Flugabwehr schoss nachts {t} Drohnen ab. {a} weitere gab es über {0}, {b} über {1} und {c} über {2}.",
        "In der Nacht wurden {t} ukrainische Drohnen über {0} ({a}), {1} ({b}) und {2} ({c}) abgeschossen.",
    ],
    "ru": [
        "Силы ПВО ночью ликвидировали {t} БПЛА: {a} ({0}ая область), {b} ({1}ая область), {c} ({2}ая область).",
        "Больше всего дронов сбили над {0}ой областью ({a}), на втором месте {1}ая – {b}, на третьем {2}ая – {c}.",
        "Дежурными средствами ПВО уничтожены: {a} БПЛА – в {0}ой области, {b} – в {1}ой, {c} – в {2}ой.",
        "Ночью над {0}ой областью уничтожено {a}, {1}ой – {b}, {2}ой – {c} украинских беспилотников.",
        "Сколько дронов сбили над регионами ночью\n\n{0}ая область – {a}\n{1}ая область – {b}\n{2}ая область – {c}\n",
        "Россию ночью атаковали {t} украинских беспилотников. По данным Минобороны, {a} аппаратов – над {0}ой "
        "областью, {b} – над {1}ой, {c} – над {2}ой.",
        "Регионы России подверглись атаке {t} украинских беспилотников. Все они сбиты. {a} – в {0}ой области, {b} – в "
        "{1}ой, {c} – в {2}ой.",
        "За ночь уничтожили {t} украинских беспилотников. Из них:\n▪️ {a} – над {0}ой областью;\n▪️ {b} – над {1}ой "
        "областью;\n▪️ {c} – над {2}ой областью.",
        "За ночь перехватили {t} украинских БПЛА. Больше всего – {a} – над {0}ой областью. Еще {b} над {1}ой и {c} над "
        "{2}ой.",
    ],
    "uk": [
        "Сили оборони збили {t} ворожих дронів: {a} – {0}а область, {b} – {1}а та {c} – {2}а.",
        "Збиті дрони за областями\n\n{0}а область: {a}\n{1}а область: {b}\n{2}а область: {c}\n",
        "За ніч збито {t} ворожих БпЛА. Усі вони знищені: {a} – над {0}ою областю, {b} – над {1}ою, {c} – над {2}ою.",
        "За ніч сили ППО збили {t} «шахедів»:\n- {a} – над {0}ою областю,\n- {b} – над {1}ою,\n- {c} – над {2}ою.",
        "Протиповітряна оборона збила {t} дронів. Найбільше над {0}ою областю – {a}. Над {1}ою – {b}, над {2}ою – {c}.",
    ],
}


@pytest.mark.parametrize(
    ("language", "layout"), [(language, layout) for language, several in LAYOUTS.items() for layout in several]
)
@settings(max_examples=10, deadline=None)
@given(drawn=st.data())
def test_each_line_of_a_list_is_of_what_the_list_tells(language: str, layout: str, drawn: st.DataObject) -> None:
    names = REGIONS[language]
    codes = drawn.draw(st.permutations(sorted(names)))[:3]
    numbers = drawn.draw(st.lists(st.integers(2, 90), min_size=3, max_size=3, unique=True))
    words = {"t": sum(numbers), **dict(zip("abc", numbers, strict=True))}
    text = layout.format(*(names[code] for code in codes), **words)
    title, _, body = text.partition("\n\n") if "\n\n" in text else ("", "", text)
    claims = extract(Article(id="list", title=title, body=body, language=language, published_at=PUBLISHED)).claims
    # The total may be told of all three together, where regional commands count.
    lines = [claim for claim in claims if claim.quantity and claim.regions and set(claim.regions) != set(codes)]
    found = {(claim.regions, claim.quantity.low): claim.measure for claim in lines if claim.quantity}
    assert found == {((code,), number): "intercepted" for code, number in zip(codes, numbers, strict=True)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia launched 24 drones at Ukraine overnight. All of them were shot down."),
        ("de", "Russland griff die Ukraine nachts mit 24 Drohnen an. Alle wurden abgeschossen."),
        ("ru", "Ночью Россия запустила по Украине 24 дрона. Все они сбиты."),
        ("uk", "Уночі ворог атакував 24 дронами. Усі вони збиті."),
    ],
)
def test_all_of_them_are_as_many_as_were_told_of_before(language: str, text: str) -> None:
    found = extract(Article(id="all", body=text, language=language, published_at=PUBLISHED)).claims
    assert [(claim.measure, claim.quantity.low) for claim in found if claim.quantity] == [
        ("launched", 24),
        ("intercepted", 24),
    ]
