from __future__ import annotations

import pytest

from worker.extract.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Russia launched 52 drones overnight", "en"),
        ("Russland startete 52 Drohnen", "de"),
        ("Сбито 52 дрона", "ru"),
        ("Збито 52 дрони", "uk"),
        ("La Russie a lancé 52 drones", "fr"),
        ("A Rússia lançou 52 drones", "und"),
        ("Русија лансираше 52 дрона", "und"),
        ("La Russia ha lanciato 52 droni", "und"),
        ("Русия изстреля 52 дрона", "bg"),
        ("52", "und"),
    ],
)
def test_a_headline_without_stop_words_is_told_by_its_words_and_never_guessed(text: str, language: str) -> None:
    assert detect(text) == language
