"""Generated tables in the pages are those of the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, name_of, text_of
from tests.docs.tables import TABLES, filled


@pytest.mark.parametrize("page", [page for page in PAGES if "<!-- table: " in text_of(page)], ids=name_of)
def test_the_tables_of_a_page_are_up_to_date(page: Path) -> None:
    assert filled(text_of(page)) == text_of(page), "run `make docs`"


def test_every_table_stands_somewhere() -> None:
    everything = "".join(text_of(page) for page in PAGES)
    assert [name for name in TABLES if f"<!-- table: {name} -->" not in everything] == []


def test_an_unknown_table_is_an_error() -> None:
    with pytest.raises(KeyError):
        filled("<!-- table: nothing -->\n<!-- end -->")


@pytest.mark.parametrize("name", ["consume.py", "consume.sh", "Consume.java"])
def test_a_consumer_takes_ten_lines(name: str) -> None:
    """Not counted: blank lines, comments, what is imported, brackets that only close."""
    lines = [line.strip() for line in text_of(ROOT / "examples" / name).splitlines()]
    counted = [line for line in lines if line.strip("})") and not line.startswith(("#", "//", "import ", "from "))]
    assert 1 <= len(counted) <= 10
