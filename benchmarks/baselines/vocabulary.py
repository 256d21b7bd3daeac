"""Stems per language that both baselines look for: what an afternoon of reading such news yields."""

from __future__ import annotations

from dataclasses import dataclass

from worker.lexicon import lexicon


@dataclass(frozen=True)
class Vocabulary:
    """Regular expressions for the beginnings of words; `numbers` are the numbers that are written out."""

    drone: str
    people: str
    measures: dict[str, str]
    past: str
    russian: str
    ukrainian: str
    numbers: dict[str, int]


_NUMBERS = {
    "de": "eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "es": "un dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "ru": "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    "uk": "один два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять",
}

_STEMS = {
    "de": {
        "drone": "drohne|kampfdrohne|shahed|uav",
        "people": "mensch|person|frau|mann|männer|kind|zivilist|bewohner|einwohner",
        "intercepted": "abgeschoss|abgefangen|zerstört|abgewehrt|vernichtet|schoss|abschuss",
        "suppressed": "verloren|radar|gestört|elektronisch",
        "hit": "einschl|trafen|getroffen|traf ",
        "launched": "angegriff|griff|gestartet|abgefeuert|setzte|schickte|attackier",
        "killed": "getötet|tot|starb|ums leben|todesopfer",
        "injured": "verletz|verwundet",
        "past": "zuvor|damals|bisher|rekord|vorwoche|früher",
        "russian": "russisch|russland|moskau",
        "ukrainian": "ukrainisch|ukraine|kiew",
    },
    "en": {
        "drone": "drone|uav|shahed",
        "people": "people|person|wom[ae]n|m[ae]n|child|civilian|resident",
        "intercepted": "shot|down|intercept|destroy|repel|fended",
        "suppressed": "lost|jammed|radar|electronic",
        "hit": "struck|hit|impact",
        "launched": "launch|attack|fire|sent",
        "killed": "kill|dead|died|death",
        "injured": "injur|wound|hurt",
        "past": "previous|earlier|record|last week|at the time",
        "russian": "russia|moscow",
        "ukrainian": "ukrain|kyiv|kiev",
    },
    "es": {
        "drone": "dron|uav|shahed",
        "people": "persona|mujer|hombre|niñ|civil|vecin",
        "intercepted": "derrib|abati|intercept|destru|repel",
        "suppressed": "perdi|radar|interferid",
        "hit": "impact|alcanz",
        "launched": "lanz|atac|envi",
        "killed": "muert|mató|falleci|murier",
        "injured": "herid|lesionad",
        "past": "anterior|récord|entonces|semana pasada|previa",
        "russian": "rus[oia]|moscú",
        "ukrainian": "ucrani|kiev|kyiv",
    },
    "ru": {
        "drone": "дрон|бпла|беспилот|шахед",
        "people": "человек|людей|женщин|мужчин|ребен|дет|жител",
        "intercepted": "сбит|сбил|уничтож|перехвач|отраж|ликвидир",
        "suppressed": "подавлен|потерян|рэб",
        "hit": "попад|попал|поразил|прилет",
        "launched": "атаков|запуст|выпуст|атак",
        "killed": "погиб|убит|жертв|скончал",
        "injured": "ранен|пострада|травм",
        "past": "ранее|рекорд|накануне|прошл|тогда",
        "russian": "росси|рф|москв|вс рф",
        "ukrainian": "украин|всу|киев",
    },
    "uk": {
        "drone": "дрон|бпла|безпілот|шахед",
        "people": "людей|людин|особ|жін|чолов|дит|діт|мешкан",
        "intercepted": "збит|збил|знищ|перехоп|відби|ліквід",
        "suppressed": "локаційно|втрачен|подавлен|реб",
        "hit": "влуч|уразил",
        "launched": "атак|запуст|випуст|застосу",
        "killed": "загин|загиб|вбит|убит|помер",
        "injured": "поран|постражд|травм",
        "past": "раніше|рекорд|напередодні|минул|тоді",
        "russian": "росі|рф|москв|ворог|ворож|окупант",
        "ukrainian": "україн|зсу|києв",
    },
}


def vocabulary(language: str) -> Vocabulary | None:
    """Return the stems of a language, None where nobody has spent the afternoon on it."""
    stems = _STEMS.get(language)
    if stems is None:
        return None
    words = _NUMBERS[language].split()
    return Vocabulary(
        drone=stems["drone"],
        people=stems["people"],
        measures={name: stems[name] for name in ("intercepted", "suppressed", "hit", "launched", "killed", "injured")},
        past=stems["past"],
        russian=stems["russian"],
        ukrainian=stems["ukrainian"],
        numbers={word: number for number, word in enumerate(words, 1)},
    )


def regions(language: str) -> dict[str, tuple[str, ...]]:
    """Return the place names of a language, folded, with their regions: the same table that the program reads."""
    return {
        name: place.region or place.alone
        for name, place in lexicon(language).places.items()
        if " " not in name and (place.region or place.alone)
    }
