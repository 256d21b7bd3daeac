"""After a rehearsal the first article costs what every later one does."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.programs import environment

_PROGRAM = """
import time
from datetime import UTC, datetime
from worker.extract import extract
from worker.model import Article
from worker.pipeline.rehearsal import rehearse

def seconds(step):
    began = time.process_time()
    step()
    return time.process_time() - began

texts = {
    "bg": "Русия е изстреляла 52 дрона през нощта, съобщиха военновъздушните сили.",
    "de": "Russland hat in der Nacht 52 Drohnen gestartet, teilte die Luftwaffe mit.",
    "en": "Russia launched 52 drones overnight, the air force said.",
    "es": "Rusia lanzó 52 drones durante la noche, informó la fuerza aérea.",
    "fr": "La Russie a lancé 52 drones dans la nuit, selon l'armée de l'air.",
    "pl": "Rosja wystrzeliła w nocy 52 drony, podały siły powietrzne.",
    "ru": "Ночью над Брянской областью уничтожены 52 беспилотника, сообщило Минобороны.",
    "uk": "Росія запустила вночі 52 дрони, повідомили Повітряні сили.",
}
told = Article(id="one", body=texts.pop("LANGUAGE"), published_at=datetime(2025, 6, 4, 7, tzinfo=UTC))
print(seconds(rehearse), seconds(lambda: extract(told)))
"""


@pytest.mark.parametrize("language", ["bg", "de", "en", "es", "fr", "pl", "ru", "uk"])
def test_the_first_article_waits_for_nothing_any_more(language: str) -> None:
    program = _PROGRAM.replace("LANGUAGE", language)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment(), check=True, timeout=60
    )
    rehearsal, first = map(float, done.stdout.split())
    assert first < rehearsal / 10
