"""A stream of articles as a news desk gets it: most are about other things, most of the others are reprints.

Equal seeds write equal articles. Texts are the project's own: the ordinary paragraphs of `benchmarks/stories`, and
bulletins of both sides written here. An article is about 3 kB, one in five is about drones.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from worker import codec
from worker.extract.gate import may_be_relevant
from worker.text import normalise

_STORIES = Path(__file__).parents[1] / "stories"
_FIRST = datetime(2025, 6, 1, tzinfo=UTC)
_BYTES = 3_000
_RELEVANT = 0.2
_OUTLETS = 400
_STORY = 0.2
"""The share of relevant articles that are whole reports, not a bulletin with other news behind it."""

_BULLETINS = {
    "en": (
        "Russia launched {b} drones at Ukraine overnight, the Ukrainian air force said on {day}. Air defences shot"
        " down {a} of them, and {s} more were lost from radar.",
        "Russian air defences destroyed {a} Ukrainian drones overnight, the defence ministry in Moscow said: {x} over"
        " Bryansk region, {y} over Belgorod region and {z} over Kursk region.",
    ),
    "de": (
        "Russland hat in der Nacht nach Angaben der ukrainischen Luftwaffe {b} Drohnen gestartet. {a} davon seien"
        " abgeschossen worden, weitere {s} seien vom Radar verloren gegangen.",
        "Die russische Flugabwehr hat in der Nacht nach Angaben des Verteidigungsministeriums {a} ukrainische Drohnen"
        " abgeschossen, davon {x} über dem Gebiet Brjansk und {y} über dem Gebiet Belgorod.",
    ),
    "es": (
        "Rusia lanzó {b} drones contra Ucrania durante la noche, informó la Fuerza Aérea ucraniana. Las defensas"
        " antiaéreas derribaron {a} drones.",
        "Las defensas antiaéreas rusas derribaron {a} drones ucranianos durante la noche, informó el Ministerio de"
        " Defensa de Rusia: {x} sobre la región de Briansk y {y} sobre la región de Bélgorod.",
    ),
    "ru": (
        "За ночь силы ПВО уничтожили {a} украинских беспилотников, сообщило Минобороны России: {x} над Брянской"
        " областью, {y} над Белгородской областью и {z} над Курской областью.",
        "Силы ПВО за ночь уничтожили {a} украинских беспилотников, сообщило Минобороны России.",
    ),
    "uk": (
        "Уночі росіяни атакували Україну {b} ударними дронами, повідомили Повітряні сили. Збито {a} дронів, ще {s}"
        " локаційно втрачено.",
        "Повітряні сили повідомили, що вночі збито {a} із {b} ударних дронів.",
    ),
}  # fmt: skip
_GOVERNOR = {
    "en": "In Kharkiv region a drone hit a warehouse, the governor said; {k} people were injured.",
    "de": "Im Gebiet Charkiw traf eine Drohne ein Lagerhaus, teilte der Gouverneur mit; {k} Menschen wurden verletzt.",
    "es": "En la región de Járkov un dron alcanzó un almacén, dijo el gobernador; {k} personas resultaron heridas.",
    "ru": "В Белгородской области при атаке дрона ранены {k} человека, сообщил губернатор.",
    "uk": "На Харківщині дрон влучив у склад, поранено {k} людей, повідомив голова ОВА.",
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Sent:
    """One message of the input topic; `relevant` tells what it was written to be."""

    key: bytes
    value: bytes
    relevant: bool


@dataclass(frozen=True, slots=True)
class _Texts:
    title: str
    story: str
    ordinary: tuple[str, ...]


def articles(count: int, seed: int = 1, nights: int = 30) -> Iterator[Sent]:
    """Write so many articles, night after night; ids differ between seeds."""
    dice = random.Random(seed)
    languages = sorted(_texts())
    for number in range(count):
        language = dice.choice(languages)
        relevant = dice.random() < _RELEVANT
        night = number * nights // count
        title, body = _report(dice, language, night) if relevant else _other(dice, language)
        article_id = f"https://outlet-{dice.randrange(_OUTLETS)}.example/{seed}/{night}/{number}.html"
        published = _FIRST + timedelta(days=night, hours=6, seconds=dice.randrange(12 * 3600))
        value = codec.to_json(
            {
                "id": article_id,
                "title": title,
                "body": body,
                "published_at": published.isoformat().replace("+00:00", "Z"),
                "source": article_id.split("/")[2],
                "language": language,
            }
        )
        yield Sent(article_id.encode(), value, relevant)


def _report(dice: random.Random, language: str, night: int) -> tuple[str, str]:
    texts = _texts()[language]
    if dice.random() < _STORY and sorted(_texts())[night % len(_texts())] == language:
        return texts.title, texts.story
    facts = random.Random(night)
    a = facts.randint(30, 90)
    numbers = {"a": a, "b": a + facts.randint(12, 30), "s": facts.randint(5, 12), "k": facts.randint(2, 4)}
    numbers |= {"x": facts.randint(10, 14), "y": facts.randint(5, 9), "z": facts.randint(2, 4)}
    bulletin = dice.choice(_BULLETINS[language]).format(**numbers, day=_DAYS[(_FIRST.weekday() + night) % 7])
    more = [_GOVERNOR[language].format(**numbers)] if dice.random() < 0.5 else []
    return bulletin.split(". ")[0][:90], _filled([bulletin, *more], dice, _texts()[language])


def _other(dice: random.Random, language: str) -> tuple[str, str]:
    body = _filled([], dice, _texts()[language])
    return body.split(". ")[0][:90], body


def _filled(paragraphs: list[str], dice: random.Random, texts: _Texts) -> str:
    size = sum(len(paragraph.encode()) for paragraph in paragraphs)
    while size < _BYTES:
        paragraph = dice.choice(texts.ordinary)
        paragraphs.append(paragraph)
        size += len(paragraph.encode()) + 2
    return "\n\n".join(paragraphs)


@cache
def _texts() -> dict[str, _Texts]:
    found = {}
    for path in sorted(_STORIES.glob("*.txt")):
        title, body = path.read_text(encoding="utf-8").split("\n\n", 1)
        ordinary = tuple(part for part in body.split("\n\n") if not may_be_relevant(normalise(part)))
        found[path.stem] = _Texts(title, body, ordinary)
    return found
