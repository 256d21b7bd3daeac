"""Files written from the code are what the code says."""

from __future__ import annotations

import pytest

from tests.deploy.generated import FILES
from tests.docs.pages import ROOT, text_of


@pytest.mark.parametrize("name", FILES)
def test_a_generated_file_is_up_to_date(name: str) -> None:
    assert text_of(ROOT / name) == FILES[name](), "run `make docs`"
