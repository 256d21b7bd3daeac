from collections.abc import Mapping
from pathlib import Path

import pytest

from worker.gazetteer import NAME_LANGUAGES, TableError, country_of, name, regions
from worker.gazetteer.region import COLUMNS, read_regions

# ISO 3166-2:UA and ISO 3166-2:RU, written out so that a lost or mistyped row is noticed.
UKRAINE = "05 07 09 12 14 18 21 23 26 30 32 35 40 43 46 48 51 53 56 59 61 63 65 68 71 74 77"
RUSSIA = (
    "AD AL ALT AMU ARK AST BA BEL BRY BU CE CHE CHU CU DA IN IRK IVA KAM KB KC KDA KEM KGD KGN KHA KHM KIR KK KL KLU "
    "KO KOS KR KRS KYA LEN LIP MAG ME MO MOS MOW MUR NEN NGR NIZ NVS OMS ORE ORL PER PNZ PRI PSK ROS RYA SA SAK SAM "
    "SAR SE SMO SPE STA SVE TA TAM TOM TUL TVE TY TYU UD ULY VGG VLA VLG VOR YAN YAR YEV ZAB"
)
NEIGHBOURS = {"PL", "RO", "MD", "BY", "LT", "LV", "EE", "FI", "HU", "SK", "BG", "TR", "KZ"}


def test_every_iso_code_of_both_countries_is_there() -> None:
    ukraine = {f"UA-{part}" for part in UKRAINE.split()}
    russia = {f"RU-{part}" for part in RUSSIA.split()}
    assert (len(ukraine), len(russia)) == (27, 83)
    assert {code for code in regions() if code.startswith("UA-")} == ukraine
    assert {code for code in regions() if code.startswith("RU-")} == russia


def test_the_seas_and_the_countries_are_there() -> None:
    assert {"SEA-BLACK", "SEA-AZOV", "UA", "RU"} | NEIGHBOURS <= set(regions())


@pytest.mark.parametrize("language", NAME_LANGUAGES)
def test_names_are_unique_in_each_language(language: str) -> None:
    names = [region.names[language] for region in regions().values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_cyrillic_names_hold_no_latin_letter(language: str) -> None:
    for region in regions().values():
        assert not any("a" <= letter.lower() <= "z" for letter in region.names[language]), region.code


@pytest.mark.parametrize("letters", ["ыэёъ", "іїєґ"])
def test_no_name_is_in_the_other_language(letters: str) -> None:
    language = "uk" if letters == "ыэёъ" else "ru"
    for region in regions().values():
        assert not set(letters) & set(region.names[language].lower()), region.code


def test_names_that_common_sources_have_wrong() -> None:
    assert name("RU-KYA", "uk") == "Красноярський край"
    assert name("RU-SA", "uk") == "Республіка Саха (Якутія)"
    assert name("UA-32", "en") == "Kyiv Oblast"
    assert name("UA-30", "en") == "Kyiv"


def test_every_region_lies_in_its_part_of_the_world() -> None:
    for region in regions().values():
        if region.country == "UA":
            assert 44 <= region.latitude <= 53, region.code
            assert 22 <= region.longitude <= 41, region.code
        if region.country == "RU":
            assert 41 <= region.latitude <= 75, region.code
            assert 19 <= region.longitude <= 180, region.code


def test_name_falls_back_to_english_then_to_the_code() -> None:
    assert name("RU-KRS") == "Kursk Oblast"
    assert name("RU-KRS", "de") == "Oblast Kursk"
    assert name("RU-KRS", "pl") == "Kursk Oblast"
    assert name("XX-1", "de") == "XX-1"


def test_country_of_follows_international_law_not_control() -> None:
    assert country_of("UA-43") == "UA"
    assert country_of("UA-40") == "UA"
    assert country_of("RU-MOW") == "RU"
    assert country_of("SEA-AZOV") == "SEA"
    assert country_of("RU") == "RU"
    assert country_of("DE-BY") == "DE"


def test_the_table_cannot_be_changed() -> None:
    found: Mapping[str, object] = regions()
    with pytest.raises(TypeError):
        found["UA"] = None  # type: ignore[index]


GOOD = "UA-63\tUA\toblast\tKharkiv Oblast\tOblast Charkiw\tХарківська область\tХарьковская область\t49.83\t36.38"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (GOOD, "UA-63 appears twice"),
        (GOOD.replace("UA-63", "UA-64"), "'Kharkiv Oblast' names both UA-63 and UA-64 in en"),
        ("UA-05\tUA\tstate\ta\tb\tc\td\t1\t1", "unknown kind 'state'"),
        ("RU-05\tUA\toblast\ta\tb\tc\td\t1\t1", "RU-05 does not belong to UA"),
        ("UA-05\tUA\toblast\ta\t\tc\td\t1\t1", "UA-05 has no name in de"),
        ("UA-05\tUA\toblast\ta\tb\tc\td\tnorth\t1", "'north' is not a number of degrees"),
        ("UA-05\tUA\toblast\ta\tb\tc\td\t91\t1", "91 is outside -90..90 degrees"),
        ("UA-05\tUA\toblast\ta\tb\tc\td\tnan\t1", "nan is outside"),
        ("UA-05\tUA\toblast", "9 fields expected, 3 found"),
    ],
)
def test_a_wrong_row_is_refused_with_file_and_line(tmp_path: Path, row: str, reason: str) -> None:
    table = tmp_path / "regions.tsv"
    table.write_text("\n".join(["\t".join(COLUMNS), GOOD, row, ""]), encoding="utf-8")
    with pytest.raises(TableError) as caught:
        read_regions(table)
    assert str(caught.value).startswith(f"{table}:3: ")
    assert reason in str(caught.value)
