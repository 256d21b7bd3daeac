from pathlib import Path

import pytest

from worker.gazetteer import MARKS, TableError, places

HEADER = "form\tkind\talone\tregion\tnote"


def table(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "places.tsv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def test_a_row_is_read_into_its_parts(tmp_path: Path) -> None:
    (kyiv, odd, suma) = places(
        table(
            tmp_path,
            "Kyiv\tname\tUA-30\tUA-32\tgovernment",
            "Odd\tname\tUA-09,UA-14\t-\tneeds-head government: a remark: with a colon",
            "Сумської\tadjective\t-\tUA-59\t",
        )
    )
    assert (kyiv.form, kyiv.kind, kyiv.alone, kyiv.region) == ("Kyiv", "name", ("UA-30",), ("UA-32",))
    assert kyiv.government
    assert not kyiv.needs_head
    assert odd.alone == ("UA-09", "UA-14")
    assert odd.region == ()
    assert odd.marks == {"needs-head", "government"}
    assert odd.remark == "a remark: with a colon"
    assert (suma.kind, suma.alone, suma.region) == ("adjective", (), ("UA-59",))
    assert not suma.marks
    assert not suma.region_only


def test_an_adjective_may_be_small_where_its_language_writes_it_so(tmp_path: Path) -> None:
    (form,) = places(table(tmp_path, "kurskim\tadjective\t-\tRU-KRS\t"))
    assert (form.form, form.region) == ("kurskim", ("RU-KRS",))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Kyiv\tname\tUA-31\t-\t", "unknown region code 'UA-31'"),
        ("Kyiv\tname\tUA-30, UA-32\t-\t", "unknown region code ' UA-32'"),
        ("Kyiv\tname\tUA-32,UA-30\t-\t", "must be sorted and each appear once"),
        ("Kyiv\tname\tUA-30,UA-30\t-\t", "must be sorted and each appear once"),
        ("Kyiv\tnoun\tUA-30\t-\t", "unknown kind 'noun'"),
        ("Kyiv\tname\t-\t-\t", "means no region"),
        ("Kyiv\tadjective\tUA-30\tUA-32\t", "cannot stand alone"),
        ("Kyiv\tname\tUA-30\t-\tsometimes", "unknown mark 'sometimes'"),
        ("Kyiv\tname\tUA-30\t-", "5 fields expected, 4 found"),
        ("Kyiv \tname\tUA-30\t-\t", "blanks around 'Kyiv '"),
        ("Kyiv\u00a0City\tname\tUA-30\t-\t", "other blanks than spaces"),
        ("", "5 fields expected, 1 found"),
        ("сході\tname\tUA-09\t-\t", "must begin with a capital letter"),
        ("\tname\tUA-09\t-\t", "must begin with a capital letter"),
        ("Kup’iansk\tname\tUA-63\t-\t", "plain apostrophe"),
        ("Kryvyi  Rih\tname\tUA-12\t-\t", "single spaces"),
        ("Юи\u0306\tname\tUA-30\t-\t", "not in Unicode normal form C"),
        ("Aaa\tname\tUA-30\t-\t", "'Aaa' must stand before 'Abakan'"),
        ("Abakan\tname\tUA-30\t-\t", "'Abakan' appears twice"),
    ],
)
def test_a_wrong_row_is_refused_with_file_and_line(tmp_path: Path, row: str, reason: str) -> None:
    path = table(tmp_path, "Abakan\tname\tRU-KK\tRU-KK\t", row)
    with pytest.raises(TableError) as caught:
        places(path)
    assert str(caught.value).startswith(f"{path}:3: ")
    assert reason in str(caught.value)


def test_a_wrong_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"places\.tsv:1: the header must be form kind alone region note"):
        places(table(tmp_path, header="form\tkind\tregion\talone\tnote"))


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "places.tsv"
    path.write_bytes(f"{HEADER}\nКиев\tname\tUA-30\t-\t\n".encode("cp1251"))
    with pytest.raises(TableError, match=r"places\.tsv:1: not UTF-8"):
        places(path)


def test_every_mark_says_what_it_asks_of_the_reader() -> None:
    assert set(MARKS) == {"needs-head", "region-only", "government", "held", "taken"}
    assert all(MARKS.values())
