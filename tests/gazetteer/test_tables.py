"""The shipped tables: each folder of the lexicon is a language, a new one is tested without a line of code."""

import time
from functools import cache
from pathlib import Path

import pytest

import worker.lexicon
from worker.gazetteer import PlaceForm, name, places, regions

LEXICON = Path(worker.lexicon.__file__).parent
LANGUAGES = sorted(path.parent.name for path in LEXICON.glob("*/places.tsv"))
COUNTED = [code for code, region in regions().items() if region.kind not in ("country", "sea")]

# The head words and titles that a region's full name is made of; the rest of the name must be in the table.
HEADS = {
    "en": {"Oblast", "Krai", "Republic", "Autonomous Okrug"},
    "de": {"Oblast", "Region", "Republik", "Autonomer Kreis der"},
    "uk": {"область", "край", "автономний округ", "Республіка", "автономна область"},
    "ru": {"область", "край", "автономный округ", "Республика", "автономная область"},
}
# Genitive and locative of what is not an adjective with a head word; hand-written, apart from how the table was made.
NOUNS = {
    "ru": {
        "UA-30": "Киева Киеве",
        "UA-40": "Севастополя Севастополе",
        "UA-43": "Крыма Крыму",
        "RU-MOW": "Москвы Москве",
        "RU-SPE": "Санкт-Петербурга Санкт-Петербурге",
        "RU-AD": "Адыгеи Адыгее",
        "RU-AL": "Алтая Алтае",
        "RU-BA": "Башкортостана Башкортостане",
        "RU-BU": "Бурятии Бурятии",
        "RU-DA": "Дагестана Дагестане",
        "RU-IN": "Ингушетии Ингушетии",
        "RU-KK": "Хакасии Хакасии",
        "RU-KL": "Калмыкии Калмыкии",
        "RU-KO": "Коми Коми",
        "RU-KR": "Карелии Карелии",
        "RU-ME": "Марий_Эл Марий_Эл",
        "RU-MO": "Мордовии Мордовии",
        "RU-SA": "Якутии Якутии",
        "RU-SE": "Северной_Осетии Северной_Осетии",
        "RU-TA": "Татарстана Татарстане",
        "RU-TY": "Тывы Тыве",
    },
    "uk": {
        "UA-30": "Києва Києві",
        "UA-40": "Севастополя Севастополі",
        "UA-43": "Криму Криму",
        "RU-MOW": "Москви Москві",
        "RU-SPE": "Санкт-Петербурга Санкт-Петербурзі",
        "RU-AD": "Адигеї Адигеї",
        "RU-AL": "Алтаю Алтаї",
        "RU-BA": "Башкортостану Башкортостані",
        "RU-BU": "Бурятії Бурятії",
        "RU-DA": "Дагестану Дагестані",
        "RU-IN": "Інгушетії Інгушетії",
        "RU-KK": "Хакасії Хакасії",
        "RU-KL": "Калмикії Калмикії",
        "RU-KO": "Комі Комі",
        "RU-KR": "Карелії Карелії",
        "RU-ME": "Марій_Ел Марій_Ел",
        "RU-MO": "Мордовії Мордовії",
        "RU-SA": "Якутії Якутії",
        "RU-SE": "Північної_Осетії Північній_Осетії",
        "RU-TA": "Татарстану Татарстані",
        "RU-TY": "Тиви Тиві",
    },
}
# Ending of the nominative → (genitive, locative), for adjectives of a feminine, masculine head word.
ENDINGS = {
    "ru": {"ая": ("ой", "ой"), "ий": ("ого", "ом")},
    "uk": {"а": ("ої", "ій"), "ий": ("ого", "ому")},
}


@cache
def forms(language: str) -> dict[str, PlaceForm]:
    return {place.form: place for place in places(LEXICON / language / "places.tsv")}


def beside_head(language: str, form: str) -> tuple[str, ...]:
    return forms(language)[form].region


def test_the_languages_of_the_first_release_are_there() -> None:
    assert {"de", "en", "ru", "uk"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_region_sea_and_country_is_nameable(language: str) -> None:
    named = {code for place in forms(language).values() for code in (*place.alone, *place.region)}
    assert set(regions()) <= named


@pytest.mark.parametrize("language", sorted(HEADS))
@pytest.mark.parametrize("code", COUNTED)
def test_the_display_name_of_a_region_is_found_in_its_language(language: str, code: str) -> None:
    label = full = name(code, language)
    for head in HEADS[language]:
        label = label.removesuffix(f" {head}").removeprefix(f"{head} ")
    candidates = [full, label, label.split(" (")[0], label.replace(" – ", "–").split("–")[0], label.split(" ")[-1]]
    found = [forms(language)[form] for form in candidates if form in forms(language)]
    assert found, label
    assert code in found[0].region + found[0].alone


@pytest.mark.parametrize("language", sorted(ENDINGS))
@pytest.mark.parametrize("code", COUNTED)
def test_every_region_is_nameable_in_genitive_and_locative(language: str, code: str) -> None:
    nouns = NOUNS[language].get(code)
    if nouns is not None:
        for form in nouns.split():
            assert code in forms(language)[form.replace("_", " ")].alone, form
        return
    adjective = name(code, language).split(" ")[0]
    for ending, cases in ENDINGS[language].items():
        if adjective.endswith(ending):
            stem = adjective.removesuffix(ending)
            for case in cases:
                assert beside_head(language, stem + case) == (code,), stem + case
            return
    pytest.fail(f"{adjective}: neither a noun of the list nor an adjective")


@pytest.mark.parametrize(
    ("language", "form", "alone", "region"),
    [
        ("en", "Kursk", "RU-KRS", "RU-KRS"),
        ("en", "Moscow", "RU-MOW", "RU-MOS"),
        ("en", "Kyiv", "UA-30", "UA-32"),
        ("en", "St. Petersburg", "RU-SPE", "RU-LEN"),
        ("en", "Leningrad", "", "RU-LEN"),
        ("en", "Crimea", "UA-43", "UA-43"),
        ("en", "Dnipropetrovsk", "UA-12", "UA-12"),
        ("en", "Donbas", "UA-09 UA-14", "UA-09 UA-14"),
        ("en", "Black Sea", "SEA-BLACK", ""),
        ("en", "Synelnykivskyi", "", "UA-12"),
        ("de", "Kiews", "UA-30", "UA-32"),
        ("de", "Charkiwer", "", "UA-63"),
        ("de", "Moskauer", "", "RU-MOS"),
        ("de", "Lemberg", "UA-46", "UA-46"),
        ("de", "Saporischschja", "UA-23", "UA-23"),
        ("de", "Asowschen Meer", "SEA-AZOV", ""),
        ("uk", "Харкові", "UA-63", "UA-63"),
        ("uk", "Кривому Розі", "UA-12", "UA-12"),
        ("uk", "Дніпропетровщині", "UA-12", "UA-12"),
        ("uk", "Синельниківському", "", "UA-12"),
        ("uk", "Куп'янську", "UA-63", "UA-63"),
        ("uk", "Чорним морем", "SEA-BLACK", ""),
        ("uk", "Голосіївському", "", "UA-30"),
        ("ru", "Курской", "", "RU-KRS"),
        ("ru", "Курском", "RU-KRS", "RU-KRS"),
        ("ru", "Чёрного моря", "SEA-BLACK", ""),
        ("ru", "Черного моря", "SEA-BLACK", ""),
        ("ru", "Азовского и Чёрного морей", "SEA-AZOV SEA-BLACK", ""),
        ("ru", "Усть-Луге", "RU-LEN", "RU-LEN"),
        ("ru", "Ростове-на-Дону", "RU-ROS", "RU-ROS"),
        ("ru", "Подмосковьем", "RU-MOS", "RU-MOS"),
        ("ru", "Еврейской автономной", "", "RU-YEV"),
        ("ru", "ДНР", "UA-14", "UA-14"),
    ],
)
def test_a_form_means_its_region(language: str, form: str, alone: str, region: str) -> None:
    place = forms(language)[form]
    assert " ".join(place.alone) == alone
    assert " ".join(place.region) == region


def _reported() -> list[dict[str, str]]:
    """Places that reports of attacks name, by the languages in which somebody has written them down."""
    head, *lines = (Path(__file__).parent / "reported.tsv").read_text(encoding="utf-8").splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]


@pytest.mark.parametrize("language", ["de", "en", "es", "ru", "uk"])
def test_places_that_are_reported_are_known(language: str) -> None:
    named = [row for row in _reported() if row[language]]
    assert len(named) >= (800 if language == "ru" else 100)
    unknown = [row for row in named if row[language] not in forms(language)]
    assert not unknown
    wrong = [row for row in named if row["region"] not in forms(language)[row[language]].alone]
    assert not wrong


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Altai Orel Vladimir Kirov Bar Azov Gagarin Suvorov"),
        ("de", "Adler Orel Wladimir Bar Engels"),
        ("uk", "Рівне Суми Сум Орел Шахти Лиман Бар Володимир Мені Хмельницького Чорноморська"),
        ("ru", "Орёл Орел Орлом Шахты Лиман Бар Ровно Владимира Иванова Пушкина Балтийском Азов Ростов=0 Сумы=0"),
    ],
)
def test_ordinary_words_and_persons_need_support(language: str, words: str) -> None:
    for word in words.split():
        form, _, free = word.partition("=")
        assert forms(language)[form].needs_head is not bool(free), form


@pytest.mark.parametrize(
    ("language", "form"),
    [("uk", "Київському"), ("uk", "Приморському"), ("ru", "Московский"), ("ru", "Киевского"), ("en", "Kyivskyi")],
)
def test_districts_called_after_another_region_are_marked(language: str, form: str) -> None:
    assert forms(language)[form].region_only


@pytest.mark.parametrize(
    ("language", "absent"),
    [
        ("uk", "Щастя Долина Українка Перемога"),  # happiness, valley, a Ukrainian woman, victory
        ("ru", "Счастье Свободный Мирный Победа"),
        ("en", "Black Donetskaya Victory Bug"),
        ("de", "Kamen Halle Essen Schwarz"),
    ],
)
def test_words_too_common_to_be_places_are_left_out(language: str, absent: str) -> None:
    assert not set(absent.split()) & set(forms(language))


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_the_black_sea_fleet_is_not_in_crimea(language: str) -> None:
    form = {"uk": "Чорноморського", "ru": "Черноморского"}[language]
    assert forms(language)[form].alone == ()


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_tables_hold_no_letter_of_another_alphabet(language: str) -> None:
    for form in forms(language):
        assert not any("a" <= letter.lower() <= "z" for letter in form), form


@pytest.mark.parametrize(("language", "letters"), [("uk", "ыэёъ"), ("ru", "іїєґ'")])
def test_tables_hold_no_letter_of_the_sister_language(language: str, letters: str) -> None:
    for form in forms(language):
        assert not set(letters) & set(form.lower()), form


def test_a_form_with_ё_is_also_there_with_е() -> None:
    for form, place in forms("ru").items():
        if "ё" in form:
            plain = forms("ru")[form.replace("ё", "е")]
            assert (plain.alone, plain.region) == (place.alone, place.region), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_capital_that_rules_is_marked_as_a_government(language: str) -> None:
    ruling = [place for place in forms(language).values() if place.government]
    assert {code for place in ruling for code in place.alone} == {"UA-30", "RU-MOW"}


def test_all_tables_load_quickly() -> None:
    """A worker starts with them; the bound is several times what a slow core needs."""
    started = time.process_time()
    for language in LANGUAGES:
        places(LEXICON / language / "places.tsv")
    assert time.process_time() - started < 0.5
